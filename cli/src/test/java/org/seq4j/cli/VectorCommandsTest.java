package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of vectors, trained for a few steps, as its page says to use it. */
@Timeout(300)
final class VectorCommandsTest {
  private static final String VECTOR = "1 2 3 4 5 6 7 8 9 10";

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    Path data = folder.resolve("data");
    assertThat(CommandRun.of("data", "generate", "series", "--output", data).status()).isZero();
    for (String split : List.of("train", "dev", "test")) {
      Path file = data.resolve(split + ".tsv");
      Files.write(file, Files.readAllLines(file).subList(0, 64));
    }
    Path config = folder.resolve("series.yaml");
    Files.copy(CommandRun.project("examples/series/series.yaml"), config);
    CommandRun check = CommandRun.of("check", config);
    assertThat(check.out())
        .contains("source     vectors of 10\n", "target     vectors of 10\n")
        .doesNotContain("embedding", "output");
    run = folder.resolve("run");
    CommandRun trained =
        CommandRun.of("train", config, "--run", run, "--set", "training.epochs=2", "--verbose");
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains("source vectors of 10 numbers, target vectors of 10 numbers\n")
        .containsPattern("validation at step 4, epoch 2:  loss \\S+  mse \\S+  mae ")
        .doesNotContain("perplexity");
  }

  @Test
  void answersAreScoredAndDrawn() throws IOException {
    Path plot = folder.resolve("plot.svg");
    CommandRun evaluated = CommandRun.of("evaluate", run, "--plot", plot);
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("mse  0.", "mae  0.", "64 examples");
    assertThat(plot)
        .content()
        .startsWith("<svg ")
        .endsWith("</svg>\n")
        .contains("example 4", "stroke-dasharray")
        .doesNotContain("NaN");
  }

  @Test
  void theRunIsInspected() {
    CommandRun inspected = CommandRun.of("inspect", run);
    assertThat(inspected.status()).as(inspected.err()).isZero();
    assertThat(inspected.out()).contains("target     vectors of 10").doesNotContain("vocabulary");
  }

  @Test
  void linesAreAnsweredByLines() {
    String source = VECTOR + "; " + VECTOR + "; " + VECTOR;
    CommandRun translated = CommandRun.withInput(source + "\n\n" + VECTOR + "\n", "translate", run);
    assertThat(translated.status()).as(translated.err()).isZero();
    assertThat(translated.out().lines())
        .extracting(line -> line.isEmpty() ? 0 : line.split("; ", -1).length)
        .containsExactly(3, 0, 1);

    CommandRun wrong = CommandRun.withInput(VECTOR + "\n1 2; x\n", "translate", run);
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("stdin, line 2: vector 1: expected 10 numbers (depth), got 2");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void arraysOfNumpyAreAnswered() throws IOException {
    byte[] header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 10), }                          \n"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(10 + header.length + 4 * 60).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    file.putShort((short) header.length).put(header);
    for (int i = 0; i < 60; i++) {
      file.putFloat(i / 60f);
    }
    byte[] bytes = file.array();
    Path array = Files.write(folder.resolve("in.npy"), bytes);
    CommandRun translated = CommandRun.of("translate", run, "--input", array);
    assertThat(translated.status()).as(translated.err()).isZero();
    assertThat(translated.out().lines())
        .hasSize(2)
        .allMatch(line -> line.split(";", -1).length == 3);

    CommandRun evaluated = CommandRun.of("evaluate", run, "--source", array, "--reference", array);
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("2 examples");

    Files.write(array, java.util.Arrays.copyOf(bytes, 100));
    CommandRun cut = CommandRun.of("translate", run, "--input", array);
    assertThat(cut.status()).isEqualTo(1);
    assertThat(cut.err()).contains("in.npy: is truncated");
  }

  /** Vectors are not searched for, and one answer is made: what is about a search is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "translate | --beam 3 | --beam 3: this model's targets are vectors",
        "translate | --set search.length.max=3 | --set search.length.max=3: this model's targets are",
        "translate | --n-best 2 | --n-best: this model's targets are vectors",
        "translate | --json --attention | --attention: this model's targets are vectors",
        "translate | --json --stream | --stream: this model's targets are vectors",
        "evaluate | --beam 3 | --beam 3: this model's targets are vectors",
        "evaluate | --set search.size=3 | --set search.size=3: this model's targets are vectors",
      })
  void optionsOfASearchAreRefused(String command, String words, String message) {
    List<Object> all = new ArrayList<>(List.of(command, run));
    all.addAll(List.of(words.split(" ", -1)));
    CommandRun refused = CommandRun.of(all.toArray());
    assertThat(refused.err()).contains(message);
    assertThat(refused.status()).isEqualTo(2);
  }

  @Test
  void aPrecisionOfStepsIsRefused() {
    CommandRun refused = CommandRun.withInput(VECTOR, "translate", run, "--precision", "bf16");
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            run
                + ": precision bf16 applies to steps of a search, but its targets are vectors, which"
                + " are generated in 32 bits");
  }

  @Test
  void keysOfASearchAreRefused() {
    CommandRun refused =
        CommandRun.of("check", folder.resolve("series.yaml"), "--set", "search.length.max=3");
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            "--set search.length.max=3  search.length.max: targets of vectors are generated without a"
                + " search. Remove this key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"search\": {\"size\": 3} | search: not supported for targets of vectors",
        "\"attention\": true | attention: not supported for targets of vectors",
        "\"tree\": true | tree: not supported for targets of vectors",
        "\"stream\": true | stream: not supported for targets of vectors",
      })
  void requestsForASearchAreRefused(String key, String message) throws IOException {
    try (ServedModels served = served()) {
      HttpResponse<String> refused =
          served.post("/v1/translate", "{\"text\": \"%s\", %s}".formatted(VECTOR, key));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(ServedModels.json(refused).at("/error/message").asText()).isEqualTo(message);
    }
  }

  @Test
  void aLineThatIsNoVectorsIsTheCallersFault() throws IOException {
    try (ServedModels served = served()) {
      HttpResponse<String> source = served.post("/v1/translate", "{\"text\": \"1 2\"}");
      assertThat(source.statusCode()).isEqualTo(400);
      assertThat(ServedModels.json(source).at("/error/message").asText())
          .isEqualTo("text: vector 1: expected 10 numbers (depth), got 2");
      HttpResponse<String> target =
          served.post(
              "/v1/score",
              "{\"pairs\": [{\"source\": \"%s\", \"target\": \"x\"}]}".formatted(VECTOR));
      assertThat(target.statusCode()).isEqualTo(400);
      assertThat(ServedModels.json(target).at("/error/message").asText())
          .isEqualTo("vector 1: expected a number, got 'x'");
    }
  }

  private static ServedModels served() throws IOException {
    return new ServedModels(ServedModels.options(9, Duration.ofSeconds(20), Optional.empty()), run);
  }

  @Test
  void aPlotIsForVectors() throws IOException {
    Path config = ToyConfig.write(Files.createDirectories(folder.resolve("toy")));
    Path toy = folder.resolve("toy-run");
    CommandRun.of("train", config, "--run", toy, "--set", "training.max_steps=1");
    CommandRun evaluated = CommandRun.of("evaluate", toy, "--plot", folder.resolve("no.svg"));
    assertThat(evaluated.status()).isEqualTo(2);
    assertThat(evaluated.err()).contains("--plot draws vectors");
    assertThat(folder.resolve("no.svg")).doesNotExist();
  }
}
