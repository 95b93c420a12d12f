package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models become the same bit for bit as in {@code golden/weights.txt}, and so does what they
 * answer. The configs are in {@code golden/models}.
 *
 * <pre>
 * mvn -B test -Pslow -pl cli -am -Dtest=GoldenWeightsTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * compares on a machine that the record has a section of, and is skipped on others. With {@code
 * -Dseq4j.golden.write=true} behind it, the section of this machine is written anew. Where bits
 * change on purpose, remove the file before that: what it says of other machines is no longer so.
 */
@Tag("slow")
@Timeout(1200)
final class GoldenWeightsTest {
  private static final GoldenRecord RECORD = new GoldenRecord("weights.txt");
  private static final Pattern SEVERAL = Pattern.compile(" (?=[a-z_.]+=)");

  @TempDir private static Path folder;
  private static String machine;
  private static Map<String, String> recorded;

  @BeforeAll
  static void writeData() throws IOException {
    machine = GoldenFingerprint.ofThisMachine();
    recorded = RECORD.sections();
    GoldenData.write(folder);
    try (Stream<Path> configs =
        Files.list(CommandRun.project("cli/src/test/resources/golden/models"))) {
      for (Path config : configs.toList()) {
        Files.copy(config, folder.resolve(config.getFileName().toString()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm-luong", "gru-location", "pointer-generator"})
  void modelsOfTokens(String config) throws IOException {
    assumeRecorded();
    compare(config, GoldenModel.train(folder, config, config, List.of()).tokens());
  }

  @Test
  void aModelOfVectors() throws IOException {
    assumeRecorded();
    compare("vectors", GoldenModel.train(folder, "vectors", "vectors", List.of()).vectors());
  }

  @Test
  void aModelOfAllRegularizationAndOneOfMinimumRiskThatBeginsWithIt() throws IOException {
    assumeRecorded();
    GoldenModel first = GoldenModel.train(folder, "regularized", "regularized", List.of());
    GoldenModel second = GoldenModel.train(folder, "minimum-risk", "minimum-risk", List.of());
    compare("regularized", first.tokens());
    compare("minimum-risk", second.tokens());
  }

  @Test
  void everyComponent() throws IOException {
    assumeRecorded();
    StringBuilder hashes = new StringBuilder();
    int number = 0;
    for (String line : Files.readAllLines(folder.resolve("components.txt"))) {
      if (!line.startsWith("#")) {
        number++;
        List<String> overrides = List.of(SEVERAL.split(line, -1));
        GoldenModel model = GoldenModel.train(folder, "components", "c" + number, overrides);
        hashes.append(model.tensors().hash()).append(' ').append(line).append('\n');
      }
    }
    compare("components", hashes.toString());
  }

  private static void assumeRecorded() {
    assumeThat(GoldenRecord.isWritten() || recorded.containsKey("machine " + machine))
        .as(
            "golden/weights.txt has no section of machines that compute as this one (%s: %s); with"
                + " code that is known to be right, -Dseq4j.golden.write=true adds one",
            machine, GoldenFingerprint.description())
        .isTrue();
  }

  private static void compare(String name, String happened) throws IOException {
    String section = machine + " " + name;
    if (GoldenRecord.isWritten()) {
      RECORD.put(Map.of("machine " + machine, GoldenFingerprint.description()));
      RECORD.put(Map.of(section, happened));
    } else {
      assertThat(happened).as(name).isEqualTo(recorded.get(section));
    }
  }
}
