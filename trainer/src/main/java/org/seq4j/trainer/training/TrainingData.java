package org.seq4j.trainer.training;

import java.util.List;
import java.util.Map;
import org.seq4j.core.run.SequenceCodec;
import org.seq4j.trainer.data.EncodedExamples;
import org.seq4j.trainer.data.Example;
import org.seq4j.trainer.data.SymbolVectors;

/**
 * What a model is trained on.
 *
 * @param source between source text and what the model reads
 * @param target likewise for the target
 * @param train pairs to learn from, at least one
 * @param dev examples to validate on; may be empty
 * @param devPairs those of them that a loss is computed of, and how many were left out of it for
 *     which reason
 * @param vectors that tables of symbols begin with, by the path of the parameter
 */
public record TrainingData(
    SequenceCodec source,
    SequenceCodec target,
    EncodedExamples train,
    List<Example> dev,
    EncodedExamples devPairs,
    Map<String, SymbolVectors> vectors) {}
