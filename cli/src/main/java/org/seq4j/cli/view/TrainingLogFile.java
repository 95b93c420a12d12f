package org.seq4j.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;

/**
 * The file {@code train.log} of a run: what training prints, with times. Sessions are appended. The
 * folder of a run appears only when training begins, so earlier lines wait for it.
 */
public final class TrainingLogFile implements ProgressDisplay {
  private static final int EVERY_STEPS = 100;

  private final Path file;
  private final Clock clock;
  private final ProgressDisplay lines;
  private final List<String> waiting = new ArrayList<>();

  /**
   * Creates a log.
   *
   * @param everySteps number of steps between lines of progress; empty for the default
   */
  public TrainingLogFile(Path run, Clock clock, Optional<Integer> everySteps) {
    this.file = run.resolve("train.log");
    this.clock = clock;
    this.lines = new ProgressLines(this::write, Optional.of(everySteps.orElse(EVERY_STEPS)));
  }

  @Override
  public void start(TrainingPlan plan) {
    lines.start(plan);
    write("training begins");
  }

  @Override
  public void step(TrainingProgress progress, double loss) {
    lines.step(progress, loss);
  }

  @Override
  public void print(String line) {
    write(line);
  }

  private synchronized void write(String line) {
    waiting.add(clock.instant().truncatedTo(ChronoUnit.SECONDS) + "  " + line);
    if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
      return;
    }
    try {
      Files.write(file, waiting, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      waiting.clear();
    } catch (IOException e) {
      throw new RunException("cannot write " + file + ": " + AtomicFiles.reason(e), e);
    }
  }

  @Override
  public void close() {}
}
