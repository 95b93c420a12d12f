package org.seq4j.cli.view;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;

/** Progress as a line of text every few seconds, for logs. */
final class ProgressLines implements ProgressDisplay {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final PrintStream log;
  private String total = "";
  private long next = System.nanoTime(); // the first step is reported at once

  ProgressLines(PrintStream log) {
    this.log = log;
  }

  @Override
  public void start(TrainingPlan plan) {
    total = plan.totalSteps().map(steps -> " of " + NumberFormats.count(steps)).orElse("");
  }

  @Override
  public void step(TrainingProgress progress, double loss) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + INTERVAL;
    print(
        String.format(
            Locale.ROOT,
            "step %s%s  epoch %d  loss %s  %s tokens/s%s",
            NumberFormats.count(progress.step()),
            total,
            progress.epoch(),
            NumberFormats.decimal(loss),
            NumberFormats.count((long) progress.tokensPerSecond()),
            total.isEmpty() ? "" : "  " + NumberFormats.time(progress.timeLeft()) + " left"));
  }

  @Override
  public void print(String line) {
    log.println(line);
  }

  @Override
  public void close() {}
}
