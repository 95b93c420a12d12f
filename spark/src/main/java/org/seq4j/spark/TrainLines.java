package org.seq4j.spark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.validation.ValidationReport;

/** The progress of a training as lines of text, one for each round. */
final class TrainLines implements TrainingListener {
  private final PrintStream out;
  private final int workers;

  TrainLines(PrintStream out, int workers) {
    this.out = out;
    this.workers = workers;
  }

  @Override
  public void started(TrainingPlan plan) {
    out.printf(
        Locale.ROOT,
        "%,d parameters; %d workers; %s steps of each, from step %,d on%n",
        plan.parameters(),
        workers,
        plan.totalSteps().map(it -> String.format(Locale.ROOT, "%,d", it)).orElse("unlimited"),
        plan.firstStep());
    plan.notes().forEach(out::println);
    plan.train().ifPresent(train -> skipped(train.leftOut()).forEach(out::println));
  }

  /** Returns a line for the examples that are left out, and one for those that are cut. */
  static List<String> skipped(SkippedExamples skipped) {
    List<String> notes = new ArrayList<>();
    if (skipped.total() > 0) {
      notes.add(
          "training examples skipped: "
              + skipped.counts().entrySet().stream()
                  .map(it -> it.getValue() + " " + it.getKey().words())
                  .collect(Collectors.joining(", ")));
    }
    if (skipped.cut() > 0) {
      notes.add("training sources cut to source.max_length: " + skipped.cut());
    }
    return notes;
  }

  @Override
  public void warned(String message) {
    out.println("warning: " + message);
  }

  @Override
  public void stepped(TrainingProgress progress) {
    out.printf(
        Locale.ROOT,
        "step %,d  epoch %d  loss %.4f  %,.0f tokens/s%n",
        progress.step(),
        progress.epoch(),
        progress.loss(),
        progress.tokensPerSecond());
  }

  @Override
  public void validated(ValidationReport report) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "validation at step %,d: loss %.4f", report.step(), report.loss()));
    for (MetricScore score : report.metrics()) {
      line.append("  ").append(score.name()).append(' ').append(score.display());
    }
    out.println(line.append(report.best() ? "  (best so far)" : ""));
  }
}
