package org.seq4j.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.ConfigSchema;
import org.seq4j.testkit.PluginSources;

/** A kind of component that Seq4j does not know comes from a plugin's jar, and is as any other. */
class OwnKindTest {
  private static final String PLUGIN =
      """
      public class AcmePlugin implements Plugin {
        @Kind("filter") public interface Filter { boolean keeps(String text); }
        public record Length(
            @org.seq4j.core.plugin.Key(doc = "At most.", defaultValue = "3") int most) {}
        public record Config(
            @org.seq4j.core.plugin.Key(doc = "What stays.", defaultValue = "length")
            Component<Filter> filter) {}
        public int apiVersion() { return API_VERSION; }
        public void register(Components components) {
          components.of(Filter.class)
              .add("length", "Short texts.", Length.class,
                  config -> text -> text.length() <= config.most());
          components.of(Tokenizer.class).add("filtered", "Cuts.", Config.class, AcmePlugin::make);
        }
        private static Tokenizer make(Config config, ComponentContext context) {
          Filter filter = config.filter().create(context);
          return new Tokenizer() {
            public java.util.List<Token> tokenize(String text) {
              return filter.keeps(text)
                  ? java.util.List.of(new Token(text, 0, text.length()))
                  : java.util.List.of();
            }
            public String detokenize(java.util.List<String> tokens) { return ""; }
          };
        }
      }
      """;

  @TempDir Path folder;

  private Path plugins() {
    return folder.resolve("plugins");
  }

  private void pack(String jar) throws IOException {
    new PluginSources()
        .source("AcmePlugin", PLUGIN)
        .provider("acme.AcmePlugin")
        .jar(plugins().resolve(jar));
  }

  private record Text(Component<Tokenizer> tokenizer) {}

  private static Component<Tokenizer> read(LoadedPlugins loaded, String yaml) {
    ConfigReader reader = new ConfigReader(loaded.registry());
    return reader.bind(reader.parse(Path.of("own.yaml"), yaml, List.of()), Text.class).tokenizer();
  }

  @Test
  void aPluginMayBringAKindOfItsOwn() throws IOException {
    pack("acme.jar");
    try (LoadedPlugins loaded = new PluginLoader().load(plugins())) {
      assertThat(loaded.registry().entries())
          .extracting(entry -> entry.kind().name() + " " + entry.name())
          .endsWith("tokenizer filtered", "filter length"); // own kinds come last
      ComponentContext context = new ComponentContext(folder);
      Tokenizer byDefault = read(loaded, "tokenizer: filtered").create(context);
      assertThat(byDefault.tokenize("abc")).hasSize(1);
      assertThat(byDefault.tokenize("abcd")).isEmpty();
      Tokenizer longer =
          read(loaded, "tokenizer: {type: filtered, filter: {type: length, most: 4}}")
              .create(context);
      assertThat(longer.tokenize("abcd")).hasSize(1);
    }
  }

  @Test
  void aKindOfAPluginsOwnIsInMessagesAndInTheSchema() throws IOException {
    pack("acme.jar");
    try (LoadedPlugins loaded = new PluginLoader().load(plugins())) {
      assertThatThrownBy(() -> read(loaded, "tokenizer: {type: filtered, filter: lenght}"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(
              "tokenizer.filter: no filter named 'lenght'. Did you mean 'length'? Known: length (acme, plugins/acme.jar)");
      assertThat(
              ConfigSchema.of(Text.class, "urn:text", loaded.registry()).at("/$defs").fieldNames())
          .toIterable()
          .contains("tokenizer.filtered", "filter", "filter.length");
    }
  }

  @Test
  void refusesAKindWhoseNameIsTaken() throws IOException {
    pack("a.jar");
    new PluginSources()
        .plugin(
            "AcmePlugin",
            "",
            """
            @Kind("filter") public interface Sieve {}
            public void register(Components components) {
              components.of(Sieve.class).add("fine", "Holds.", NoKeys.class, keys -> null);
            }
            """)
        .provider("acme.AcmePlugin")
        .jar(plugins().resolve("b.jar"));
    assertThatThrownBy(() -> new PluginLoader().load(plugins()))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "plugins: 1 problem\n  b, plugins/b.jar: acme.AcmePlugin: acme.AcmePlugin$Sieve has @Kind(\"filter\"), as acme.AcmePlugin$Filter of a, plugins/a.jar has. Give it another name");
  }
}
