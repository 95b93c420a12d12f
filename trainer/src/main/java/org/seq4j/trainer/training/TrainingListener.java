package org.seq4j.trainer.training;

import java.nio.file.Path;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.training.checkpoint.WarmStart;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.validation.ValidationReport;

/**
 * A listener of training events. It is called on the training thread: slow listeners slow training
 * down, and an exception ends it.
 */
public interface TrainingListener {

  /**
   * The latest checkpoint is damaged; training resumes from the previous one.
   *
   * @param reason the reason why the file cannot be read; it names the file
   */
  default void checkpointDamaged(Path file, String reason, Path before) {}

  /** The model was initialized with the weights of another run. */
  default void warmStarted(WarmStart.Taken taken) {}

  /** Training goes on, but the user may want to change its config. */
  default void warned(String message) {}

  /** The data are read and the graph is built; the first step follows. */
  default void started(TrainingPlan plan) {}

  /** A step is complete. */
  default void stepped(TrainingProgress progress) {}

  /**
   * An epoch of streamed data is complete.
   *
   * @param epochs the number of complete epochs
   * @param leftOut the examples skipped in this epoch
   */
  default void epochEnded(int epochs, SkippedExamples leftOut) {}

  /**
   * A checkpoint was written: training can be resumed from this step with the files that the run
   * has now.
   */
  default void saved(long step) {}

  /** The model has been validated and saved. */
  default void validated(ValidationReport report) {}

  /** Training has ended or was stopped; not called if it failed. */
  default void finished(TrainingResult result) {}
}
