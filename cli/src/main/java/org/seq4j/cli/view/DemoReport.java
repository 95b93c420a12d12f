package org.seq4j.cli.view;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;

/**
 * What the demo shows of its model.
 *
 * @param evaluation on the test words
 */
public record DemoReport(Evaluation evaluation) {
  private static final String WORD_METRIC = "exact-match";
  private static final String PHONEME_METRIC = "ser";

  /** What the evaluation must have measured. */
  public static final List<String> METRICS = List.of(WORD_METRIC, PHONEME_METRIC);

  private static final int WORDS = 10;
  private static final int PICTURE_LETTERS = 9;

  /** Error rates; a word is right if it is as in any of the listed pronunciations. */
  public List<String> scores() {
    return List.of(
        "word error rate     %s of %s test words"
            .formatted(
                percent(1 - value(WORD_METRIC)), NumberFormats.count(evaluation.answers().size())),
        "phoneme error rate  %s".formatted(percent(value(PHONEME_METRIC))));
  }

  private double value(String metric) {
    return evaluation.scores().stream()
        .filter(score -> score.name().equals(metric))
        .mapToDouble(MetricScore::value)
        .findFirst()
        .orElseThrow();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** Ten words from all over the test set, not picked by how they came out. */
  public Table words() {
    Table table = new Table("word", "predicted", "true", "");
    int count = evaluation.answers().size();
    IntStream.range(0, Math.min(WORDS, count))
        .map(i -> (int) ((2L * i + 1) * count / (2 * WORDS)))
        .mapToObj(evaluation.answers()::get)
        .forEach(
            answer ->
                table.add(
                    answer.example().source().text(),
                    answer.text(),
                    answer.example().target().text(),
                    isRight(answer) ? "ok" : ""));
    return table;
  }

  /** A word to draw a picture of: one that came out right, and not a short one. */
  public String typicalWord() {
    return evaluation.answers().stream()
        .filter(DemoReport::isRight)
        .map(answer -> answer.example().source().text())
        .min(Comparator.comparingInt(word -> Math.abs(word.length() - PICTURE_LETTERS)))
        .orElseGet(() -> evaluation.answers().get(0).example().source().text());
  }

  private static boolean isRight(Evaluation.Answer answer) {
    return answer.example().targetTexts().contains(answer.text());
  }
}
