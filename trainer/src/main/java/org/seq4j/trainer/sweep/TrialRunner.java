package org.seq4j.trainer.sweep;

import java.io.IOException;
import java.util.List;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingListener;

/** Trains the trials of a sweep: in this JVM, in a process of their own, on another machine. */
@FunctionalInterface
public interface TrialRunner {

  /**
   * Trains a trial, or resumes the run in its folder if there is one; returns when training has
   * ended. A sweep with several trials at once calls it from as many threads.
   *
   * @param overrides of the experiment's file: the trial's values, and the number of threads if it
   *     shares the processors with others
   * @param stop asks training to stop and to save
   * @throws RuntimeException if this trial failed; the sweep goes on with the next one
   * @throws IOException if no trial can be trained; the sweep ends
   */
  void run(Trial trial, List<String> overrides, StopSignal stop)
      throws IOException, InterruptedException;

  /**
   * Trains in this JVM. The native threads of TensorFlow are those of the first model that the JVM
   * trains, and a trial that exhausts the memory ends all: for a few small models.
   *
   * @param registry the components that the experiments may name
   * @param listeners are told how each training goes
   */
  static TrialRunner inThisJvm(ComponentRegistry registry, TrainingListener... listeners) {
    return (trial, overrides, stop) -> {
      Experiment experiment = Experiment.load(trial.config(), registry, overrides);
      if (trial.run().exists()) {
        experiment.resume(trial.run().path(), stop, listeners);
      } else {
        experiment.train(trial.run().path(), stop, listeners);
      }
    };
  }
}
