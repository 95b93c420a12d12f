package org.seq4j.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Kind;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.config.key.ComponentKind;

class ComponentRegistryTest {
  private static final ComponentKind<Tokenizer> TOKENIZER =
      ComponentKind.of(Tokenizer.class).orElseThrow();
  private static final ComponentKind<Cell> CELL = ComponentKind.of(Cell.class).orElseThrow();

  private static final Origin LIBRARY =
      new Origin("seq4j-tokenizers", Optional.of("0.1.0"), Optional.empty());
  private static final Origin PLUGIN =
      new Origin("acme", Optional.of("0.3"), Optional.of(Path.of("/opt/seq4j/plugins/acme.jar")));

  /** A plugin that does what a test says. */
  private record Doing(int apiVersion, Consumer<Components> what) implements Plugin {
    @Override
    public void register(Components components) {
      what.accept(components);
    }
  }

  private static Plugin doing(Consumer<Components> what) {
    return new Doing(Plugin.API_VERSION, what);
  }

  private static Plugin words(String... names) {
    return doing(components -> addAll(components.of(Tokenizer.class), names));
  }

  private static Plugin cells(String... names) {
    return doing(components -> addAll(components.of(Cell.class), names));
  }

  private static <T> void addAll(Components.Group<T> group, String... names) {
    for (String name : names) {
      group.add(name, "It is " + name + ".", NoKeys.class, keys -> null);
    }
  }

  private static <C extends Record> Plugin configuredBy(Class<C> config) {
    return doing(
        components -> components.of(Tokenizer.class).add("odd", "Odd.", config, keys -> null));
  }

  private static String problem(Plugin plugin) {
    PluginException thrown =
        catchThrowableOfType(PluginException.class, () -> ComponentRegistry.of(plugin));
    return thrown
        .getMessage()
        .replace("plugins: 1 problem\n  this program: " + Doing.class.getName() + ": ", "");
  }

  @Test
  void findsByKindAndName() {
    ComponentRegistry registry = ComponentRegistry.of(words("same"), cells("same"));
    assertThat(registry.find(TOKENIZER, "same").orElseThrow().kind()).isEqualTo(TOKENIZER);
    assertThat(registry.find(CELL, "same").orElseThrow().kind()).isEqualTo(CELL);
    assertThat(registry.find(CELL, "other")).isEmpty();
  }

  @Test
  void keepsWhatAComponentIs() {
    ComponentRegistry.Entry<Cell> entry =
        ComponentRegistry.of(cells("lstm")).find(CELL, "lstm").orElseThrow();
    assertThat(entry.doc()).isEqualTo("It is lstm.");
    assertThat(entry.configType()).isEqualTo(NoKeys.class);
    assertThat(entry.origin()).isEqualTo(Origin.PROGRAM);
  }

  @Test
  void sortsNames() {
    assertThat(ComponentRegistry.of(words("b"), words("a")).names(TOKENIZER))
        .containsExactly("a", "b");
  }

  @Test
  void listsNamesByOrigin() {
    ComponentRegistry registry =
        ComponentRegistry.builder()
            .add(words("words", "chars"), LIBRARY)
            .add(words("any"), PLUGIN)
            .build();
    assertThat(registry.listing(TOKENIZER))
        .isEqualTo("chars, words (seq4j-tokenizers 0.1.0), any (acme 0.3, plugins/acme.jar)");
  }

  @Test
  void listsKindsInTheirOrder() {
    ComponentRegistry registry = ComponentRegistry.of(words("a"), cells("z"));
    assertThat(registry.entries())
        .extracting(ComponentRegistry.Entry::name)
        .containsExactly("z", "a");
  }

  @Test
  void addsToAnother() {
    ComponentRegistry registry =
        ComponentRegistry.builder()
            .add(ComponentRegistry.builder().add(words("words"), LIBRARY).build())
            .add(words("any"), PLUGIN)
            .build();
    assertThat(registry.listing(TOKENIZER))
        .isEqualTo("words (seq4j-tokenizers 0.1.0), any (acme 0.3, plugins/acme.jar)");
  }

  @Test
  void makesAComponentForAProgram() {
    ComponentRegistry registry = ComponentRegistry.of(cells("lstm"));
    Component<Cell> cell = registry.component(Cell.class, "lstm", new NoKeys());
    assertThat(cell).isEqualTo(Component.of(Cell.class, "lstm", new NoKeys(), keys -> (Cell) null));
  }

  private record Other(int a) {}

  @Test
  void saysWhichComponentsThereAre() {
    ComponentRegistry registry = ComponentRegistry.of(cells("lstm"));
    assertThatThrownBy(() -> registry.component(Cell.class, "gru", new NoKeys()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no cell 'gru'. Known: lstm (this program)");
    assertThatThrownBy(() -> registry.component(Cell.class, "lstm", new Other(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the cell 'lstm' is configured by %s, not by %s",
            NoKeys.class.getName(), Other.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Words", "1st", "a_b", "a b", "-a"})
  void refusesOtherNames(String name) {
    assertThat(problem(words(name)))
        .isEqualTo(
            "the tokenizer '%s' cannot be named in a config file; a name is lower-case letters, digits, + and - and begins with a letter"
                .formatted(name));
  }

  @Test
  void refusesTheSameNameTwice() {
    ComponentRegistry.Builder builder =
        ComponentRegistry.builder().add(words("words"), LIBRARY).add(words("words"), PLUGIN);
    assertThatThrownBy(builder::build)
        .hasMessage(
            "plugins: 1 problem\n  acme 0.3, plugins/acme.jar: tokenizer 'words' already exists, from seq4j-tokenizers 0.1.0. A plugin cannot replace a component: rename or remove one");
  }

  @Test
  void refusesAnotherApiVersion() {
    ComponentRegistry.Builder builder =
        ComponentRegistry.builder()
            .add(new Doing(7, components -> fail("it was asked to register")), PLUGIN);
    assertThatThrownBy(builder::build)
        .hasMessage(
            "plugins: 1 problem\n  acme 0.3, plugins/acme.jar: %s was compiled against version 7 of the plugin API; this Seq4j has version %d. Use a release of the plugin for this Seq4j, or compile it again",
            Doing.class.getName(), Plugin.API_VERSION);
  }

  @Test
  void refusesWhatIsNoKind() {
    assertThat(problem(doing(components -> addAll(components.of(String.class), "a"))))
        .isEqualTo(
            "java.lang.String is not a kind of component: a kind is an interface with @Kind");
  }

  @Kind("Re ranker")
  private interface Reranker {}

  @Test
  void refusesAKindThatCannotBeNamed() {
    assertThat(problem(doing(components -> addAll(components.of(Reranker.class), "a"))))
        .isEqualTo(
            "%s has @Kind(\"Re ranker\"); a name is lower-case letters, digits, + and - and begins with a letter"
                .formatted(Reranker.class.getName()));
  }

  @Test
  void refusesAComponentWithoutAMaker() {
    Function<NoKeys, Tokenizer> none = null;
    Plugin plugin =
        doing(components -> components.of(Tokenizer.class).add("a", "A.", NoKeys.class, none));
    assertThat(problem(plugin))
        .endsWith(".register() failed with java.lang.NullPointerException: the maker of 'a'");
  }

  private record Unbindable(Thread worker) {}

  private record Nested(Optional<Unbindable> inner) {}

  private record Typed(String type) {}

  @Test
  void refusesAConfigurationThatNoFileCanGive() {
    String expected =
        "the configuration of the tokenizer 'odd': %s.worker: "
            .formatted(Unbindable.class.getName());
    assertThat(problem(configuredBy(Unbindable.class))).startsWith(expected);
    assertThat(problem(configuredBy(Nested.class))).startsWith(expected);
  }

  @Test
  void refusesAKeyNamedType() {
    assertThat(problem(configuredBy(Typed.class)))
        .isEqualTo(
            "the configuration of the tokenizer 'odd': %s.type: 'type' is the component's name and cannot be a key of it"
                .formatted(Typed.class.getName()));
  }
}
