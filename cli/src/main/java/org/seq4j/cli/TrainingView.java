package org.seq4j.cli;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.model.SequenceSpace;
import org.seq4j.trainer.data.EncodedExamples;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingPlan;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.ValidationReport;

/** Tells the user how training goes. */
final class TrainingView implements TrainingListener {
  private static final double SMOOTHING = 0.95;

  private final ProgressDisplay display;
  private final boolean verbose;
  private double loss = Double.NaN;

  TrainingView(ProgressDisplay display, boolean verbose) {
    this.display = display;
    this.verbose = verbose;
  }

  @Override
  public void started(TrainingPlan plan) {
    display.print(
        "model: %s; %s, %s"
            .formatted(
                Figures.count(plan.parameters(), "parameter"),
                space("source", plan.source()),
                space("target", plan.target())));
    plan.vectors()
        .forEach(
            (path, coverage) ->
                display.print(
                    "%s: %s of %s (%.1f %% of those in the training data, repeats counted) have a vector in %s"
                        .formatted(
                            path,
                            Figures.count(coverage.found()),
                            Figures.count(coverage.symbols(), "symbol"),
                            100 * coverage.occurrences(),
                            coverage.file())));
    display.print(
        "data: %s to train on%s, %s to validate on"
            .formatted(
                Figures.count(plan.train().pairs().size(), "pair"),
                leftOut(plan.train()),
                Figures.count(plan.dev())));
    String from =
        plan.firstStep() == 0 ? "" : "going on from step " + Figures.count(plan.firstStep()) + ": ";
    display.print(
        "%s%s to make, %s an epoch"
            .formatted(
                from,
                Figures.count(plan.totalSteps() - plan.firstStep(), "step"),
                Figures.count(plan.batches())));
    display.start(plan);
  }

  private static String space(String side, SequenceSpace space) {
    return space.isVectors()
        ? "%s vectors of %s".formatted(side, Figures.count(space.depth(), "number"))
        : "%s %s symbols".formatted(Figures.count(space.symbols()), side);
  }

  private static String leftOut(EncodedExamples train) {
    List<String> reasons = new ArrayList<>();
    addReason(reasons, train.longSources(), "with too long a source");
    addReason(reasons, train.longTargets(), "with too long a target");
    addReason(reasons, train.emptySources(), "without a source");
    return reasons.isEmpty() ? "" : reasons.stream().collect(joining(", ", " (left out: ", ")"));
  }

  private static void addReason(List<String> reasons, int count, String reason) {
    if (count > 0) {
      reasons.add(Figures.count(count) + " " + reason);
    }
  }

  @Override
  public void stepped(TrainingProgress progress) {
    // One batch's loss jumps about; a loss that is not a number stays visible.
    loss =
        Double.isNaN(loss) ? progress.loss() : SMOOTHING * loss + (1 - SMOOTHING) * progress.loss();
    display.step(progress, loss);
  }

  @Override
  public void validated(ValidationReport report) {
    String metrics =
        report.metrics().stream()
            .map(score -> "  " + score.name() + " " + score.display())
            .collect(joining());
    display.print(
        "validation at step %s, epoch %d:  loss %s%s%s%s"
            .formatted(
                Figures.count(report.step()),
                report.epoch(),
                Figures.decimal(report.loss()),
                report
                    .perplexity()
                    .map(perplexity -> "  perplexity " + Figures.decimal(perplexity))
                    .orElse(""),
                metrics,
                report.best() ? "  (best so far)" : ""));
    if (verbose) {
      report.samples().forEach(this::sample);
    }
  }

  private void sample(Evaluation.Answer answer) {
    display.print(
        "  %s  ->  %s  (right: %s)"
            .formatted(
                answer.example().source(),
                answer.text(),
                String.join(" | ", answer.example().targets())));
  }
}
