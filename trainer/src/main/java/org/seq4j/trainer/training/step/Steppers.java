package org.seq4j.trainer.training.step;

import java.util.List;
import java.util.function.ToIntFunction;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.training.checkpoint.Checkpointer;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.TrainingVariables;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * Creates the stepper of a session of training.
 *
 * @param pairs the pairs of each worker
 * @param saver the checkpointer, whose run gets the files that help to debug a failed step
 * @param roundLength the max number of steps of the round after a state
 */
public record Steppers(
    TrainingConfig config,
    TrainingVariables variables,
    TrainingData data,
    List<TrainPairs> pairs,
    Checkpointer saver,
    StepSchedule schedule,
    ToIntFunction<TrainingState> roundLength) {

  /**
   * Starts a stepper, which the caller closes.
   *
   * @param from the state to begin with
   * @throws TrainingException if the state belongs to another number of workers
   */
  public Stepper start(TrainingState from, Stepper.Session session, WorkerPools pools) {
    return config.inRounds()
        ? new Rounds(this, pools, from, session)
        : new SingleSteps(
            this,
            new WorkerBatches(new Batching(config.batch()), pairs.get(0), from.position()),
            session);
  }

  CheckedSteps steps() {
    return new CheckedSteps(variables.graph(), data, saver);
  }
}
