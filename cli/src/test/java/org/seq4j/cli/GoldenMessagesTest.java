package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The exit status and the whole message of some hundred bad inputs are those of {@code
 * golden/messages.txt}. The inputs are in {@code golden/cases}. A message that is changed on
 * purpose is recorded in the same commit, by
 *
 * <pre>
 * mvn -B test -pl cli -am -Dtest=GoldenMessagesTest -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dseq4j.golden.write=true
 * </pre>
 *
 * and the difference of the record shows what users will read. Without the last option the same
 * command compares.
 */
final class GoldenMessagesTest {
  private static final GoldenRecord RECORD = new GoldenRecord("messages.txt");
  private static final String CHECK = "check <tmp>/toy.yaml";
  private static final String TRAIN = "train <tmp>/toy.yaml --run <tmp>/run";

  @TempDir private static Path temporary;
  private static Path runs;
  private static String version;
  private static Map<String, String> recorded;
  private static final Map<String, String> HAPPENED = new LinkedHashMap<>();

  @BeforeAll
  static void trainRuns() throws IOException {
    temporary = temporary.toRealPath();
    runs = Files.createDirectory(temporary.resolve("runs"));
    Path toy = CommandRun.project("cli/src/test/resources/golden/toy");
    for (String file : List.of("toy.yaml", "toy.tsv", "vectors.yaml", "vectors.tsv")) {
      Files.copy(toy.resolve(file), runs.resolve(file));
    }
    train("toy", "toy.yaml");
    train("plain", "toy.yaml", "--set", "model.decoder.attention=");
    train("letters", "toy.yaml", "--set", "target.tokenizer=characters");
    train("vectors", "vectors.yaml");
    version = CommandRun.of("--version").out().strip().replaceFirst("seq4j ", "");
    recorded = RECORD.sections();
  }

  private static void train(String name, String config, Object... more) {
    CommandRun trained =
        CommandRun.of(
            Stream.concat(
                    Stream.of("train", runs.resolve(config), "--run", runs.resolve(name)),
                    Stream.of(more))
                .toArray());
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  private static List<GoldenCase> cases() {
    return Stream.of(
            GoldenCase.read("usage.yaml", ""),
            GoldenCase.read("config-values.yaml", CHECK),
            GoldenCase.read("config-fit.yaml", CHECK),
            GoldenCase.read("data.yaml", TRAIN),
            GoldenCase.read("runs.yaml", ""),
            GoldenCase.read("files.yaml", ""))
        .flatMap(some -> some)
        .collect(Collectors.toList());
  }

  @TestFactory
  Stream<DynamicTest> messagesAreThoseOfTheRecord() {
    return cases().stream().map(one -> dynamicTest(one.name(), () -> check(one)));
  }

  private static void check(GoldenCase one) throws IOException {
    Path folder = Files.createTempDirectory(temporary, "case");
    String happened = text(one, one.run(runs, folder), folder);
    HAPPENED.put(one.name(), happened);
    if (!GoldenRecord.isWritten()) {
      assertThat(happened)
          .as("what the command says of: %s", one.name())
          .isEqualTo(recorded.get(one.name()));
    }
  }

  @Test
  void theRecordIsOfTheseCases() {
    assertThat(cases()).extracting(GoldenCase::name).doesNotHaveDuplicates();
    if (!GoldenRecord.isWritten()) {
      assertThat(recorded.keySet())
          .hasSizeGreaterThanOrEqualTo(100)
          .containsExactlyElementsOf(cases().stream().map(GoldenCase::name).toList());
    }
  }

  @AfterAll
  static void write() throws IOException {
    if (GoldenRecord.isWritten()) {
      RECORD.write(HAPPENED);
    }
  }

  /** What happened, without what is another one elsewhere. */
  private static String text(GoldenCase one, CommandRun run, Path folder) {
    String text =
        "$ seq4j %s".formatted(one.arguments()).stripTrailing()
            + String.format(Locale.ROOT, "\nexit %d\n", run.status())
            + marked("err", run.err())
            + marked("out", run.out());
    return text.replace(folder.toString(), "<tmp>")
        .replace(runs.toString(), "<runs>")
        .replaceAll("seq4j-([a-z-]+) [0-9][0-9A-Za-z.-]*", "$1") // a module in its jar
        .replace(version, "<version>");
  }

  private static String marked(String stream, String text) {
    StringBuilder marked = new StringBuilder();
    text.lines()
        .forEach(line -> marked.append((stream + "  " + line).stripTrailing()).append('\n'));
    if (!text.isEmpty() && !text.endsWith("\n")) {
      marked.append("(no end of the last line)\n");
    }
    return marked.toString();
  }
}
