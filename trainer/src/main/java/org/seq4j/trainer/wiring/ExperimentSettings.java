package org.seq4j.trainer.wiring;

import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.training.config.TrainingConfig;

/**
 * The config sections that the parts of an experiment are made from.
 *
 * @param seed the random seed
 */
public record ExperimentSettings(
    long seed,
    DataConfig data,
    TranslationConfig model,
    TrainingConfig training,
    EvaluationConfig evaluation) {}
