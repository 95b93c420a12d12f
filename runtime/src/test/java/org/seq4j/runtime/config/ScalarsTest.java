package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.runtime.config.key.Bounds;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.config.key.ValueType;

class ScalarsTest {
  private enum Tie {
    NONE,
    SOURCE_TARGET,
    ALL
  }

  private static final ValueType FLAG = new ValueType.Flag();
  private static final ValueType TEXT = new ValueType.Text();
  private static final ValueType INT = ValueType.of(int.class, Bounds.NONE);
  private static final ValueType LONG = ValueType.of(long.class, Bounds.NONE);
  private static final ValueType FLOAT = ValueType.of(float.class, Bounds.NONE);
  private static final ValueType DOUBLE = ValueType.of(double.class, Bounds.NONE);
  private static final ValueType TIE = ValueType.of(Tie.class, Bounds.NONE);

  private static Object read(ValueType type, String yaml) throws Exception {
    EnvironmentVariables variables =
        new EnvironmentVariables(Map.of("SIZE", "32", "DATA", "/data")::get);
    Node node = YamlSource.value(yaml, "", SourceLocation.FILE, new ArrayList<>());
    return new Scalars(variables, Path.of("/experiments"), Path.of("/called"))
        .read(type, (Node.Scalar) node);
  }

  private static void refuses(ValueType type, String yaml, String message) {
    assertThatThrownBy(() -> read(type, yaml))
        .isInstanceOf(ValueException.class)
        .hasMessage(message);
  }

  @Test
  void readsTrueAndFalse() throws Exception {
    assertThat(List.of(read(FLAG, "true"), read(FLAG, "false"))).isEqualTo(List.of(true, false));
  }

  @ParameterizedTest
  @CsvSource({
    "yes, yes, . Write true",
    "no, no, . Write false",
    "ON, ON, . Write true",
    "True, True, . Write true",
    "0, 0, . Write false",
    "'\"true\"', the text 'true', . Write true",
    "maybe, maybe, ''"
  })
  void refusesOtherBooleans(String yaml, String got, String hint) {
    refuses(
        FLAG,
        yaml,
        "expected true or false, got " + got.replace("text true", "text 'true'") + hint);
  }

  @Test
  void readsWholeNumbers() throws Exception {
    assertThat(read(INT, "-12")).isEqualTo(-12);
    assertThat(read(INT, "2147483647")).isEqualTo(Integer.MAX_VALUE);
    assertThat(read(LONG, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource({
    "8.7, ''",
    "8.0, . Write 8",
    "1e3, . Write 1000",
    "1_000, . Write 1000",
    "010, . Write 10",
    "0x10, ''",
    "0o10, ''",
    "1:30, ''",
    "1e999, ''",
    ".inf, ''",
    "true, ''",
    "ten, ''"
  })
  void refusesOtherWholeNumbers(String yaml, String hint) {
    refuses(INT, yaml, "expected a whole number, got " + yaml + hint);
  }

  @Test
  void refusesWholeNumbersInQuotes() {
    refuses(INT, "\"5\"", "expected a whole number, got the text '5'. Remove the quotes");
  }

  @Test
  void refusesWholeNumbersThatDoNotFit() {
    refuses(
        INT, "2147483648", "expected a whole number, got 2147483648, which has more than 32 bits");
    refuses(
        LONG,
        "9223372036854775808",
        "expected a whole number, got 9223372036854775808, which has more than 64 bits");
  }

  @Test
  void keepsWholeNumbersWithinBounds() throws Exception {
    ValueType size = ValueType.of(int.class, new Bounds(1, Double.POSITIVE_INFINITY));
    assertThat(read(size, "1")).isEqualTo(1);
    refuses(size, "0", "expected a whole number, at least 1, got 0");
  }

  @ParameterizedTest
  @CsvSource({"0.001, 0.001", "3, 3", "-.5, -0.5", "1., 1", "1e-4, 0.0001", "2.5E+3, 2500"})
  void readsNumbers(String yaml, float value) throws Exception {
    assertThat(read(FLOAT, yaml)).isEqualTo(value);
  }

  @Test
  void readsInfinityAndNanWithoutBounds() throws Exception {
    assertThat(read(DOUBLE, "-.inf")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(read(FLOAT, ".nan")).isEqualTo(Float.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {".nan", ".inf", "-.inf", "1.5"})
  void refusesNumbersOutOfBounds(String yaml) {
    ValueType rate = ValueType.of(float.class, new Bounds(0, 1));
    refuses(rate, yaml, "expected a number from 0 to 1, got " + yaml);
  }

  @Test
  void boundsAreThoseThatWereWritten() throws Exception {
    ValueType rate = ValueType.of(float.class, new Bounds(0, 0.1)); // (double) 0.1f is more
    assertThat(read(rate, "0.1")).isEqualTo(0.1f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1_000.5", "01.5", "1:30", "NaN", "fast", "0x1p3", "1.0f"})
  void refusesOtherNumbers(String yaml) {
    refuses(DOUBLE, yaml, "expected a number, got " + yaml);
  }

  @Test
  void refusesNumbersThatAFloatCannotHold() {
    refuses(FLOAT, "1e39", "expected a number, got 1e39, which is too large");
    refuses(FLOAT, "1e-60", "expected a number, got 1e-60, which is too close to 0");
  }

  @Test
  void refusesNumbersInQuotes() {
    refuses(FLOAT, "'0.5'", "expected a number, got the text '0.5'. Remove the quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no", "off", "13a", "1.2.3", "a:b", "2024-01-31", "1e", "nan"})
  void takesTextAsWritten(String yaml) throws Exception {
    assertThat(read(TEXT, yaml)).isEqualTo(yaml);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.10", "010", "1:30", "1_000", "0x1F", "1e3", "-7", ".inf", "0o7"})
  void asksForQuotesAroundNumbers(String yaml) {
    refuses(
        TEXT,
        yaml,
        "expected text, got the number %s. Put quotes around it: \"%s\"".formatted(yaml, yaml));
  }

  @Test
  void asksForQuotesAroundTrue() {
    refuses(TEXT, "true", "expected text, got true. Put quotes around it: \"true\"");
  }

  @Test
  void takesNumbersInQuotesAsText() throws Exception {
    assertThat(read(TEXT, "'1.10'")).isEqualTo("1.10");
  }

  @Test
  void takesLiteralsAsWritten() throws Exception {
    assertThat(read(new ValueType.Any(), "010")).isEqualTo(new Literal("010"));
  }

  @Test
  void readsChoices() throws Exception {
    assertThat(read(TIE, "source-target")).isEqualTo(Tie.SOURCE_TARGET);
  }

  @Test
  void listsChoices() {
    refuses(TIE, "some", "expected one of none, source-target, all, got some");
    refuses(
        TIE,
        "source_target",
        "expected one of none, source-target, all, got source_target. Did you mean 'source-target'?");
  }

  @Test
  void resolvesPaths() throws Exception {
    ValueType path = new ValueType.File();
    assertThat(read(path, "../data/a.tsv")).isEqualTo(Path.of("/data/a.tsv"));
    assertThat(read(path, "/abs/a.tsv")).isEqualTo(Path.of("/abs/a.tsv"));
  }

  @Test
  void replacesVariables() throws Exception {
    assertThat(read(new ValueType.File(), "${DATA}/train.tsv"))
        .isEqualTo(Path.of("/data/train.tsv"));
    assertThat(read(INT, "${SIZE}")).isEqualTo(32);
    assertThat(read(TEXT, "${SIZE}")).isEqualTo("32");
    assertThat(read(INT, "'${SIZE}'")).isEqualTo(32);
    assertThat(read(INT, "${NOWHERE:-7}")).isEqualTo(7);
    assertThat(read(INT, "${SIZE:-7}")).isEqualTo(32);
    assertThat(read(TEXT, "a $${SIZE} $5 $$${x}")).isEqualTo("a ${SIZE} $5 $${x}");
  }

  @Test
  void namesVariablesThatAreNotSet() {
    refuses(
        TEXT,
        "${NOWHERE}/x",
        "the environment variable NOWHERE is not set. Set it, or write a value here, or a default: ${NOWHERE:-...}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${no name}", "${}", "${OPEN"})
  void refusesWhatIsNoVariable(String yaml) {
    refuses(
        TEXT,
        yaml,
        "expected ${NAME} or ${NAME:-default}, an environment variable, got %s. For a plain ${ write $${"
            .formatted(yaml));
  }
}
