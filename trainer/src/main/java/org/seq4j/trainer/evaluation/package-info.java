/**
 * Evaluation of models: {@link org.seq4j.trainer.evaluation.Evaluator} scores their answers, in
 * total and by source length. The metrics themselves are in {@code metric}.
 */
package org.seq4j.trainer.evaluation;
