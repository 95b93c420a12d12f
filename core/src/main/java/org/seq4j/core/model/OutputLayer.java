package org.seq4j.core.model;

/**
 * The last layer of a model: turns the decoder's outputs into a distribution over tokens ({@link
 * TokenOutput}, {@link CopyingOutput}) or into vectors ({@link VectorOutput}).
 */
public sealed interface OutputLayer permits TokenOutput, CopyingOutput, VectorOutput {}
