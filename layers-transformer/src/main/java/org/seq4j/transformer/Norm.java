package org.seq4j.transformer;

/** The place of layer normalization in a residual connection. */
public enum Norm {
  /** Before the sublayer: {@code x + f(norm(x))}, with another norm after the last layer. */
  PRE,
  /** After the sum: {@code norm(x + f(x))}. */
  POST
}
