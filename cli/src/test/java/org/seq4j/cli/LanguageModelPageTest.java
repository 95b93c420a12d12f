package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.runtime.weights.SafeTensors;

/** The configs and the commands of docs/language-models.md work, in their order. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LanguageModelPageTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    UsingPageTest.write(folder);
    List<String> pairs = Files.readAllLines(folder.resolve("train.tsv"));
    Files.write(folder.resolve("pairs.tsv"), pairs.subList(0, 100));
    Files.write(
        folder.resolve("text.txt"),
        Stream.concat(pairs.stream(), pairs.stream()).map(it -> it.split("\t", 2)[1]).toList());
  }

  private static Path run(String name) {
    return folder.resolve("runs").resolve(name);
  }

  private static CommandRun succeeded(Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  @Test
  @Order(1)
  void itsCommandsWork() throws IOException {
    assertThat(new PageCommands(folder).run("docs/language-models.md", "other.yaml")).hasSize(8);
  }

  @Test
  @Order(2)
  void anInterruptedTrainingEndsWithTheSameWeights() throws IOException {
    Path whole = run("whole");
    Path halves = run("halves");
    Path config = folder.resolve("lm.yaml");
    succeeded("train", config, "--run", whole, "--set", "training.max_steps=30");
    succeeded("train", config, "--run", halves, "--set", "training.max_steps=14");
    succeeded("train", "--run", halves, "--resume", "--set", "training.max_steps=30");
    Map<String, SafeTensors.Array> weights = weights(whole);
    assertThat(weights(halves)).hasSameSizeAs(weights);
    weights(halves)
        .forEach((path, array) -> assertThat(array.values()).isEqualTo(weights.get(path).values()));
    assertThat(new RunDirectory(whole).metrics()).content().contains("perplexity");
  }

  private static Map<String, SafeTensors.Array> weights(Path run) {
    return SafeTensors.read(new RunDirectory(run).lastCheckpoints().get(0)).arrays();
  }

  @Test
  @Order(3)
  void aHypothesisScoresTheWeightedSumOfBoth() {
    List<String> sources = List.of("a b c", "d", "f e", "b b b b");
    try (Translator model = Translator.load(run("first"));
        Translator lm = Translator.load(run("lm"))) {
      SearchConfig plain = model.search().with(Map.of("size", 3, "n_best", 3));
      assertSame(model.translate(sources, with(plain, 0)), model.translate(sources, plain));
      int finished = 0;
      for (Translation translation : model.translate(sources, with(plain, 0.4))) {
        for (Translation.Candidate one : translation.candidates()) {
          if (one.ending() == Ending.END) {
            finished++;
            List<String> target = List.of(one.text());
            double own = model.score(List.of(translation.source()), target)[0];
            assertThat(one.score())
                .isCloseTo(own + 0.4 * lm.score(List.of(""), target)[0], within(1e-3));
          }
        }
      }
      assertThat(finished).isPositive();
      List<Translation> together = model.translate(sources, with(plain, 0.4));
      for (int i = 0; i < sources.size(); i++) {
        assertSame(
            model.translate(List.of(sources.get(i)), with(plain, 0.4)), List.of(together.get(i)));
      }
    }
  }

  private static SearchConfig with(SearchConfig search, double weight) {
    return search.with("language_model", Map.of("run", run("lm").toString(), "weight", weight));
  }

  private static void assertSame(List<Translation> found, List<Translation> expected) {
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).best().text()).isEqualTo(expected.get(i).best().text());
      assertThat(found.get(i).best().score())
          .isCloseTo(expected.get(i).best().score(), within(1e-4));
    }
  }

  @Test
  @Order(4)
  void ensemblesGreedySearchesAndRulesHaveIt() {
    String lm = "search.language_model={run: %s, weight: 0.5}".formatted(run("lm"));
    Path source = folder.resolve("source.txt");
    succeeded("translate", run("first"), "--input", source, "--set", lm, "--beam", 1);
    succeeded("translate", run("first"), "--input", source, "--set", lm, "--with", run("first"));
    assertThat(
            succeeded(
                    "translate",
                    run("first"),
                    "--input",
                    source,
                    "--set",
                    lm,
                    "--set",
                    "search.rules.required=[e f]",
                    "--set",
                    "search.pre_beam=2")
                .out()
                .lines())
        .allMatch(line -> line.contains("e f"));
  }

  private static void refused(String message, Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(run.out()).isNotZero();
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  @Order(5)
  void whatDoesNotFitIsRefused() throws IOException {
    Path source = folder.resolve("source.txt");
    Path lm = folder.resolve("lm.yaml");
    refused("has no source to translate", "translate", run("lm"), "--input", source);
    refused("omit it", "score", run("lm"), "--source", source, "--target", source);
    refused("'--source=FILE'", "score", run("first"), "--target", source);
    refused("has no source", "check", lm, "--set", "source.max_length=20");
    refused("has no source", "check", lm, "--set", "data.train.source=source.txt");
    refused("exact-match measures answers", "check", lm, "--set", "evaluation.metrics=exact-match");
    refused("remove attention", "check", lm, "--set", "model.decoder.attention=luong");
    refused("got none", "check", folder.resolve("first.yaml"), "--set", "data.train.source=[]");
    refused(
        "is not the run of a language model",
        "translate",
        run("first"),
        "--input",
        source,
        "--set",
        "search.language_model.run=" + run("first"));
    refused(
        "is not the folder of a run",
        "check",
        folder.resolve("first.yaml"),
        "--set",
        "search.language_model.run=gone");
    Files.writeString(folder.resolve("few.txt"), "a b\n");
    succeeded(
        "train",
        lm,
        "--run",
        run("other"),
        "--set",
        "target.vocabulary.file=null",
        "--set",
        "training.max_steps=1",
        "--set",
        "data.train.target=few.txt");
    refused(
        "the vocabulary of",
        "translate",
        run("first"),
        "--input",
        source,
        "--set",
        "search.language_model.run=" + run("other"));
    refused(
        "search.language_model",
        "export",
        run("first"),
        "--format",
        "saved-model",
        "--output",
        folder.resolve("exported"),
        "--set",
        "search.language_model.run=" + run("lm"));
  }

  @Test
  @Order(6)
  void aCommandThatReadsSourcesSaysThatThereAreNone() {
    Path lm = run("lm");
    refused(lm + ": a language model has no source to answer", "chat", lm);
    refused(lm + ": a language model has no source to transcribe", "transcribe", lm, "a.wav");
    refused("--baseline answers sources", "evaluate", lm, "--baseline", "copy");
    refused("the model lm: a language model has no source", "serve", lm, "--port", "0");
    Path exported = folder.resolve("exported");
    refused(
        "a language model has no search",
        "export",
        lm,
        "--format",
        "saved-model",
        "--output",
        exported);
    assertThat(exported).doesNotExist();
  }

  @Test
  @Order(7)
  void theReportOfItsDataCountsTargetsOnly() {
    Path config = folder.resolve("lm.yaml");
    assertThat(succeeded("data", "inspect", config).out())
        .contains("train target", "the targets of")
        .doesNotContain("source");
    assertThat(succeeded("data", "inspect", "--json", config).out())
        .doesNotContain("source_tokens");
    assertThat(succeeded("check", config).out()).doesNotContain(" -> ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: transformer, units: 16, heads: 2, layers: 2}",
        "{type: convolutional, units: 16, layers: 2}"
      })
  @Order(8)
  void decodersOfOtherFamiliesAreLanguageModelsToo(String layers) {
    Path run = run("family-" + Integer.toHexString(layers.hashCode()));
    String decoder = "model.decoder=" + layers;
    Path config = folder.resolve("lm.yaml");
    succeeded("train", config, "--run", run, "--set", decoder, "--set", "training.max_steps=60");
    List<String> sources = List.of("a b c", "d", "f e");
    try (Translator model = Translator.load(run("first"));
        Translator lm = Translator.load(run)) {
      SearchConfig fused =
          model
              .search()
              .with(
                  Map.of("size", 3, "language_model", Map.of("run", run.toString(), "weight", 1)));
      for (Translation translation : model.translate(sources, fused)) {
        List<String> target = List.of(translation.best().text());
        double own = model.score(List.of(translation.source()), target)[0];
        if (translation.best().ending() == Ending.END) {
          assertThat(translation.best().score())
              .isCloseTo(own + lm.score(List.of(""), target)[0], within(1e-3));
        }
      }
    }
  }

  @Test
  @Order(9)
  void itIsInspectedAndReported() {
    assertThat(succeeded("inspect", run("lm")).out()).doesNotContain("source");
    assertThat(succeeded("evaluate", run("lm")).out())
        .contains("30 examples", "perplexity")
        .doesNotContain("source");
    assertThat(succeeded("data", "inspect", folder.resolve("lm.yaml")).out()).isNotBlank();
    succeeded("report", run("lm"), "--output", folder.resolve("report.html"));
  }
}
