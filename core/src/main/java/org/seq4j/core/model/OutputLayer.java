package org.seq4j.core.model;

import org.seq4j.core.plugin.Kind;

/**
 * The last layer of a model: maps the decoder's outputs to a distribution over tokens ({@link
 * TokenOutput}, {@link TokenOutput.Stateful}, {@link CopyingOutput}) or to vectors ({@link
 * VectorOutput}).
 */
@Kind("output")
public sealed interface OutputLayer
    permits TokenOutput, TokenOutput.Stateful, CopyingOutput, VectorOutput {}
