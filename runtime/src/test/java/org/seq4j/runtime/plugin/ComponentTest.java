package org.seq4j.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.plugin.NoKeys;

class ComponentTest {
  private static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));

  private static Component<String> made(Supplier<String> how) {
    return Component.of(String.class, "made", new NoKeys(), keys -> how.get());
  }

  private static Component<String> component(String path, Supplier<String> how) {
    return made(how).at("g2p.yaml, line 4", path);
  }

  private static Component<String> throwing(String path, Throwable thrown) {
    return component(path, () -> ComponentTest.<String, Error>fail(thrown));
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // throws what is declared nowhere
  private static <T, E extends Throwable> T fail(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static ComponentException refused(Component<String> component) {
    return catchThrowableOfType(ComponentException.class, () -> component.create(CONTEXT));
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new IllegalArgumentException("units is odd"), "units is odd"),
        Arguments.of(
            new IllegalStateException("gone"),
            "making 'made' failed with java.lang.IllegalStateException: gone"),
        Arguments.of(
            new NullPointerException(), "making 'made' failed with java.lang.NullPointerException"),
        Arguments.of(
            new NoClassDefFoundError("acme/Fast"),
            "making 'made' needs the class acme.Fast, which is neither in the plugin nor provided by"
                + " Seq4j"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whateverAMakerThrowsIsSaidWithItsPlace(Throwable thrown, String complaint) {
    assertThat(refused(throwing("model.encoder", thrown)))
        .hasMessage("g2p.yaml, line 4, model.encoder: " + complaint)
        .hasCause(thrown);
  }

  @Test
  void theInnermostComponentIsTheOneThatIsSaid() {
    Component<String> inner = throwing("model.encoder.cell", new IllegalStateException("gone"));
    ComponentException refused = refused(component("model.encoder", () -> inner.create(CONTEXT)));
    assertThat(refused.location()).isEqualTo("g2p.yaml, line 4, model.encoder.cell");
    assertThat(refused.path()).contains("model.encoder.cell");
    assertThat(refused.problem())
        .isEqualTo("making 'made' failed with java.lang.IllegalStateException: gone");
  }

  @Test
  void aComponentOfNoFileIsNamedByItsType() {
    Component<String> component =
        made(
            () -> {
              throw new IllegalArgumentException("units is odd");
            });
    assertThat(refused(component)).hasMessage("made: units is odd");
    assertThat(refused(component).path()).isEmpty();
  }

  private record Units(int units) {}

  @Test
  void twoAreEqualIfKindNameAndConfigurationAre() {
    Component<String> five = Component.of(String.class, "a", new Units(5), Units::toString);
    assertThat(five)
        .isEqualTo(Component.of(String.class, "a", new Units(5), keys -> "other"))
        .isEqualTo(five.at("g2p.yaml, line 4", "model.encoder"))
        .hasSameHashCodeAs(five.at("g2p.yaml, line 4", "model.encoder"))
        .isNotEqualTo(Component.of(String.class, "b", new Units(5), Units::toString))
        .isNotEqualTo(Component.of(Object.class, "a", new Units(5), Units::toString))
        .isNotEqualTo(five.withConfig(new Units(6)));
  }

  @Test
  void isMadeOfItsConfigurationAndContext() {
    Component<String> component =
        Component.of(
            String.class,
            "made",
            new Units(5),
            (config, context) -> config.units() + " in " + context.directory());
    assertThat(component.create(CONTEXT)).isEqualTo("5 in .");
  }
}
