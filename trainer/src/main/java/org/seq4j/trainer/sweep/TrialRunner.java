package org.seq4j.trainer.sweep;

import java.io.IOException;
import java.util.List;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingListener;

/** A runner of a sweep's trials: in this JVM, in separate processes, or on other machines. */
@FunctionalInterface
public interface TrialRunner {

  /**
   * Trains a trial, or resumes the run in its folder if there is one; returns when training has
   * ended. A sweep with several trials at once calls it from as many threads.
   *
   * @param overrides the overrides of the experiment's config: the trial's values, and the number
   *     of threads if it shares the processors with other trials
   * @param stop requests training to stop and save
   * @throws RuntimeException if this trial failed; the sweep continues with the next one
   * @throws IOException if no trial can be trained; the sweep ends
   */
  void run(Trial trial, List<String> overrides, StopSignal stop)
      throws IOException, InterruptedException;

  /**
   * Returns a runner that trains in this JVM, for a few small models: the first model determines
   * TensorFlow's native threads for all others, and a trial that exhausts the memory ends the
   * sweep.
   *
   * @param registry the components that the experiments may name
   * @param listeners the listeners of each training
   */
  static TrialRunner inThisJvm(ComponentRegistry registry, TrainingListener... listeners) {
    return (trial, overrides, stop) -> {
      Experiment experiment = Experiment.loadTrial(trial.config(), registry, overrides);
      if (trial.run().exists()) {
        experiment.resume(trial.run().path(), stop, listeners);
      } else {
        experiment.train(trial.run().path(), stop, listeners);
      }
    };
  }
}
