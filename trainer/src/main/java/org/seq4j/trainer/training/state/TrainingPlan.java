package org.seq4j.trainer.training.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.vectors.TokenVectors;

/**
 * The sizes of a training that is about to start.
 *
 * @param parameters the number of trainable values, frozen ones excluded
 * @param source the space of sources
 * @param target the space of targets
 * @param vectors the coverage of each vocabulary by pretrained vectors, by parameter path
 * @param train the training pairs, and the skipped examples by reason; empty if they are streamed
 * @param dev the number of validation examples; empty if they have not been read yet
 * @param devPairs the validation pairs that the loss is computed on, and the examples skipped for
 *     it by reason; metrics still count an example whose source is too long, and the model reads a
 *     truncated source
 * @param workers the number of workers that train in rounds; 1 without rounds
 * @param batches the number of batches in an epoch of a worker; of the first epoch where batches
 *     are measured in tokens; empty if pairs are streamed
 * @param totalSteps the max number of steps; an estimate where batches are measured in tokens;
 *     empty if unknown
 * @param firstStep the number of steps completed before; above 0 for a resumed run
 * @param notes notes for users about the data and vocabularies
 */
public record TrainingPlan(
    long parameters,
    SequenceSpace source,
    SequenceSpace target,
    Map<String, TokenVectors.Coverage> vectors,
    Optional<EncodedExamples> train,
    Optional<Integer> dev,
    Optional<EncodedExamples> devPairs,
    int workers,
    Optional<Integer> batches,
    Optional<Long> totalSteps,
    long firstStep,
    List<String> notes) {}
