package org.seq4j.trainer.wiring;

import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.training.Trainer;
import org.seq4j.trainer.training.TrainingListener;

/**
 * What an experiment consists of, put together.
 *
 * @param dataset its data
 * @param preparation makes ids of them
 * @param trainer fits its model
 * @param evaluator scores the model's answers
 * @param listeners are told of every training
 * @param clock the time of day
 */
public record ExperimentParts(
    Dataset dataset,
    TrainingDataBuilder preparation,
    Trainer trainer,
    Evaluator evaluator,
    Set<TrainingListener> listeners,
    Clock clock) {

  /** Takes what Guice made. */
  @Inject
  public ExperimentParts {}
}
