package org.seq4j.trainer.data.batch;

import java.util.List;
import java.util.Map;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.trainer.data.vectors.TokenVectors;

/**
 * The data that a model is trained and validated on.
 *
 * @param source the codec of sources
 * @param target the codec of targets
 * @param train the training pairs
 * @param hasDev true if there are validation data
 * @param dev the validation data
 * @param vectors the pretrained vectors that initialize embedding tables, by parameter path
 * @param notes notes for users about the data and vocabularies
 */
public record TrainingData(
    SequenceCodec source,
    SequenceCodec target,
    TrainPairs train,
    boolean hasDev,
    DevData dev,
    Map<String, TokenVectors> vectors,
    List<String> notes) {}
