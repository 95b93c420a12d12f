package org.seq4j.cli.view;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;

/**
 * The results that the demo shows.
 *
 * @param evaluation the evaluation on the test words
 */
public record DemoReport(Evaluation evaluation) {
  private static final String WORD_METRIC = "exact-match";
  private static final String PHONEME_METRIC = "ser";

  /** The metrics that the evaluation must have. */
  public static final List<String> METRICS = List.of(WORD_METRIC, PHONEME_METRIC);

  private static final int WORDS = 10;
  private static final int PICTURE_LETTERS = 9;

  /** Returns error rates; a word is right if it equals any of its pronunciations. */
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

  /** Returns a table of ten words, evenly spaced in the test set. */
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

  /** Returns a correctly predicted word of suitable length, to draw its attention. */
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
