package org.seq4j.trainer.training;

import java.util.Map;
import org.seq4j.core.model.SequenceSpace;
import org.seq4j.trainer.data.EncodedExamples;
import org.seq4j.trainer.data.SymbolVectors;

/**
 * What is about to be trained.
 *
 * @param parameters how many numbers are fitted, frozen ones not counted
 * @param source what a source consists of
 * @param target what a target consists of
 * @param vectors what of these have vectors made elsewhere, by the path of the parameter
 * @param train the pairs to learn from, and how many were left out for which reason
 * @param dev how many examples there are to validate on
 * @param devPairs those of them that the loss is computed of, and how many were left out of it for
 *     which reason; a source over the limit is cut for the answer, and the metrics count it
 * @param batches how many batches an epoch has; where a batch is measured in tokens, the first one
 * @param totalSteps how many steps there will be at most; an estimate where batches are measured in
 *     tokens
 * @param firstStep how many steps were made before: above 0 when a run goes on
 */
public record TrainingPlan(
    long parameters,
    SequenceSpace source,
    SequenceSpace target,
    Map<String, SymbolVectors.Coverage> vectors,
    EncodedExamples train,
    int dev,
    EncodedExamples devPairs,
    int batches,
    long totalSteps,
    long firstStep) {}
