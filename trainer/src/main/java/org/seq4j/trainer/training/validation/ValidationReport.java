package org.seq4j.trainer.training.validation;

import java.util.List;
import java.util.Optional;
import org.seq4j.trainer.evaluation.Diagnosis;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;

/**
 * How the model did on the validation data, at a point of its training.
 *
 * @param step how many steps had been made
 * @param epoch the epoch that the last of them was of, from 1
 * @param loss the mean negative log-probability of a true token (ends included, nothing smoothed),
 *     in nats
 * @param perplexity e to the power of the loss; empty where a target consists of vectors
 * @param metrics the configured ones, of answers found with a greedy search, which is several times
 *     cheaper than a beam and ranks checkpoints as well
 * @param diagnosis what the answers look like; empty where a target consists of vectors
 * @param best whether it is the best so far
 * @param samples a few examples and their answers
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
