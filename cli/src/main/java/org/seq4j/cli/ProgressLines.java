package org.seq4j.cli;

import java.io.PrintStream;
import java.time.Duration;
import org.seq4j.trainer.training.TrainingPlan;
import org.seq4j.trainer.training.TrainingProgress;

/** A line every few seconds, for logs. */
final class ProgressLines implements ProgressDisplay {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final PrintStream log;
  private long totalSteps;
  private long next = System.nanoTime(); // the first step is told of at once

  ProgressLines(PrintStream log) {
    this.log = log;
  }

  @Override
  public void start(TrainingPlan plan) {
    totalSteps = plan.totalSteps();
  }

  @Override
  public void step(TrainingProgress progress, double loss) {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    next = now + INTERVAL;
    print(
        "step %s of %s  epoch %d  loss %s  %s tokens/s  %s left"
            .formatted(
                Figures.count(progress.step()),
                Figures.count(totalSteps),
                progress.epoch(),
                Figures.decimal(loss),
                Figures.count((long) progress.tokensPerSecond()),
                Figures.time(progress.timeLeft())));
  }

  @Override
  public void print(String line) {
    log.println(line);
  }

  @Override
  public void close() {}
}
