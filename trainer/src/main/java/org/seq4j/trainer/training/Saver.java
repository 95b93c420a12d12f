package org.seq4j.trainer.training;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.run.RunDirectory;

/** Writes the checkpoints of a run. */
record Saver(TrainingGraph graph, RunLog log, RunDirectory run) {

  /**
   * Writes the last checkpoint, and the best one before it: should the process be killed between
   * the two, the steps since the last one are made again, and the best one is written again.
   */
  void save(TrainingState state, boolean best) {
    Checkpoint checkpoint = new Checkpoint(state, log.sync(), graph.read());
    if (best) {
      checkpoint.write(run.bestCheckpoint());
    }
    checkpoint.write(run.lastCheckpoint());
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
