package org.seq4j.cli.view;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.checkpoint.WarmStart;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.validation.ValidationReport;

/** Prints the progress of training. */
public final class TrainingView implements TrainingListener {
  private static final double SMOOTHING = 0.95;

  private final ProgressDisplay display;
  private final boolean verbose;
  private double loss = Double.NaN;

  public TrainingView(ProgressDisplay display, boolean verbose) {
    this.display = display;
    this.verbose = verbose;
  }

  @Override
  public void checkpointDamaged(Path file, String reason, Path before) {
    display.print("warning: %s. Training resumes from %s instead".formatted(reason, before));
  }

  @Override
  public void warmStarted(WarmStart.Taken taken) {
    display.print(
        String.format(
            Locale.ROOT,
            "warm start: %d of %s are from %s, whose vocabularies have %s of the source and %s of"
                + " the target",
            taken.taken(),
            NumberFormats.count(taken.parameters(), "parameter"),
            taken.run(),
            NumberFormats.count(taken.knownSource(), "token"),
            NumberFormats.count(taken.knownTarget())));
  }

  @Override
  public void warned(String message) {
    display.print("warning: " + message);
  }

  @Override
  public void started(TrainingPlan plan) {
    display.print(
        "model: %s; %s%s"
            .formatted(
                NumberFormats.count(plan.parameters(), "parameter"),
                plan.source().isAbsent() ? "" : space("source", plan.source()) + ", ",
                space("target", plan.target())));
    plan.vectors()
        .forEach(
            (path, coverage) ->
                display.print(
                    String.format(
                        Locale.ROOT,
                        "%s: %s of %s (%.1f %% of all tokens of the training data) have a vector in"
                            + " %s",
                        path,
                        NumberFormats.count(coverage.found()),
                        NumberFormats.count(coverage.tokens(), "token"),
                        100 * coverage.occurrences(),
                        coverage.file())));
    plan.notes().forEach(display::print);
    display.print(
        "data: %s, %s"
            .formatted(
                plan.train()
                    .map(
                        train ->
                            NumberFormats.count(train.pairs().size(), "pair")
                                + " to train on"
                                + leftOut(train.leftOut()))
                    .orElse("streamed"),
                plan.dev()
                    .map(dev -> NumberFormats.count(dev) + " to validate on")
                    .orElse("validation data are read at the first validation")));
    String from =
        plan.firstStep() == 0
            ? ""
            : "resuming from step " + NumberFormats.count(plan.firstStep()) + ": ";
    plan.totalSteps()
        .ifPresent(
            total ->
                display.print(
                    from
                        + NumberFormats.count(total - plan.firstStep(), "step")
                        + " to make"
                        + (plan.workers() == 1 ? "" : " by each of " + plan.workers() + " workers")
                        + plan.batches()
                            .map(count -> ", " + NumberFormats.count(count) + " per epoch")
                            .orElse("")));
    display.start(plan);
  }

  private static String space(String side, SequenceSpace space) {
    return space.isVectors()
        ? "%s vectors of %s".formatted(side, NumberFormats.count(space.depth(), "number"))
        : "%s %s tokens".formatted(NumberFormats.count(space.tokens()), side);
  }

  private static String leftOut(SkippedExamples leftOut) {
    List<String> parts = new ArrayList<>();
    if (!leftOut.counts().isEmpty()) {
      parts.add(
          leftOut.counts().entrySet().stream()
              .map(entry -> NumberFormats.count(entry.getValue()) + " " + entry.getKey().words())
              .collect(joining(", ", "skipped: ", "")));
    }
    if (leftOut.cut() > 0) {
      parts.add("source cut to source.max_length: " + NumberFormats.count(leftOut.cut()));
    }
    return parts.isEmpty() ? "" : parts.stream().collect(joining("; ", " (", ")"));
  }

  @Override
  public void epochEnded(int epochs, SkippedExamples leftOut) {
    display.print(String.format(Locale.ROOT, "end of epoch %d%s", epochs, leftOut(leftOut)));
  }

  @Override
  public void stepped(TrainingProgress progress) {
    // The loss of single batches is noisy; a NaN stays visible.
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
        String.format(
            Locale.ROOT,
            "validation at step %s, epoch %d:  loss %s%s%s%s",
            NumberFormats.count(report.step()),
            report.epoch(),
            NumberFormats.decimal(report.loss()),
            report
                .perplexity()
                .map(perplexity -> "  perplexity " + NumberFormats.decimal(perplexity))
                .orElse(""),
            metrics,
            report.best() ? "  (best so far)" : ""));
    report
        .diagnosis()
        .ifPresent(diagnosis -> diagnosis.findings().forEach(line -> display.print("  " + line)));
    if (verbose) {
      report.samples().forEach(this::sample);
    }
  }

  private void sample(Evaluation.Answer answer) {
    display.print(
        "  %s  ->  %s  (reference: %s)"
            .formatted(
                answer.example().source().text(),
                answer.text(),
                String.join(" | ", answer.example().targetTexts())));
  }
}
