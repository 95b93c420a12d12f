package org.seq4j.trainer.training.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.state.StepTotals;

/** The workers of a training in rounds, in this process or elsewhere. */
public interface WorkerPool extends AutoCloseable {

  /**
   * The work of a round. Its result is a function of it: a worker that repeats it elsewhere gets
   * the same.
   *
   * @param stepsBefore the number of steps of a worker before the round
   * @param settings the settings of each step
   * @param positions the position of each worker in its pairs
   * @param variables the variables of the graph at the beginning, by path
   */
  record Work(
      long stepsBefore,
      List<StepSettings> settings,
      List<BatchPosition> positions,
      Map<String, SafeTensors.Array> variables) {}

  /**
   * The result of a worker in a round.
   *
   * @param position its position in its pairs after the round
   * @param totals the sums over its steps
   * @param lastLoss the loss of its last step, averaged over target tokens, in nats
   */
  record Result(BatchPosition position, StepTotals totals, double lastLoss) {}

  /**
   * A round that was made.
   *
   * @param results the results of the workers, in their order
   * @param mean the mean of the workers' variables, by path; summed in their order
   */
  record Round(List<Result> results, Map<String, SafeTensors.Array> mean) {}

  /**
   * Makes a round.
   *
   * @param stop returns true once a stop is requested
   * @return the round; empty if it was given up because of a stop
   * @throws org.seq4j.trainer.training.state.DivergedException if a loss or gradient is not finite
   */
  Optional<Round> run(Work work, BooleanSupplier stop);

  @Override
  void close();
}
