package org.seq4j.transformer;

/** The schemes by which layers know the order of positions. */
public enum PositionEncoding {
  /** Sines and cosines, added to the embeddings (Vaswani et al. 2017, section 3.5). */
  SINUSOIDAL,
  /** Learned vectors, added to the embeddings (Gehring et al. 2017, section 3.1). */
  LEARNED,
  /** Rotations of queries and keys (Su et al. 2021). */
  ROTARY,
  /** Learned vectors of distances, added to keys and values (Shaw et al. 2018). */
  RELATIVE,
  /**
   * A learned number for each head and range of distances, added to scores (Raffel et al. 2020).
   */
  T5
}
