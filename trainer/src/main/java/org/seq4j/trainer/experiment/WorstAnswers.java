package org.seq4j.trainer.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.metric.Metric;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.metric.EditDistance;
import org.seq4j.trainer.report.Report;

/** Finds the answers with the most errors. */
final class WorstAnswers {
  private static final int MOST = 15;

  /**
   * An answer's errors.
   *
   * @param share edits relative to the length of the nearest reference
   */
  private record Errors(Evaluation.Answer answer, int edits, double share) {}

  private WorstAnswers() {}

  /** Returns the wrong answers with the largest share of errors, the worst first. */
  static List<Report.Worst> of(Evaluation evaluation) {
    return IntStream.range(0, evaluation.answers().size())
        .mapToObj(i -> errors(evaluation.answers().get(i), evaluation.samples().get(i)))
        .filter(errors -> errors.edits() > 0)
        .sorted(
            Comparator.comparingDouble(Errors::share).thenComparingInt(Errors::edits).reversed())
        .limit(MOST)
        .map(
            errors ->
                new Report.Worst(
                    errors.answer().example().source().text(),
                    errors.answer().example().targetTexts(),
                    errors.answer().text(),
                    errors.edits(),
                    errors.answer().translation().best().score()))
        .toList();
  }

  private static Errors errors(Evaluation.Answer answer, Metric.Sample sample) {
    return sample.references().stream()
        .map(
            reference -> {
              int edits = EditDistance.between(sample.hypothesis().tokens(), reference.tokens());
              int length = Math.max(1, reference.tokens().size());
              return new Errors(answer, edits, (double) edits / length);
            })
        .min(Comparator.comparingDouble(Errors::share))
        .orElseThrow();
  }
}
