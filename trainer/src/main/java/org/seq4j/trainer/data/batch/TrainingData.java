package org.seq4j.trainer.data.batch;

import java.util.Map;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.trainer.data.vectors.TokenVectors;

/**
 * What a model is trained on.
 *
 * @param source between source text and what the model reads
 * @param target likewise for the target
 * @param train pairs to learn from
 * @param hasDev whether there is something to validate on
 * @param dev what to validate on
 * @param vectors that tables of tokens begin with, by the path of the parameter
 */
public record TrainingData(
    SequenceCodec source,
    SequenceCodec target,
    TrainPairs train,
    boolean hasDev,
    DevData dev,
    Map<String, TokenVectors> vectors) {}
