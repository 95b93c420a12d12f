package org.seq4j.trainer.training.step;

import java.util.Optional;
import org.seq4j.trainer.data.batch.TrainingBatch;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.TrainingState;

/** The steps of a single worker, one after another. */
final class SingleSteps implements Stepper {
  private final Steppers training;
  private final WorkerBatches batches;
  private final Session session;

  SingleSteps(Steppers training, WorkerBatches batches, Session session) {
    this.training = training;
    this.batches = batches;
    this.session = session;
  }

  @Override
  public Optional<Advance> advance(TrainingState from) {
    long waitedBefore = batches.waitedNanos();
    TrainingBatch batch = batches.next();
    long waited = batches.waitedNanos() - waitedBefore;
    StepSettings settings = training.schedule().after(from);
    TrainingGraph.Step step = training.steps().make(from.step() + 1, batch.batch(), settings);
    TrainingState after =
        from.afterStep(
            batch.endsEpoch(),
            from.unlogged().plus(step.loss(), step.gradientNorm(), batch.tokens()),
            session.time().get());
    double learningRate = training.variables().graph().learningRate(settings);
    return Optional.of(new Advance(after, step.loss(), learningRate, waited));
  }

  @Override
  public Optional<Integer> batchesInEpoch() {
    return batches.inEpoch();
  }

  @Override
  public SkippedExamples leftOut() {
    return batches.leftOut();
  }

  @Override
  public void close() {
    batches.close();
  }
}
