package org.seq4j.trainer.training.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.PairLengths;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.StableRandom;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.StepTotals;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * Rounds of several workers. In a round, each worker makes some steps on its own pairs, beginning
 * with the same variables; then the variables are averaged and updated.
 */
final class Rounds implements Stepper {
  private final Steppers training;
  private final WorkerPool workers;
  private final Session session;
  private final PairLengths ofFirstWorker;
  private int epoch; // of the first worker
  private int batchesInEpoch;

  /**
   * Creates the rounds.
   *
   * @param from the state to begin with
   * @throws TrainingException if the state belongs to another number of workers
   */
  Rounds(Steppers training, WorkerPools pools, TrainingState from, Session session) {
    this.training = training;
    this.session = session;
    this.ofFirstWorker = training.pairs().get(0).lengths().orElseThrow();
    positions(from); // checks their number
    count(from.position());
    this.workers = pools.start(training); // last, since nobody closes them if this fails
  }

  /** Counts the batches in the first worker's epoch, with which a round ends. */
  private void count(BatchPosition position) {
    epoch = position.epoch();
    batchesInEpoch =
        new Batching(training.config().batch())
            .count(ofFirstWorker, position.seed(), position.epoch());
  }

  @Override
  public Optional<Advance> advance(TrainingState from) {
    if (epoch != from.epochs()) {
      count(from.position());
    }
    TrainingGraph graph = training.variables().graph();
    int length = Math.min(training.roundLength().applyAsInt(from), batchesInEpoch - from.batch());
    List<StepSettings> settings = settings(from, length);
    Map<String, SafeTensors.Array> before = graph.read();
    Optional<WorkerPool.Round> made =
        workers.run(
            new WorkerPool.Work(from.step(), settings, positions(from), before), session.stop());
    if (made.isEmpty()) {
      graph.assign(before);
      return Optional.empty();
    }
    graph.assign(training.variables().outer().after(before, made.get().mean()));
    List<WorkerPool.Result> results = made.get().results();
    TrainingState after =
        from.afterRound(
            length,
            results.stream().map(WorkerPool.Result::position).toList(),
            results.stream()
                .map(WorkerPool.Result::totals)
                .reduce(from.unlogged(), StepTotals::plus),
            session.time().get());
    double loss = results.stream().mapToDouble(WorkerPool.Result::lastLoss).average().orElseThrow();
    double learningRate = graph.learningRate(settings.get(length - 1));
    return Optional.of(new Advance(after, loss, learningRate, 0));
  }

  private List<StepSettings> settings(TrainingState from, int length) {
    List<StepSettings> settings = new ArrayList<>();
    TrainingState at = from;
    for (int step = 0; step < length; step++) {
      settings.add(training.schedule().after(at));
      at = at.afterStep(false, at.unlogged(), at.time());
    }
    return settings;
  }

  private List<BatchPosition> positions(TrainingState from) {
    int count = training.pairs().size();
    List<BatchPosition> positions = new ArrayList<>(List.of(from.position()));
    if (from.step() == 0) {
      for (int worker = 1; worker < count; worker++) {
        positions.add(BatchPosition.start(new StableRandom(from.seed(), worker).nextLong()));
      }
      return positions;
    }
    positions.addAll(from.furtherWorkers());
    if (positions.size() != count) {
      throw new TrainingException(
          "training.workers: the checkpoint is of a training with workers: "
              + positions.size()
              + ", but the config has "
              + count
              + ". Set the same number",
          null);
    }
    return positions;
  }

  @Override
  public Optional<Integer> batchesInEpoch() {
    return Optional.of(batchesInEpoch);
  }

  @Override
  public SkippedExamples leftOut() {
    return new SkippedExamples(); // they were reported at the start
  }

  @Override
  public void close() {
    workers.close();
  }
}
