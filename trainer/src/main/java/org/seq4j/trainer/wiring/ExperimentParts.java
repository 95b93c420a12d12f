package org.seq4j.trainer.wiring;

import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Set;
import org.seq4j.trainer.data.DataPreparation;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.training.Trainer;
import org.seq4j.trainer.training.TrainingListener;

/**
 * The parts of an experiment.
 *
 * @param dataset the data
 * @param preparation turns the data into token ids
 * @param ofNew prepares the data of new trainings
 * @param trainer trains the model
 * @param evaluator scores the model's answers
 * @param listeners the listeners of every training
 * @param clock the clock of logs and provenance
 */
public record ExperimentParts(
    Dataset dataset,
    TrainingDataBuilder preparation,
    DataPreparation ofNew,
    Trainer trainer,
    Evaluator evaluator,
    Set<TrainingListener> listeners,
    Clock clock) {

  /** Takes the parts from Guice. */
  @Inject
  public ExperimentParts {}
}
