package org.seq4j.trainer.training.validation;

import java.util.List;
import java.util.Optional;
import org.seq4j.trainer.evaluation.Diagnosis;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;

/**
 * The results of a validation.
 *
 * @param step the number of completed steps
 * @param epoch the epoch of the last step, from 1
 * @param loss the mean negative log-probability of true tokens (end tokens included, without label
 *     smoothing), in nats
 * @param perplexity e to the power of the loss; empty where a target consists of vectors
 * @param metrics the configured metrics on greedy answers: greedy search is several times faster
 *     than beam search and ranks checkpoints equally well
 * @param diagnosis the diagnosis of the hypotheses; empty where a target consists of vectors
 * @param best true if it is the best validation so far
 * @param samples some examples with their answers
 */
public record ValidationReport(
    long step,
    int epoch,
    double loss,
    Optional<Double> perplexity,
    List<MetricScore> metrics,
    Optional<Diagnosis> diagnosis,
    boolean best,
    List<Evaluation.Answer> samples) {}
