package org.seq4j.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;
import org.seq4j.testkit.SharedFolder;
import org.seq4j.trainer.metric.BleuMetric.Config.Smoothing;

/** Beside what sacreBLEU 2.6.0 prints. */
class SacreBleuTest {
  private static final String FOLDER = "vectors/sacrebleu/";
  private static final String REFERENCE = FOLDER + "newstest2017.en-de.ref.gz";

  private static Metric bleu(String tokenize, Smoothing smooth, boolean lowercase, int order) {
    return new BleuMetric(
        new BleuMetric.Config(tokenize, smooth, Optional.empty(), lowercase, false, order));
  }

  private static Metric chrf(
      int words, int beta, boolean lowercase, boolean whitespace, boolean effective) {
    return new ChrfMetric(new ChrfMetric.Config(6, words, beta, lowercase, whitespace, effective));
  }

  private static Metric ter(
      boolean normalized, boolean punctuation, boolean asian, boolean caseSensitive) {
    return new TerMetric(new TerMetric.Config(normalized, punctuation, asian, caseSensitive));
  }

  /** The metrics of the columns, by the names that they have in the file. */
  private static Map<String, Metric> metrics() {
    Map<String, Metric> metrics = new HashMap<>();
    metrics.put("bleu.13a", new BleuMetric(BleuMetric.Config.DEFAULT));
    metrics.put("bleu.13a.lc", bleu("13a", Smoothing.EXP, true, 4));
    metrics.put("bleu.intl", bleu("intl", Smoothing.EXP, false, 4));
    metrics.put("bleu.none", bleu("none", Smoothing.EXP, false, 4));
    metrics.put("bleu.char", bleu("char", Smoothing.EXP, false, 4));
    metrics.put("bleu.13a.smooth-none", bleu("13a", Smoothing.NONE, false, 4));
    metrics.put("bleu.13a.floor0.1", bleu("13a", Smoothing.FLOOR, false, 4));
    metrics.put("bleu.13a.add-k1", bleu("13a", Smoothing.ADD_K, false, 4));
    metrics.put("bleu.13a.maxn2", bleu("13a", Smoothing.EXP, false, 2));
    metrics.put("chrf2", chrf(0, 2, false, false, true));
    metrics.put("chrf2++", chrf(2, 2, false, false, true));
    metrics.put("chrf1", chrf(0, 1, false, false, true));
    metrics.put("chrf2.lc", chrf(0, 2, true, false, true));
    metrics.put("chrf2.ws", chrf(0, 2, false, true, true));
    metrics.put("ter", ter(false, true, false, false));
    return metrics;
  }

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(SharedFolder.text(FOLDER + "expected.json"));
  }

  private static Text text(String raw) {
    return new Text(raw, List.of());
  }

  private static List<Sample> samples(String hypotheses, String... references) throws IOException {
    List<String> lines = SharedFolder.lines(hypotheses);
    List<List<String>> columns = new ArrayList<>();
    for (String reference : references) {
      columns.add(SharedFolder.lines(reference));
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int line = i;
      samples.add(
          new Sample(text(lines.get(i)), columns.stream().map(it -> text(it.get(line))).toList()));
    }
    return samples;
  }

  private static DynamicTest agrees(
      String name, Metric metric, List<Sample> samples, JsonNode expected) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          assertThat(metric.score(samples).value())
              .isCloseTo(expected.get("score").asDouble(), within(5e-5));
          assertThat(metric.signature(samples)).contains(expected.get("sig").asText());
        });
  }

  @TestFactory
  Stream<DynamicTest> systemsOfWmt17() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> system : expected().get("corpus").properties()) {
      List<Sample> samples = samples(FOLDER + system.getKey() + ".gz", REFERENCE);
      metrics()
          .forEach(
              (name, metric) -> {
                if (system.getValue().has(name)) {
                  tests.add(
                      agrees(
                          system.getKey() + " " + name,
                          metric,
                          samples,
                          system.getValue().get(name)));
                }
              });
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> severalReferences() throws IOException {
    String name = FOLDER + "multi30k.task2.test_2016.%d.de.first500.gz";
    List<Sample> samples =
        samples(
            name.formatted(1),
            name.formatted(2),
            name.formatted(3),
            name.formatted(4),
            name.formatted(5));
    JsonNode figures =
        expected().get("multiref(hyp=multi30k.task2.test_2016.1.de.first500, refs=.2 .3 .4 .5)");
    return metrics().entrySet().stream()
        .filter(metric -> figures.has(metric.getKey()))
        .map(
            metric ->
                agrees(metric.getKey(), metric.getValue(), samples, figures.get(metric.getKey())));
  }

  @TestFactory
  Stream<DynamicTest> sentences() throws IOException {
    Map<String, Metric> columns = new HashMap<>();
    columns.put("bleu.exp.eff", sentenceBleu(Smoothing.EXP));
    columns.put("bleu.floor0.1.eff", sentenceBleu(Smoothing.FLOOR));
    columns.put("bleu.add-k1.eff", sentenceBleu(Smoothing.ADD_K));
    columns.put("chrf2", chrf(0, 2, false, false, true));
    columns.put("chrf2++", chrf(2, 2, false, false, true));
    columns.put("ter", ter(false, true, false, false));
    columns.put("ter.norm.cs", ter(true, true, false, true));
    columns.put("ter.nopunct", ter(false, false, false, false));
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> system : expected().get("sentence").properties()) {
      List<Sample> samples = samples(FOLDER + system.getKey() + ".gz", REFERENCE);
      JsonNode names = system.getValue().get("columns");
      for (int column = 1; column < names.size(); column++) {
        String name = names.get(column).asText();
        Metric metric = columns.get(name);
        int at = column;
        tests.add(
            DynamicTest.dynamicTest(
                system.getKey() + " " + name,
                () -> {
                  assertThat(metric).as(name).isNotNull();
                  for (JsonNode row : system.getValue().get("rows")) {
                    Sample sample = samples.get(row.get(0).asInt());
                    assertThat(metric.score(List.of(sample)).value())
                        .as("line %s", row.get(0))
                        .isCloseTo(row.get(at).asDouble(), within(1e-6));
                  }
                }));
      }
    }
    return tests.stream();
  }

  private static Metric sentenceBleu(Smoothing smooth) {
    return new BleuMetric(new BleuMetric.Config("13a", smooth, Optional.empty(), false, true, 4));
  }
}
