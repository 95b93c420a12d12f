package org.seq4j.runtime.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.testkit.PluginSources;
import org.slf4j.Logger;

class PluginLoaderTest {
  private static final ComponentKind<Tokenizer> TOKENIZER =
      ComponentKind.of(Tokenizer.class).orElseThrow();

  /** The tokenizer of the runtime. */
  private static final String BUILT_IN = "columns";

  @TempDir Path folder;

  private Path plugins() {
    return folder.resolve("plugins");
  }

  private LoadedPlugins load() {
    return new PluginLoader().load(plugins());
  }

  private void finds(String... names) {
    try (LoadedPlugins loaded = load()) {
      assertThat(added(loaded)).containsExactly(names);
    }
  }

  /** The tokenizers that Seq4j itself does not bring. */
  private static List<String> added(LoadedPlugins loaded) {
    return loaded.registry().names(TOKENIZER).stream()
        .filter(name -> !name.equals(BUILT_IN))
        .toList();
  }

  /** The tokenizers with their origin, without those that Seq4j itself brings. */
  private static String added(ComponentRegistry registry) {
    return registry.listing(TOKENIZER).replaceFirst(BUILT_IN + " \\([^)]*\\), ", "");
  }

  /** Loads what is broken. */
  private String problem() {
    PluginException thrown = catchThrowableOfType(PluginException.class, this::load);
    return thrown.getMessage().replace("plugins: 1 problem\n  ", "");
  }

  @Test
  void theFolderMayBeAbsent() {
    finds();
  }

  @Test
  void findsAJar() throws IOException {
    PluginSources.tokenizer("acme").jar(plugins().resolve("acme.jar"));
    finds("acme");
  }

  @Test
  void findsAFolderOfClasses() throws IOException {
    PluginSources.tokenizer("acme").folder(plugins().resolve("acme"));
    finds("acme");
  }

  @Test
  void findsAFolderOfJars() throws IOException {
    PluginSources.tokenizer("acme").jar(plugins().resolve("acme/acme.jar"));
    PluginSources.tokenizer("library")
        .without(PluginSources.SERVICE)
        .jar(plugins().resolve("acme/library.jar"));
    finds("acme");
  }

  @Test
  void overlooksOtherFiles() throws IOException {
    Files.createDirectories(plugins().resolve(".hidden"));
    Files.writeString(plugins().resolve("README.txt"), "put jars here");
    finds();
  }

  @Test
  void overlooksFilesThatLieBesideJars() throws IOException {
    PluginSources.tokenizer("acme").jar(plugins().resolve("acme.jar"));
    Files.write(plugins().resolve("._acme.jar"), new byte[] {0, 5, 22, 7}); // of macOS
    Files.writeString(plugins().resolve(".DS_Store"), "");
    new PluginSources().jar(plugins().resolve("acme-sources.jar"));
    new PluginSources().jar(plugins().resolve("acme-javadoc.jar"));
    finds("acme");
    PluginSources.tokenizer("other").jar(plugins().resolve("folder/other.jar"));
    Files.write(plugins().resolve("folder/._other.jar"), new byte[] {0, 5, 22, 7});
    finds("acme", "other");
  }

  @Test
  void loadsWhatIsGoodBesideWhatIsNot() throws IOException {
    PluginSources.tokenizer("acme").jar(plugins().resolve("acme.jar"));
    Files.writeString(plugins().resolve("broken.jar"), "no jar");
    try (LoadedPlugins loaded = new PluginLoader().loadUsable(plugins())) {
      assertThat(added(loaded)).containsExactly("acme");
      assertThat(loaded.problems()).hasSize(1);
    }
  }

  @Test
  void showsAByteOrderMark() throws IOException {
    PluginSources.tokenizer("acme")
        .file(PluginSources.SERVICE, "\uFEFFacme.AcmePlugin\n".getBytes(UTF_8))
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: META-INF/services/org.seq4j.core.plugin.Plugin begins with a"
                + " byte order mark (U+FEFF), which some editors write. Save it as UTF-8 without"
                + " this mark");
  }

  @Test
  void saysThatAPluginIsForAnotherSeq4j() throws IOException {
    PluginSources.tokenizer(
            "acme",
            """
            public void register(Components components) {
              throw new NoSuchMethodError("'void org.seq4j.core.plugin.Components.gone()'");
            }
            """)
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .contains("acme.AcmePlugin.register() was compiled against another version of Seq4j.");
  }

  @Test
  void tellsWhereAComponentIsFrom() throws IOException {
    PluginSources.tokenizer("one").version("0.3").jar(plugins().resolve("acme-0.3.jar"));
    PluginSources.tokenizer("two").jar(plugins().resolve("b-lib-1.0-rc1.jar"));
    PluginSources.tokenizer("three").folder(plugins().resolve("c"));
    try (LoadedPlugins loaded = load()) {
      assertThat(added(loaded.registry()))
          .isEqualTo(
              "one (acme 0.3, plugins/acme-0.3.jar), two (b-lib 1.0-rc1,"
                  + " plugins/b-lib-1.0-rc1.jar), three (c, plugins/c)");
    }
  }

  @Test
  void eachPluginHasItsOwnClasses() throws IOException {
    PluginSources.tokenizer("one").jar(plugins().resolve("a.jar"));
    PluginSources.tokenizer("two").jar(plugins().resolve("b.jar"));
    finds("one", "two");
  }

  @Test
  void sharesOnlyItsPackagesWithPlugins() throws Exception {
    try (PluginClassLoader loader = loader()) {
      assertThat(loader.loadClass(Tokenizer.class.getName())).isEqualTo(Tokenizer.class);
      assertThat(loader.loadClass("org.slf4j.Logger")).isEqualTo(Logger.class);
      assertThatThrownBy(() -> loader.loadClass("com.fasterxml.jackson.core.JsonFactory"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> loader.loadClass("org.seq4j.coreless.Thing"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void servesTheSpiAloneToPlugins() throws IOException {
    PluginSources.tokenizer(
            "acme", "public AcmePlugin() { new org.seq4j.runtime.plugin.PluginLoader(); }")
        .jar(folder.resolve("plugins/acme.jar"));
    assertThatThrownBy(() -> new PluginLoader().load(folder.resolve("plugins")))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining(
            "acme.AcmePlugin needs the class org.seq4j.runtime.plugin.PluginLoader, which is"
                + " neither in the plugin nor provided by Seq4j");
  }

  @Test
  void showsNoResourcesToPlugins() throws IOException {
    String service = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";
    assertThat(getClass().getClassLoader().getResource(service)).isNotNull();
    try (PluginClassLoader loader = loader()) {
      assertThat(loader.getResource(service)).isNull();
      assertThat(loader.getResources(service).hasMoreElements()).isFalse();
    }
  }

  private PluginClassLoader loader() {
    return new PluginClassLoader("test", List.of(), getClass().getClassLoader());
  }

  @Test
  void closesWhatItOpened() throws Exception {
    PluginSources.tokenizer("acme")
        .source("Later", "public class Later {}")
        .jar(plugins().resolve("acme.jar"));
    LoadedPlugins loaded = load();
    ClassLoader loader =
        loaded.registry().find(TOKENIZER, "acme").orElseThrow().configType().getClassLoader();
    loaded.close();
    assertThatThrownBy(() -> loader.loadClass("acme.Later"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void findsPluginsOnTheClassPath() throws IOException {
    Path jar = PluginSources.tokenizer("words").jar(folder.resolve("lib/seq4j-words-0.1.0.jar"));
    try (URLClassLoader host = host(jar)) {
      assertThat(added(new PluginLoader(host).classPath())).isEqualTo("words (seq4j-words 0.1.0)");
    }
  }

  @Test
  void findsPluginsOfABuild() throws IOException {
    Path classes = PluginSources.tokenizer("words").folder(folder.resolve("words/target/classes"));
    try (URLClassLoader host = host(classes)) {
      assertThat(added(new PluginLoader(host).classPath())).isEqualTo("words (words)");
    }
  }

  private URLClassLoader host(Path path) throws IOException {
    return new URLClassLoader(new URL[] {path.toUri().toURL()}, getClass().getClassLoader());
  }

  @Test
  void saysWhatOnTheClassPathFails() throws IOException {
    Path jar = new PluginSources().provider("acme.Gone").jar(folder.resolve("lib/words-0.1.jar"));
    try (URLClassLoader host = host(jar)) {
      assertThatThrownBy(() -> new PluginLoader(host).classPath())
          .isInstanceOf(PluginException.class)
          .hasMessage(
              "plugins: 1 problem\n  words 0.1: acme.Gone is listed as a Plugin but is not found");
    }
  }

  @Test
  void refusesToReplaceABuiltInComponent() throws IOException {
    Path jar = PluginSources.tokenizer("words").jar(folder.resolve("lib/seq4j-words-0.1.0.jar"));
    PluginSources.tokenizer("words").jar(plugins().resolve("acme.jar"));
    try (URLClassLoader host = host(jar)) {
      assertThatThrownBy(() -> new PluginLoader(host).load(plugins()))
          .hasMessage(
              "plugins: 1 problem\n"
                  + "  acme, plugins/acme.jar: tokenizer 'words' already exists, from seq4j-words"
                  + " 0.1.0. A plugin cannot replace a component: rename or remove one");
    }
  }

  @Test
  void refusesTheSameNameInTwoPlugins() throws IOException {
    PluginSources.tokenizer("words").jar(plugins().resolve("a.jar"));
    PluginSources.tokenizer("words").jar(plugins().resolve("b.jar"));
    assertThat(problem())
        .isEqualTo(
            "b, plugins/b.jar: tokenizer 'words' already exists, from a, plugins/a.jar. A plugin"
                + " cannot replace a component: rename or remove one");
  }

  @Test
  void refusesBundledTensorFlow() throws IOException {
    PluginSources.tokenizer("acme")
        .file("org/tensorflow/op/Op.class", new byte[0])
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "plugins/acme.jar: bundles classes of org.tensorflow, which Seq4j provides. Leave them"
                + " out of the plugin (in Maven: scope provided)");
  }

  @Test
  void refusesBundledCoreInAFolder() throws IOException {
    PluginSources.tokenizer("acme")
        .file("org/seq4j/core/model/Encoder.class", new byte[0])
        .folder(plugins().resolve("acme"));
    assertThat(problem()).startsWith("plugins/acme: bundles classes of org.seq4j.core, which");
  }

  @Test
  void refusesAPluginWithoutAProvider() throws IOException {
    new PluginSources().plugin("AcmePlugin", "acme", "").jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "plugins/acme.jar: lists no plugin. Name its class in a file"
                + " META-INF/services/org.seq4j.core.plugin.Plugin. If it is a library of a plugin,"
                + " put both jars into a folder of their own: each folder in the folder of plugins"
                + " is one plugin");
  }

  @Test
  void refusesWhatIsNoZip() throws IOException {
    Files.createDirectories(plugins());
    Files.writeString(plugins().resolve("acme.jar"), "<html>not found</html>");
    assertThat(problem())
        .startsWith("plugins/acme.jar: is not a readable jar. Copy or build it again: ");
  }

  @Test
  void refusesAFileAsThePluginsFolder() throws IOException {
    Files.writeString(plugins(), "");
    assertThat(problem())
        .isEqualTo(plugins() + ": is not a folder; plugins are jars or folders in one");
  }

  @Test
  void saysThatAProviderIsMissing() throws IOException {
    new PluginSources()
        .file(PluginSources.SERVICE, "# ours\nacme.Gone # soon\n\n".getBytes(UTF_8))
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo("acme, plugins/acme.jar: acme.Gone is listed as a Plugin but is not found");
  }

  @Test
  void saysThatAProviderIsOfAnotherType() throws IOException {
    new PluginSources()
        .source("Other", "public class Other {}")
        .provider("acme.Other")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo("acme, plugins/acme.jar: acme.Other is listed as a Plugin but is not one");
  }

  @Test
  void saysThatAProviderIsNotPublic() throws IOException {
    PluginSources.tokenizer("acme", "AcmePlugin(int a) {}").jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: acme.AcmePlugin must be a public class with a public"
                + " constructor without parameters");
  }

  @Test
  void saysThatAConstructorFails() throws IOException {
    PluginSources.tokenizer(
            "acme", "public AcmePlugin() { throw new IllegalStateException(\"no licence\"); }")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: acme.AcmePlugin failed with java.lang.IllegalStateException:"
                + " no licence");
  }

  @Test
  void saysThatAnInitializerFails() throws IOException {
    PluginSources.tokenizer("acme", "static final int X = Integer.parseInt(\"x\");")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: acme.AcmePlugin failed with java.lang.NumberFormatException:"
                + " For input string: \"x\"");
  }

  @Test
  void saysWhichClassIsMissing() throws IOException {
    PluginSources.tokenizer("acme", "final Object part = new Part(); static class Part {}")
        .without("acme/AcmePlugin$Part.class")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: acme.AcmePlugin needs the class acme.AcmePlugin$Part, which is"
                + " neither in the plugin nor provided by Seq4j");
  }

  @Test
  void saysThatAConfigClassIsMissing() throws IOException {
    PluginSources.tokenizer("acme")
        .without("acme/AcmePlugin$Config.class")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: acme.AcmePlugin.register() needs the class"
                + " acme.AcmePlugin$Config, which is neither in the plugin nor provided by Seq4j");
  }

  @Test
  void saysThatAClassIsForANewerJava() throws IOException {
    PluginSources.tokenizer("acme")
        .fromTheFuture("acme/AcmePlugin.class")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "acme, plugins/acme.jar: acme.AcmePlugin was compiled for a newer Java than this"
                    + " one, %d. Its author can compile it with --release 17, which every Java that"
                    + " runs Seq4j can read; or run Seq4j with a newer Java",
                Runtime.version().feature()));
  }

  @Test
  void saysThatAPluginIsOfAnotherApiVersion() throws IOException {
    PluginSources.tokenizer("acme", "public int apiVersion() { return 0; }")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: acme.AcmePlugin was compiled against version 0 of the plugin"
                + " API; this Seq4j has version "
                + Plugin.API_VERSION
                + ". Use a release of the plugin for this Seq4j, or compile it again");
  }

  @Test
  void aPluginOfAnotherApiVersionRegistersNothing() throws IOException {
    PluginSources.tokenizer(
            "acme",
            """
            public int apiVersion() { return 2; }
            public void register(Components components) { throw new Error("it was asked to"); }
            """)
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem()).contains("against version 2 of the plugin API").doesNotContain("asked");
  }

  @Test
  void saysThatTheVersionFails() throws IOException {
    PluginSources.tokenizer("acme", "public int apiVersion() { throw new AbstractMethodError(); }")
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: acme.AcmePlugin.apiVersion() failed with"
                + " java.lang.AbstractMethodError");
  }

  @Test
  void refusesTwinsWithinAPlugin() throws IOException {
    PluginSources.tokenizer(
            "",
            """
            public void register(Components components) {
              components.of(Tokenizer.class)
                  .add("twin", "One.", NoKeys.class, keys -> null)
                  .add("twin", "Two.", NoKeys.class, keys -> null);
            }
            """)
        .jar(plugins().resolve("acme.jar"));
    assertThat(problem())
        .isEqualTo(
            "acme, plugins/acme.jar: tokenizer 'twin' already exists, from acme, plugins/acme.jar."
                + " A plugin cannot replace a component: rename or remove one");
  }

  @Test
  void goesOnToTheOthersAndSaysAllAtOnce() throws IOException {
    String odd =
        """
        @SuppressWarnings("unchecked")
        public void register(Components components) {
          components.of(Tokenizer.class).add("odd", "Odd.", (Class) String.class, keys -> null);
        }
        """;
    new PluginSources()
        .plugin("Good", "good", "")
        .plugin("Loud", "Loud", "")
        .plugin("Odd", "", odd)
        .source("Other", "public class Other {}")
        .provider("acme.Gone", "acme.Good", "acme.Other", "acme.Loud", "acme.Odd")
        .jar(plugins().resolve("a.jar"));
    new PluginSources().jar(plugins().resolve("b.jar"));
    PluginSources.tokenizer(
            "",
            """
            public void register(Components components) {
              components.of(Tokenizer.class).add("A_", "Bad.", NoKeys.class, keys -> null);
              throw new IllegalStateException("no licence");
            }
            """)
        .jar(plugins().resolve("c.jar"));
    PluginSources.tokenizer("fine").jar(plugins().resolve("d.jar"));
    assertThat(problem())
        .isEqualTo(
            """
            plugins: 7 problems
              a, plugins/a.jar: acme.Gone is listed as a Plugin but is not found
              a, plugins/a.jar: acme.Other is listed as a Plugin but is not one
              a, plugins/a.jar: acme.Loud: the tokenizer 'Loud' cannot be named in a config file; a name is lower-case letters, digits, + and - and begins with a letter
              a, plugins/a.jar: acme.Odd: the configuration of the tokenizer 'odd' is not a record: class java.lang.String
              plugins/b.jar: lists no plugin. Name its class in a file META-INF/services/org.seq4j.core.plugin.Plugin. If it is a library of a plugin, put both jars into a folder of their own: each folder in the folder of plugins is one plugin
              c, plugins/c.jar: acme.AcmePlugin: the tokenizer 'A_' cannot be named in a config file; a name is lower-case letters, digits, + and - and begins with a letter
              c, plugins/c.jar: acme.AcmePlugin.register() failed with java.lang.IllegalStateException: no licence\
            """);
  }
}
