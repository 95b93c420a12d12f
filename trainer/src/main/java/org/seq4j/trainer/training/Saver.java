package org.seq4j.trainer.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.run.RunDirectory;
import org.seq4j.core.run.WeightsFile;

/** Writes the checkpoints of a run. */
final class Saver {
  private final TrainingGraph graph;
  private final RunLog log;
  private final RunDirectory run;
  private final Duration every;
  private long savedAt = System.nanoTime();

  /**
   * For a session of training.
   *
   * @param every how much time may go by without saving
   */
  Saver(TrainingGraph graph, RunLog log, RunDirectory run, Duration every) {
    this.graph = graph;
    this.log = log;
    this.run = run;
    this.every = every;
  }

  RunLog log() {
    return log;
  }

  RunDirectory run() {
    return run;
  }

  /** Whether so much time has gone by that a kill would lose too much. */
  boolean isDue() {
    return System.nanoTime() - savedAt >= every.toNanos();
  }

  /**
   * Writes the last checkpoint, and the best one before it: should the process be killed between
   * the two, the steps since the last one are made again, and the best one is written again. The
   * best one is for use only, and holds no slots of the optimizer.
   */
  void save(TrainingState state, boolean best) {
    Checkpoint checkpoint = new Checkpoint(state, log.sync(), graph.read());
    if (best) {
      Map<String, WeightsFile.Array> parameters = new LinkedHashMap<>(checkpoint.variables());
      parameters.keySet().retainAll(graph.parameters());
      new Checkpoint(state, checkpoint.logSize(), parameters).write(run.bestCheckpoint());
    }
    checkpoint.write(run.lastCheckpoint());
    savedAt = System.nanoTime();
  }

  /** Puts the variables back to a checkpoint. */
  static void restore(TrainingGraph graph, Optional<Checkpoint> checkpoint, Path file) {
    checkpoint.ifPresent(
        saved -> {
          saved.check(file, graph.read());
          graph.assign(saved.variables());
        });
  }
}
