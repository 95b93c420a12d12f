package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.ClassNameFilter.STANDARD_INCLUDE_PATTERN;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The project of examples/plugin, as its page tells a plugin's author to use one. */
@Timeout(600)
class PluginProjectTest {
  private static final Path PROJECT = CommandRun.project("examples/plugin");
  private static final String JAR = "seq4j-cosine.jar";

  @TempDir static Path folder;
  private static Path classes;
  private static Path plugins;

  @BeforeAll
  static void buildTheJar() throws IOException {
    classes = compile("main", System.getProperty("java.class.path"));
    copy(PROJECT.resolve("src/main/resources"), classes);
    plugins = Files.createDirectories(folder.resolve("plugins"));
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(plugins.resolve(JAR)))) {
      for (Path file : filesOf(classes)) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, jar);
      }
    }
    writeData();
  }

  @Test
  void isListedAndDescribed() {
    CommandRun list = CommandRun.of("plugins", "list", "--plugins", plugins);
    assertThat(list.out())
        .containsPattern("encoder +fsmn +seq4j-cosine")
        .containsPattern("attention +cosine +seq4j-cosine");

    CommandRun help =
        CommandRun.of("plugins", "describe", "attention", "cosine", "--plugins", plugins);
    CommandRun schema = CommandRun.of("schema", "--plugins", plugins);
    assertThat(schema.out()).contains("\"fsmn\"", "look_back", "\"cosine\"", "sharpness");
    assertThat(help.out()).contains("Graves et al. 2014", "sharpness  number from 0.01 to 100");
  }

  @Test
  void isTrainedAndTranslatedWithAndMissedWithoutItsJar() throws IOException {
    Path config = Files.createDirectories(folder.resolve("examples/plugin")).resolve("plugin.yaml");
    Files.copy(PROJECT.resolve("plugin.yaml"), config);
    Path run = folder.resolve("run");

    CommandRun trained =
        CommandRun.of(
            "train", config, "--run", run, "--plugins", plugins, "--set", "training.max_steps=2");
    assertThat(trained.status()).as(trained.err()).isZero();
    CommandRun translated =
        CommandRun.withInput("4 May 2026\n", "translate", run, "--plugins", plugins);
    assertThat(translated.status()).as(translated.err()).isZero();
    assertThat(translated.out().lines()).hasSize(1);

    CommandRun without = CommandRun.withInput("4 May 2026\n", "translate", run);
    assertThat(without.status()).isEqualTo(3);
    assertThat(without.err())
        .startsWith(run.resolve("config.yaml") + ": 2 problems")
        .contains(
            "model.encoder.type: no encoder named 'fsmn' now; when this run was started, it came from"
                + " seq4j-cosine, plugins/seq4j-cosine.jar. Put that back into plugins/")
        .contains("model.decoder.attention.type: no attention named 'cosine' now");
    CommandRun check = CommandRun.of("check", config);
    assertThat(check.status()).isEqualTo(3);
    assertThat(check.err())
        .contains("no encoder named 'fsmn'. Known: ")
        .contains("If it is part of a plugin, put the plugin's jar into plugins/");
  }

  @Test
  void keepsItsContracts() throws IOException {
    String classPath =
        classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
    Path tests = compile("test", classPath);
    URL[] urls = {tests.toUri().toURL(), classes.toUri().toURL()};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    try (URLClassLoader loader = new URLClassLoader(urls, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClasspathRoots(Set.of(tests)))
              .filters(includeClassNamePatterns(STANDARD_INCLUDE_PATTERN))
              .build();
      LauncherFactory.create().execute(request, listener);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(listener.getSummary().getFailures())
        .as("%s", listener.getSummary().getFailures())
        .isEmpty();
    assertThat(listener.getSummary().getTestsSucceededCount()).isGreaterThan(25);
  }

  /** The page's commands are those that are run here, or exist. */
  @Test
  void itsPageIsRight() throws IOException {
    String page = Files.readString(PROJECT.resolve("README.md"));
    Matcher commands = Pattern.compile("(?m)^(?:echo .* \\| )?\\./seq4j (.*)$").matcher(page);
    int count = 0;
    while (commands.find()) {
      List<String> words = new ArrayList<>(List.of(commands.group(1).split(" ", -1)));
      if (words.get(0).equals("--plugins")) {
        words.set(1, plugins.toString());
      }
      words.add("--help");
      CommandRun help = CommandRun.of(words.toArray());
      assertThat(help.status()).as("%s: %s", words, help.err()).isZero();
      count++;
    }
    assertThat(count).isEqualTo(6);
    Matcher files =
        Pattern.compile("\\| `([A-Z]\\w+|pom.xml|plugin.yaml|META-INF[^`]*)` \\|").matcher(page);
    count = 0;
    while (files.find()) {
      String name = files.group(1);
      assertThat(filesOf(PROJECT)).as(name).anyMatch(file -> file.toString().contains(name));
      count++;
    }
    assertThat(count).isEqualTo(6);
    assertThat(page)
        .contains("-f examples/plugin verify")
        .contains("mvn -q -B install -Dquick -DskipTests -pl testkit -am");
  }

  /** What its pom repeats of ours. */
  @Test
  void itsPomHasOurVersions() throws IOException {
    String ours = Files.readString(CommandRun.project("pom.xml"));
    String its = Files.readString(PROJECT.resolve("pom.xml"));
    assertThat(its)
        .contains("<seq4j.version>" + first(ours, "<version>(.*?)</version>") + "<")
        .contains(first(ours, "<tensorflow.version>.*?</tensorflow.version>"))
        .contains("<version>" + first(ours, "<junit.version>(.*?)<") + "</version>")
        .contains("<version>" + first(ours, "<assertj.version>(.*?)<") + "</version>");
  }

  private static String first(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(matcher.groupCount());
  }

  /** What the page has its reader type, with Maven itself. */
  @Test
  @Tag("slow")
  void isBuiltByMaven() throws Exception {
    Path project = folder.resolve("project");
    copy(PROJECT.resolve("src"), project.resolve("src"));
    Files.copy(PROJECT.resolve("pom.xml"), project.resolve("pom.xml"));
    MavenRun.of(
        folder,
        CommandRun.project("."),
        "install",
        "-Dquick",
        "-DskipTests",
        "-pl",
        "testkit",
        "-am");
    MavenRun.of(folder, project, "verify");
    assertThat(project.resolve("target").resolve(JAR)).exists();
  }

  private static Path compile(String part, String classPath) throws IOException {
    Path target = Files.createDirectories(folder.resolve("classes-" + part));
    List<String> arguments = new ArrayList<>(List.of("-cp", classPath, "-d", target.toString()));
    filesOf(PROJECT.resolve("src").resolve(part).resolve("java"))
        .forEach(file -> arguments.add(file.toString()));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
    return target;
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : filesOf(from)) {
      Path copied = to.resolve(from.relativize(file).toString());
      Files.createDirectories(copied.getParent());
      Files.copy(file, copied);
    }
  }

  private static List<Path> filesOf(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void writeData() throws IOException {
    Path data = Files.createDirectories(folder.resolve("examples/dates/data"));
    for (String split : List.of("train", "dev", "test")) {
      Files.writeString(
          data.resolve(split + ".tsv"), "4 May 2026\t2026-05-04\n1. Juni 99\t1999-06-01\n");
    }
  }
}
