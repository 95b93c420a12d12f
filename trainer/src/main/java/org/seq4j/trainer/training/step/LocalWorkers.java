package org.seq4j.trainer.training.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.training.graph.TrainingGraph;

/** Workers that take turns in the graph of this process. */
public final class LocalWorkers implements WorkerPool {
  private final TrainingGraph graph;
  private final CheckedSteps steps;
  private final List<Worker> workers = new ArrayList<>();

  /** Creates the workers of a training. */
  public LocalWorkers(Steppers training) {
    graph = training.variables().graph();
    steps = training.steps();
    for (int worker = 0; worker < training.pairs().size(); worker++) {
      workers.add(
          new Worker(
              worker, new Batching(training.config().batch()), training.pairs().get(worker)));
    }
  }

  @Override
  public Optional<Round> run(Work work, BooleanSupplier stop) {
    WorkerMean mean = new WorkerMean();
    List<Result> results = new ArrayList<>();
    for (int worker = 0; worker < workers.size(); worker++) {
      Optional<Result> result = run(worker, work, stop);
      if (result.isEmpty()) {
        return Optional.empty();
      }
      results.add(result.get());
      mean.add(graph.read());
    }
    return Optional.of(new Round(results, mean.get()));
  }

  private Optional<Result> run(int worker, Work work, BooleanSupplier stop) {
    graph.assign(work.variables());
    return workers
        .get(worker)
        .run(steps::make, work.positions().get(worker), work.stepsBefore(), work.settings(), stop);
  }

  /**
   * Makes the steps of one worker again that have diverged elsewhere, which writes the files that
   * help to find the reason.
   *
   * @throws org.seq4j.trainer.training.state.DivergedException if they diverge here, too
   */
  public void repeat(int worker, Work work, BooleanSupplier stop) {
    run(worker, work, stop);
  }

  @Override
  public void close() {
    workers.forEach(Worker::close);
  }
}
