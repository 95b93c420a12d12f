package org.seq4j.trainer.wiring;

import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import jakarta.inject.Inject;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.training.Trainer;
import org.seq4j.trainer.training.config.TrainingConfig;

/**
 * What an experiment consists of, put together.
 *
 * @param dataset its data
 * @param preparation makes ids of them
 * @param trainer fits its model
 * @param evaluator scores the model's answers
 */
public record ExperimentParts(
    Dataset dataset, TrainingDataBuilder preparation, Trainer trainer, Evaluator evaluator) {

  /** Takes what Guice made. */
  @Inject
  public ExperimentParts {}

  /**
   * Makes the parts of an experiment.
   *
   * @param registry of the formats that its data may be in
   * @throws ComponentException if a component refuses its configuration
   */
  public static ExperimentParts of(
      long seed,
      DataConfig data,
      TranslationConfig model,
      TrainingConfig training,
      EvaluationConfig evaluation,
      ComponentContext context,
      ComponentRegistry registry) {
    try {
      return Guice.createInjector(
              Stage.DEVELOPMENT, // makes each part when it is asked for, and so no part twice
              new ExperimentModule(seed, data, model, training, evaluation, context, registry))
          .getInstance(ExperimentParts.class);
    } catch (ProvisionException e) {
      // What a user can do something about is the component's message, not the way to it.
      if (e.getCause() instanceof ComponentException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
