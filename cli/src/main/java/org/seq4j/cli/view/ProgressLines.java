package org.seq4j.cli.view;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;

/** Progress as a line of text every few seconds or steps, for logs. */
final class ProgressLines implements ProgressDisplay {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final Consumer<String> log;
  private final Optional<Integer> everySteps;
  private String total = "";
  private long last; // step of the last call
  private long next = System.nanoTime(); // the first step is reported at once

  /**
   * Creates a display.
   *
   * @param everySteps number of steps between lines; empty for a line every five seconds
   */
  ProgressLines(Consumer<String> log, Optional<Integer> everySteps) {
    this.log = log;
    this.everySteps = everySteps;
  }

  @Override
  public void start(TrainingPlan plan) {
    last = plan.firstStep();
    total = plan.totalSteps().map(steps -> " of " + NumberFormats.count(steps)).orElse("");
  }

  @Override
  public void step(TrainingProgress progress, double loss) {
    if (!isDue(progress.step())) {
      return;
    }
    print(
        String.format(
            Locale.ROOT,
            "step %s%s  epoch %d  loss %s  %s tokens/s%s",
            NumberFormats.count(progress.step()),
            total,
            progress.epoch(),
            NumberFormats.decimal(loss),
            NumberFormats.count((long) progress.tokensPerSecond()),
            progress
                .timeLeft()
                .filter(left -> !total.isEmpty())
                .map(left -> "  " + NumberFormats.time(left) + " left")
                .orElse("")));
  }

  private boolean isDue(long step) {
    if (everySteps.isPresent()) {
      long before = last;
      last = step;
      return step / everySteps.get() > before / everySteps.get();
    }
    long now = System.nanoTime();
    boolean due = now - next >= 0;
    if (due) {
      next = now + INTERVAL;
    }
    return due;
  }

  @Override
  public void print(String line) {
    log.accept(line);
  }

  @Override
  public void close() {}
}
