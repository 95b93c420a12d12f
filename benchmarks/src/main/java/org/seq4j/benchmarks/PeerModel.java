package org.seq4j.benchmarks;

/** The model as the peer runs it. */
interface PeerModel {
  /** Makes a training step and gives the loss before it. */
  double step(PeerBatch batch);

  /** Decodes so many tokens; gives each source's best log-probability. */
  float[] decode(PeerBatch batch, int steps, int beam);
}
