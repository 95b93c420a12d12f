package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.metric.Metric;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

final class EnsembleTest {
  private static final List<String> SOURCES = List.of("abc", "d", "", "cab", "bd");

  @TempDir static Path folder;
  private static Path one;
  private static Path two;

  @BeforeAll
  static void train() throws IOException {
    Path config = ToyConfig.write(folder);
    one = folder.resolve("one");
    two = folder.resolve("two");
    CommandRun.of("train", config, "--run", one, "--set", "training.max_steps=40");
    CommandRun.of(
        "train",
        config,
        "--run",
        two,
        "--set",
        "training.max_steps=40",
        "--set",
        "seed=2",
        "--set",
        "model.decoder={type: rnn, cell: lstm, units: 6, layers: 2, attention: bahdanau}");
  }

  private static Translator together(double[] weights, Path... runs) {
    ComponentRegistry registry = new PluginLoader().classPath();
    return Translator.together(
        List.of(runs).stream().map(run -> LoadedRun.open(new RunDirectory(run), registry)).toList(),
        weights);
  }

  @Test
  void oneNameOfAServerMayStandForSeveralModels() throws IOException {
    try (ServedModels served =
            new ServedModels(
                ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()),
                "both=" + one + "," + two,
                one,
                two + "," + one);
        Translator both = together(new double[] {1, 1}, one, two)) {
      assertThat(ServedModels.json(served.get("/v1/models")).get("models"))
          .extracting(it -> it.get("name").asText())
          .containsExactly("both", "one", "two-one");
      JsonNode answer =
          ServedModels.json(
              served.post(
                  "/v1/translate",
                  """
                  {"model": "both", "texts": ["abc", "d", "cab"], "attention": true,
                   "search": {"type": "beam", "size": 4}}
                  """));
      List<Translation> expected =
          both.translate(List.of("abc", "d", "cab"), SearchConfig.beam(4), true);
      for (int i = 0; i < 3; i++) {
        JsonNode best = answer.get("translations").get(i).get("hypotheses").get(0);
        assertThat(best.get("text").asText()).isEqualTo(expected.get(i).best().text());
        assertThat(best.get("score").asDouble())
            .isCloseTo(expected.get(i).best().score(), within(1e-4));
      }
      String pairs = "{\"pairs\": [{\"source\": \"ab\", \"target\": \"ba\"}], \"alignment\": %b}";
      JsonNode scores = ServedModels.json(served.post("/v1/score", pairs.formatted(false)));
      assertThat(scores.get("scores").get(0).get("score").asDouble())
          .isCloseTo(both.score(List.of("ab"), List.of("ba"))[0], within(1e-4));
      HttpResponse<String> refused = served.post("/v1/score", pairs.formatted(true));
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("alignment: needs a single model, not an ensemble");
      assertThat(
              ServedModels.json(
                      served.post(
                          "/v1/translate",
                          "{\"text\": \"abc\", \"tree\": true, \"search\": {\"length\": {\"min\": 2}}}"))
                  .at("/translations/0/tree"))
          .isNotEmpty();
      assertThat(served.post("/v1/models/both/reload", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aModelWithItselfIsThatModel() {
    SearchConfig beam = SearchConfig.beam(4).withNBest(4);
    try (Translator alone = Translator.load(one);
        Translator both = together(new double[] {1, 3}, one, one)) {
      List<Translation> expected = alone.translate(SOURCES, beam, true);
      List<Translation> found = both.translate(SOURCES, beam, true);
      for (int i = 0; i < SOURCES.size(); i++) {
        assertThat(found.get(i).candidates())
            .extracting(Translation.Candidate::text)
            .isEqualTo(
                expected.get(i).candidates().stream().map(Translation.Candidate::text).toList());
        assertThat(found.get(i).best().score())
            .isCloseTo(expected.get(i).best().score(), within(1e-4));
        for (int t = 0; t < found.get(i).best().attention().length; t++) {
          assertThat(found.get(i).best().attention()[t])
              .containsExactly(expected.get(i).best().attention()[t], within(1e-5f));
        }
      }
      List<String> targets = List.of("cba", "d", "bb", "", "db");
      List<String> sources = List.of("abc", "d", "b", "cab", "bd");
      List<Metric.ForcedScore> right = alone.force(sources, targets);
      List<Metric.ForcedScore> forced = both.force(sources, targets);
      for (int i = 0; i < targets.size(); i++) {
        assertThat(forced.get(i).logProbability())
            .isCloseTo(right.get(i).logProbability(), within(1e-4));
        assertThat(forced.get(i).tokens()).isEqualTo(right.get(i).tokens());
        assertThat(forced.get(i).correct()).isEqualTo(right.get(i).correct());
      }
    }
  }

  @Test
  void whatIsFoundTogetherHasTheScoreThatForcingGives() {
    List<String> sources = List.of("abc", "d", "cab");
    try (Translator both = together(new double[] {2, 1}, one, two);
        Translator first = Translator.load(one);
        Translator second = Translator.load(two)) {
      List<Translation> found = both.translate(sources, SearchConfig.beam(3), false);
      List<String> texts = found.stream().map(it -> it.best().text()).toList();
      double[] scores = both.score(sources, texts);
      for (int i = 0; i < sources.size(); i++) {
        assertThat(found.get(i).best().finished()).isTrue();
        assertThat(scores[i]).isCloseTo(found.get(i).best().score(), within(1e-4));
      }
      // An empty target is the end alone: the mean of two probabilities.
      double a = Math.exp(first.score(List.of("abc"), List.of(""))[0]);
      double b = Math.exp(second.score(List.of("abc"), List.of(""))[0]);
      assertThat(Math.exp(both.score(List.of("abc"), List.of(""))[0]))
          .isCloseTo((2 * a + b) / 3, within(1e-6));
    }
  }

  @Test
  void theCommandsTakeSeveralRuns() throws IOException {
    CommandRun translated =
        CommandRun.withInput("abc\nd\n", "translate", one, "--with", two, "--weights", "1,2");
    assertThat(translated.err()).isEmpty();
    try (Translator both = together(new double[] {1, 2}, one, two)) {
      assertThat(translated.out().lines())
          .containsExactlyElementsOf(
              both.translate(List.of("abc", "d")).stream().map(it -> it.best().text()).toList());
    }
    CommandRun evaluated =
        CommandRun.of("evaluate", one, "--with", two, "--metric", "perplexity,ser");
    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.out()).contains("perplexity");

    assertThat(CommandRun.of("translate", one, "--with", two, "--weights", "1").err())
        .contains("--weights: expected a number for each of 2 models, got 1");
    assertThat(CommandRun.of("translate", one, "--with", two, "--weights", "1,-1").status())
        .isEqualTo(2);
    Path other = folder.resolve("other");
    Files.writeString(folder.resolve("toy2.tsv"), "a\tx\nb\ty\n");
    CommandRun.of(
        "train",
        folder.resolve("toy.yaml"),
        "--run",
        other,
        "--set",
        "data.train.file=" + folder.resolve("toy2.tsv"),
        "--set",
        "data.dev.file=" + folder.resolve("toy2.tsv"));
    CommandRun refused = CommandRun.of("evaluate", one, "--with", other);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("their target vocabularies differ");
  }
}
