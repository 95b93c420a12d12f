package org.seq4j.trainer.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;
import org.seq4j.testkit.SharedFolder;
import org.seq4j.trainer.metric.BleuMetric.Config.Smoothing;
import org.seq4j.trainer.metric.RougeMetric.Config.Figure;

/** Beside sacreBLEU's own unit tables, ROUGE-1.5.5 and jiwer. */
class ReferenceMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode json(String name) throws IOException {
    return JSON.readTree(SharedFolder.text("vectors/" + name));
  }

  private static JsonNode unitTables(String table) throws IOException {
    return json("sacrebleu/peer_unit_cases.json").get(table);
  }

  private static Text text(String raw) {
    return new Text(raw, List.of());
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  /** Hypotheses with streams of references, as sacreBLEU takes them. */
  private static List<Sample> samples(JsonNode hypotheses, JsonNode streams) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < hypotheses.size(); i++) {
      List<Text> references = new ArrayList<>();
      for (JsonNode stream : streams) {
        references.add(text(stream.get(i).asText()));
      }
      samples.add(new Sample(text(hypotheses.get(i).asText()), references));
    }
    return samples;
  }

  /** Hypotheses with one stream of references. */
  private static List<Sample> pairs(JsonNode hypotheses, JsonNode references) {
    return samples(hypotheses, JSON.createArrayNode().add(references));
  }

  private static BleuMetric bleu(
      String tokenize, Smoothing smooth, Optional<Double> value, boolean lower, int order) {
    return new BleuMetric(new BleuMetric.Config(tokenize, smooth, value, lower, false, order));
  }

  @Test
  void bleuOfCorpora() throws IOException {
    JsonNode tables = unitTables("test_bleu");
    for (JsonNode row : tables.get("test_raw_bleu_cases")) {
      Metric metric = bleu("none", Smoothing.NONE, Optional.empty(), false, 4);
      if (row.get(2).asDouble() == 0.223606797749979) { // its table smooths here
        metric = bleu("none", Smoothing.FLOOR, Optional.of(0.01), false, 4);
      }
      double value = metric.score(samples(row.get(0), row.get(1))).value() / 100;
      assertThat(value).as(row.toString()).isCloseTo(row.get(2).asDouble(), within(1e-8));
    }
    for (JsonNode row : tables.get("test_corpus_bleu_cases")) {
      String tokenize = row.get(2).path("tokenize").asText("13a");
      Metric metric = bleu(tokenize, Smoothing.EXP, Optional.empty(), false, 4);
      assertThat(metric.score(samples(row.get(0), row.get(1))).value())
          .as(row.toString())
          .isCloseTo(row.get(3).asDouble(), within(1e-6));
    }
    for (JsonNode row : tables.get("test_case_statistics")) {
      double[] statistics =
          bleu("none", Smoothing.NONE, Optional.empty(), false, 4)
              .statistics(samples(row.get(0), row.get(1)).get(0));
      for (int order = 0; order < 4; order++) {
        assertThat(statistics[2 + 2 * order]).isEqualTo(row.get(2).get(0).get(order).asDouble());
        assertThat(statistics[3 + 2 * order]).isEqualTo(row.get(2).get(1).get(order).asDouble());
      }
    }
    for (JsonNode row : tables.get("test_bleu_max_order")) {
      Metric metric = bleu("13a", Smoothing.EXP, Optional.empty(), false, row.get(0).asInt());
      assertThat(metric.score(samples(row.get(1), row.get(2))).display())
          .isEqualTo(row.get(3).asText());
    }
  }

  @Test
  void bleuOfDegenerateStatistics() throws IOException {
    JsonNode tables = unitTables("test_bleu");
    for (String table : List.of("test_case_scoring", "test_case_degenerate_stats")) {
      for (JsonNode row : tables.get(table)) {
        JsonNode numbers = row.get(0);
        double[] sum = new double[10];
        sum[0] = numbers.get(1).asDouble();
        sum[1] = numbers.get(2).asDouble();
        for (int order = 0; order < 4; order++) {
          sum[2 + 2 * order] = numbers.get(0).get(0).get(order).asDouble();
          sum[3 + 2 * order] = numbers.get(0).get(1).get(order).asDouble();
        }
        double expected = row.get(row.size() - 1).asDouble();
        assertThat(bleu("none", Smoothing.FLOOR, Optional.of(0.0), false, 4).score(sum).value())
            .as(row.toString())
            .isCloseTo(100 * expected, within(1e-6));
      }
    }
  }

  @Test
  void bleuOfSentences() throws IOException {
    JsonNode table = unitTables("test_sentence_bleu");
    for (JsonNode row : table.get("test_cases")) {
      checkSentence(row, table.get("SYS").asText(), table.get("REF").asText());
    }
    for (JsonNode row : table.get("test_cases_zero_bleu")) {
      checkSentence(row, table.get("SYS_0").asText(), table.get("REF_0").asText());
    }
  }

  private static void checkSentence(JsonNode row, String hypothesis, String reference) {
    Optional<Double> value =
        row.get(1).isNull() ? Optional.empty() : Optional.of(row.get(1).asDouble());
    Metric metric =
        bleu(
            row.get(3).asText(),
            Smoothing.valueOf(row.get(0).asText().toUpperCase(Locale.ROOT).replace('-', '_')),
            value,
            row.get(2).asBoolean(),
            4);
    Sample sample = new Sample(text(hypothesis), List.of(text(reference)));
    assertThat(metric.score(List.of(sample)).value())
        .as(row.toString())
        .isCloseTo(row.get(4).asDouble(), within(1e-3));
  }

  @Test
  void chrf() throws IOException {
    JsonNode tables = unitTables("test_chrf");
    checkChrf(tables.get("test_cases"), new ChrfMetric.Config(6, 0, 3, false, false, false));
    checkChrf(
        tables.get("test_cases_effective_order"),
        new ChrfMetric.Config(6, 0, 3, false, false, true));
    checkChrf(
        tables.get("test_cases_keep_whitespace"),
        new ChrfMetric.Config(6, 0, 3, false, true, false));
    for (JsonNode row : tables.get("test_sentence_level_chrf")) {
      Sample sample =
          new Sample(
              text(row.get(0).asText()), texts(row.get(1)).stream().map(it -> text(it)).toList());
      assertThat(
              new ChrfMetric(new ChrfMetric.Config(6, 0, 2, false, false, false))
                  .score(List.of(sample))
                  .value())
          .isCloseTo(row.get(2).asDouble(), within(1e-4));
    }
  }

  private static void checkChrf(JsonNode table, ChrfMetric.Config config) {
    for (JsonNode row : table) {
      assertThat(new ChrfMetric(config).score(pairs(row.get(0), row.get(1))).value())
          .as(row.toString())
          .isCloseTo(row.get(2).asDouble(), within(1e-4));
    }
  }

  @Test
  void ter() throws IOException {
    for (JsonNode row : unitTables("test_ter").get("test_cases")) {
      assertThat(
              new TerMetric(new TerMetric.Config(false, true, false, false))
                  .score(pairs(row.get(0), row.get(1)))
                  .value())
          .as(row.toString())
          .isCloseTo(100 * row.get(2).asDouble(), within(0.1));
    }
  }

  @Test
  void terTokenization() throws IOException {
    JsonNode tables = unitTables("test_tokenizer_ter");
    checkTokens(tables.get("test_cases_default"), new TerMetric.Config(false, true, false, false));
    checkTokens(
        tables.get("test_cases_no_punct"), new TerMetric.Config(false, false, false, false));
    checkTokens(tables.get("test_cases_norm"), new TerMetric.Config(true, true, false, false));
    checkTokens(tables.get("test_cases_asian"), new TerMetric.Config(true, true, true, false));
  }

  private static void checkTokens(JsonNode table, TerMetric.Config config) {
    for (JsonNode row : table) {
      assertThat(PythonText.words(new TerTokenization(config).apply(row.get(0).asText())))
          .isEqualTo(PythonText.words(row.get(1).asText()));
    }
  }

  @Test
  void rouge() throws IOException {
    JsonNode tables = json("rouge/expected.json");
    List<String> targets = SharedFolder.lines("vectors/rouge/target.txt");
    List<String> predictions = SharedFolder.lines("vectors/rouge/prediction.txt");
    JsonNode pairs = tables.get("pairs(target.txt line i vs prediction.txt line i)");
    for (var column : pairs.properties()) {
      for (int i = 0; i < targets.size(); i++) {
        checkRouge(column.getKey(), targets.get(i), predictions.get(i), column.getValue().get(i));
      }
    }
    for (JsonNode row : tables.get("small")) {
      for (String name : List.of("rouge1", "rouge2", "rougeL")) {
        if (row.has(name)) {
          checkRouge(
              name, row.get("target").asText(), row.get("prediction").asText(), row.get(name));
        }
      }
    }
  }

  private static void checkRouge(
      String column, String target, String prediction, JsonNode expected) {
    for (Figure figure : Figure.values()) {
      RougeMetric.Config config = new RougeMetric.Config(column.endsWith(".stem"), figure);
      RougeMetric metric =
          switch (column.replace(".stem", "")) {
            case "rouge1" -> RougeMetric.ofNgrams(config, 1);
            case "rouge2" -> RougeMetric.ofNgrams(config, 2);
            case "rougeL" -> RougeMetric.ofSubsequences(config);
            default -> throw new IllegalArgumentException(column);
          };
      String name = figure.name().toLowerCase(Locale.ROOT);
      Sample sample = new Sample(text(prediction), List.of(text(target)));
      assertThat(metric.score(List.of(sample)).value())
          .as("%s %s of %s", column, name, prediction)
          .isCloseTo(100 * expected.get(name).asDouble(), within(1e-3));
    }
  }

  @Test
  void wordErrorRate() throws IOException {
    for (JsonNode row : json("jiwer/cases.json").get("word")) {
      boolean contiguous = row.path("contiguous").asBoolean();
      List<String> references = texts(row.get("ref"));
      List<String> hypotheses = texts(row.get("hyp"));
      List<Sample> samples = new ArrayList<>();
      if (contiguous) {
        samples.add(
            new Sample(
                text(String.join(" ", hypotheses)), List.of(text(String.join(" ", references)))));
      } else {
        for (int i = 0; i < references.size(); i++) {
          samples.add(new Sample(text(hypotheses.get(i)), List.of(text(references.get(i)))));
        }
      }
      assertThat(ErrorRateMetric.ofWords().score(samples).value())
          .as(row.toString())
          .isCloseTo(row.get("wer").asDouble(), within(1e-9));
    }
  }
}
