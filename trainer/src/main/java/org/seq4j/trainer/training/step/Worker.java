package org.seq4j.trainer.training.step;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.batch.TrainingBatch;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.StepTotals;

/** A worker of a training in rounds, with its part of the training pairs. */
public final class Worker implements AutoCloseable {
  private final int number;
  private final Batching batching;
  private final TrainPairs pairs;
  private Optional<WorkerBatches> batches = Optional.empty();

  /** Makes a step of a graph. */
  @FunctionalInterface
  public interface Step {
    /**
     * Makes the step.
     *
     * @param step its number, from 1
     */
    TrainingGraph.Step make(long step, Batch batch, StepSettings settings);
  }

  /**
   * Creates a worker.
   *
   * @param number its number, from 0
   * @param pairs its part of the pairs
   */
  public Worker(int number, Batching batching, TrainPairs pairs) {
    this.number = number;
    this.batching = batching;
    this.pairs = pairs;
  }

  /**
   * Makes the steps of a round, on a graph that has its variables.
   *
   * @param from the position in the pairs at the beginning
   * @param stepsBefore the number of steps before the round
   * @param settings the settings of each step
   * @param stop returns true once a stop is requested
   * @return the result; empty if it was given up because of a stop
   */
  public Optional<WorkerPool.Result> run(
      Step step,
      BatchPosition from,
      long stepsBefore,
      List<StepSettings> settings,
      BooleanSupplier stop) {
    WorkerBatches mine = at(from);
    StepTotals totals = StepTotals.EMPTY;
    double loss = 0;
    for (int i = 0; i < settings.size(); i++) {
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      TrainingBatch batch = mine.next();
      TrainingGraph.Step made =
          step.make(stepsBefore + i + 1, batch.batch(), settings.get(i).forWorker(number));
      loss = made.loss();
      totals = totals.plus(loss, made.gradientNorm(), batch.tokens());
    }
    return Optional.of(new WorkerPool.Result(mine.position(), totals, loss));
  }

  /** Returns the batches from a position: usually they are there already. */
  private WorkerBatches at(BatchPosition position) {
    if (batches.map(it -> !it.position().equals(position)).orElse(true)) {
      close();
      batches = Optional.of(new WorkerBatches(batching, pairs, position));
    }
    return batches.get();
  }

  @Override
  public void close() {
    batches.ifPresent(WorkerBatches::close);
    batches = Optional.empty();
  }
}
