package org.seq4j.core.model;

import org.seq4j.core.plugin.Kind;

/**
 * The last layer of a model: turns the decoder's outputs into a distribution over tokens ({@link
 * TokenOutput}, {@link CopyingOutput}) or into vectors ({@link VectorOutput}).
 */
@Kind("output")
public sealed interface OutputLayer permits TokenOutput, CopyingOutput, VectorOutput {}
