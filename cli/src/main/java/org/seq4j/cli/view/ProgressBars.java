package org.seq4j.cli.view;

import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.seq4j.cli.io.Console;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;

/** A progress bar in the last line of a terminal. */
final class ProgressBars implements ProgressDisplay {
  private static final int REDRAW_MILLIS = 250;

  private final StatusLine line;
  private Optional<ProgressBar> bar = Optional.empty();
  private volatile Optional<Duration> timeLeft = Optional.empty(); // read by the thread of the bar

  ProgressBars(Console console) {
    line = new StatusLine(console.err(), console.columns());
  }

  @Override
  public void start(TrainingPlan plan) {
    bar =
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(plan.totalSteps().orElse(-1L)) // -1: unknown
                .startsFrom(plan.firstStep(), Duration.ZERO)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setEtaFunction(state -> timeLeft)
                .setConsumer(line)
                .build());
  }

  @Override
  public void step(TrainingProgress progress, double loss) {
    timeLeft = progress.timeLeft();
    bar.ifPresent(
        shown -> {
          shown.stepTo(progress.step());
          shown.setExtraMessage(
              "  loss %s  %s tokens/s"
                  .formatted(
                      NumberFormats.decimal(loss),
                      NumberFormats.count((long) progress.tokensPerSecond())));
        });
  }

  @Override
  public void print(String text) {
    line.print(text);
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
    line.close();
  }
}
