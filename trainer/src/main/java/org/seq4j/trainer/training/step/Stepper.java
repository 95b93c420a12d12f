package org.seq4j.trainer.training.step;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.training.state.TrainingState;

/** The part of training that changes the weights. */
public interface Stepper extends AutoCloseable {

  /**
   * One or several steps that were made together.
   *
   * @param state the state after them
   * @param loss the loss of the last step, averaged over target tokens, in nats
   * @param learningRate the learning rate of the last step
   * @param waitedNanos the time that training has waited for batches, in nanoseconds
   */
  record Advance(TrainingState state, double loss, double learningRate, long waitedNanos) {}

  /**
   * The surroundings of a session of training.
   *
   * @param time returns the duration of training so far, over all sessions
   * @param stop returns true once a stop is requested
   */
  record Session(Supplier<Duration> time, BooleanSupplier stop) {}

  /**
   * Makes the next step, or all steps of the next round.
   *
   * @return the steps; empty if a stop was requested meanwhile, and the weights are as before
   * @throws org.seq4j.trainer.training.state.DivergedException if a loss or gradient is not finite
   */
  Optional<Advance> advance(TrainingState from);

  /**
   * Returns the number of batches in the current epoch of the first worker; empty if the data are
   * streamed.
   */
  Optional<Integer> batchesInEpoch();

  /** Returns the examples skipped in the last complete epoch, counted by reason. */
  SkippedExamples leftOut();

  @Override
  void close();
}
