package org.seq4j.trainer.training.state;

import java.util.Map;
import java.util.Optional;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.vectors.TokenVectors;

/**
 * What is about to be trained.
 *
 * @param parameters how many numbers are fitted, frozen ones not counted
 * @param source what a source consists of
 * @param target what a target consists of
 * @param vectors what of these have vectors made elsewhere, by the path of the parameter
 * @param train the pairs to learn from, and how many were left out for which reason; empty if they
 *     are streamed
 * @param dev how many examples there are to validate on; empty if they have not been read yet
 * @param devPairs those of them that the loss is computed of, and how many were left out of it for
 *     which reason; a source over the limit is cut for the answer, and the metrics count it
 * @param batches how many batches an epoch has; where a batch is measured in tokens, the first one;
 *     empty if pairs are streamed
 * @param totalSteps how many steps there will be at most; an estimate where batches are measured in
 *     tokens; empty if it cannot be known
 * @param firstStep how many steps were made before: above 0 when a run goes on
 */
public record TrainingPlan(
    long parameters,
    SequenceSpace source,
    SequenceSpace target,
    Map<String, TokenVectors.Coverage> vectors,
    Optional<EncodedExamples> train,
    Optional<Integer> dev,
    Optional<EncodedExamples> devPairs,
    Optional<Integer> batches,
    Optional<Long> totalSteps,
    long firstStep) {}
