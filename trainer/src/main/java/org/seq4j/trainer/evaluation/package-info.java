/**
 * How good a model is: {@link org.seq4j.trainer.evaluation.Evaluator} has it answer and scores the
 * answers, over all and by the length of the source. The metrics themselves are in {@code metric}.
 */
package org.seq4j.trainer.evaluation;
