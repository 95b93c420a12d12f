package org.seq4j.cli;

/** The Transformer with a recurrent unit in the place of the decoder's self-attention. */
final class SsruTest extends LayerFamilyContract {

  @Override
  String encoder() {
    return "{type: transformer, units: 32, layers: 2, heads: 4, feed_forward: 64}";
  }

  @Override
  String decoder() {
    return "{type: transformer, units: 32, layers: 2, heads: 4, feed_forward: 64,"
        + " self_attention: ssru}";
  }
}
