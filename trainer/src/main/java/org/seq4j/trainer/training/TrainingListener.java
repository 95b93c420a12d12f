package org.seq4j.trainer.training;

import java.nio.file.Path;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.training.checkpoint.WarmStart;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.validation.ValidationReport;

/**
 * Is told how training goes, on the thread that trains: what it does takes training's time, and
 * what it throws ends it.
 */
public interface TrainingListener {

  /**
   * The latest checkpoint is damaged; training resumes from the previous one.
   *
   * @param reason why the file cannot be read; names the file
   */
  default void checkpointDamaged(Path file, String reason, Path before) {}

  /** The model has begun with the weights of another run. */
  default void warmStarted(WarmStart.Taken taken) {}

  /** Data are read and the graph is built; the first step comes next. */
  default void started(TrainingPlan plan) {}

  /** A step has been made. */
  default void stepped(TrainingProgress progress) {}

  /**
   * An epoch of streamed data has come to its end.
   *
   * @param epochs how many have
   * @param leftOut what was left out of it
   */
  default void epochEnded(int epochs, SkippedExamples leftOut) {}

  /** The model has been validated and saved. */
  default void validated(ValidationReport report) {}

  /** Training has come to its end, or was stopped; not called if it failed. */
  default void finished(TrainingResult result) {}
}
