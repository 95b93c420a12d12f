package org.seq4j.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.CellFactory;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerFactory;

class ComponentRegistryTest {
  private static final ComponentKind<Tokenizer> TOKENIZER =
      ComponentKind.of(Tokenizer.class).orElseThrow();
  private static final ComponentKind<Cell> CELL = ComponentKind.of(Cell.class).orElseThrow();

  private static final Origin LIBRARY =
      new Origin("seq4j-tokenizers", Optional.of("0.1.0"), Optional.empty());
  private static final Origin PLUGIN =
      new Origin("acme", Optional.of("0.3"), Optional.of(Path.of("/opt/seq4j/plugins/acme.jar")));

  private record Config() {}

  private record Words(String name, int apiVersion) implements TokenizerFactory<Config> {
    private Words(String name) {
      this(name, ComponentFactory.API_VERSION);
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Tokenizer create(Config config, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private record Lstm(String name) implements CellFactory<Config> {
    @Override
    public int apiVersion() {
      return ComponentFactory.API_VERSION;
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Cell create(Config config, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private record Nothing(String name, int apiVersion) implements ComponentFactory<String, Config> {
    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public String create(Config config, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void findsByKindAndName() {
    Words words = new Words("same");
    Lstm lstm = new Lstm("same");
    ComponentRegistry registry = ComponentRegistry.of(words, lstm);
    assertThat(registry.find(TOKENIZER, "same")).contains(words);
    assertThat(registry.find(CELL, "same")).contains(lstm);
    assertThat(registry.find(CELL, "other")).isEmpty();
  }

  @Test
  void sortsNames() {
    assertThat(ComponentRegistry.of(new Words("b"), new Words("a")).names(TOKENIZER))
        .containsExactly("a", "b");
  }

  @Test
  void listsNamesByOrigin() {
    ComponentRegistry registry =
        ComponentRegistry.builder()
            .add(new Words("words"), LIBRARY)
            .add(new Words("chars"), LIBRARY)
            .add(new Words("any"), PLUGIN)
            .build();
    assertThat(registry.listing(TOKENIZER))
        .isEqualTo("chars, words (seq4j-tokenizers 0.1.0), any (acme 0.3, plugins/acme.jar)");
  }

  @Test
  void listsKindsInTheirOrder() {
    ComponentRegistry registry = ComponentRegistry.of(new Words("a"), new Lstm("z"));
    assertThat(registry.entries())
        .extracting(ComponentRegistry.Entry::name)
        .containsExactly("z", "a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Words", "1st", "a_b", "a b", "-a"})
  void refusesOtherNames(String name) {
    assertThatThrownBy(() -> ComponentRegistry.of(new Words(name)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "plugins: 1 problem\n  this program: %s has the name '%s'; a name is lower-case letters, digits, + and - and begins with a letter",
            Words.class.getName(), name);
  }

  @Test
  void refusesTheSameNameTwice() {
    ComponentRegistry.Builder builder =
        ComponentRegistry.builder()
            .add(new Words("words"), LIBRARY)
            .add(new Words("words"), PLUGIN);
    assertThatThrownBy(builder::build)
        .hasMessage(
            "plugins: 1 problem\n  acme 0.3, plugins/acme.jar: tokenizer 'words' is already there, from seq4j-tokenizers 0.1.0. A plugin cannot replace a component: rename or remove one");
  }

  @Test
  void refusesAnotherApiVersion() {
    ComponentRegistry.Builder builder =
        ComponentRegistry.builder().add(new Words("words", 7), PLUGIN);
    assertThatThrownBy(builder::build)
        .hasMessage(
            "plugins: 1 problem\n  acme 0.3, plugins/acme.jar: %s was compiled against version 7 of the plugin API; this Seq4j has version "
                + ComponentFactory.API_VERSION
                + ". Use a release of the plugin for this Seq4j, or compile it again",
            Words.class.getName());
  }

  @Test
  void refusesAFactoryOfNoKind() {
    assertThatThrownBy(() -> ComponentRegistry.of(new Nothing("words", 1)))
        .hasMessage(
            "plugins: 1 problem\n  this program: %s implements no factory interface of a kind of component, as EncoderFactory is",
            Nothing.class.getName());
  }

  private record Unbindable(Thread worker) {}

  private record Nested(Optional<Unbindable> inner) {}

  private record Typed(String type) {}

  private record Odd(Class<?> config) implements TokenizerFactory<Config> {
    @Override
    public String name() {
      return "odd";
    }

    @Override
    public int apiVersion() {
      return ComponentFactory.API_VERSION;
    }

    @Override
    @SuppressWarnings("unchecked") // the class in a plugin may be any
    public Class<Config> configType() {
      return (Class<Config>) config;
    }

    @Override
    public Tokenizer create(Config config, ComponentContext context) {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Unbindable.class, Nested.class})
  void refusesAConfigurationThatNoFileCanGive(Class<?> config) {
    ComponentRegistry.Builder builder = ComponentRegistry.builder().add(new Odd(config), PLUGIN);
    assertThatThrownBy(builder::build)
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith(
            "plugins: 1 problem\n  acme 0.3, plugins/acme.jar: %s.configType(): %s.worker: ",
            Odd.class.getName(), Unbindable.class.getName());
  }

  @Test
  void refusesAKeyNamedType() {
    assertThatThrownBy(() -> ComponentRegistry.of(new Odd(Typed.class)))
        .isInstanceOf(PluginException.class)
        .hasMessage(
            "plugins: 1 problem\n  this program: %s.configType(): %s.type: 'type' says which component it is and cannot be a key of one",
            Odd.class.getName(), Typed.class.getName());
  }
}
