package org.seq4j.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.key.ConfigDescription;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;

/** Of every component that comes with Seq4j. */
class ComponentHelpTest {
  private static final ComponentRegistry REGISTRY = new PluginLoader().classPath();

  static Stream<ComponentRegistry.Entry<?>> components() {
    return REGISTRY.entries().stream();
  }

  @ParameterizedTest
  @MethodSource("components")
  void saysWhatItIsAndWhatItsKeysMean(ComponentRegistry.Entry<?> component) {
    assertThat(component.doc()).as("doc of " + component.name()).endsWith(".");
    ConfigDescription.of(component.configType())
        .keys()
        .forEach(
            key ->
                assertThat(key.doc())
                    .as("doc of %s, key %s", component.name(), key.name())
                    .endsWith("."));
  }

  @ParameterizedTest
  @MethodSource("components")
  void theSnippetCanBePasted(ComponentRegistry.Entry<?> component) {
    List<String> snippet = new ComponentHelp(component).snippet();
    assertThat(snippet.get(0)).isEqualTo(component.kind().name() + ":");
    assertThat(snippet.get(1)).isEqualTo("  type: " + component.name());
    String keys =
        snippet.stream()
            .skip(2)
            .map(line -> line.substring(2))
            .collect(Collectors.joining("\n", "", "\n"));
    ConfigReader reader = new ConfigReader(REGISTRY);
    assertThat(
            reader.bind(
                reader.parse(Path.of("snippet.yaml"), keys.isBlank() ? "{}" : keys, List.of()),
                component.configType()))
        .isNotNull();
  }
}
