package org.seq4j.transformer;

import java.util.Locale;
import java.util.Optional;

/** Documentation and checks of the keys of encoder and decoder. */
final class KeyDocs {
  static final String UNITS =
      "The size of each layer and of the output, a multiple of heads. Embeddings of another size are"
          + " mapped to it.";
  static final String LAYERS = "The number of layers.";
  static final String HEADS = "The number of attention heads.";
  static final String KEY_VALUE_HEADS =
      "The number of heads of keys and values in self-attention and in attention to the source, a"
          + " divisor of heads: with fewer than heads, groups of heads share them (Ainslie et al."
          + " 2023; 1: Shazeer 2019). Default: heads.";
  static final String SELF_ATTENTION =
      "The way in which a layer reads the target so far: multi-head (attention to all previous"
          + " positions) or ssru (the simpler simple recurrent unit, Kim et al. 2019, whose state is"
          + " one vector for each layer however long the target is; for positions: sinusoidal or"
          + " learned).";
  static final String FEED_FORWARD =
      "The size of the inner layer of a feed-forward layer. Default: 4 * units.";
  static final String ACTIVATION =
      "The function of the inner layer: relu, gelu (Hendrycks and Gimpel 2016), or swiglu, whose"
          + " inner layer has two products (Shazeer 2020).";
  static final String NORM =
      "The place of layer normalization: pre (before each sublayer) or post (after each residual"
          + " connection, as in the paper; needs a schedule with a warm-up).";
  static final String POSITIONS =
      "The scheme by which the layers know the order of positions: sinusoidal or learned (vectors"
          + " added to the embeddings), rotary (rotations of queries and keys, Su et al. 2021),"
          + " relative (vectors of distances in each layer, Shaw et al. 2018) or t5 (a number for"
          + " each head and range of distances, Raffel et al. 2020).";
  static final String MAX_POSITIONS =
      "The number of vectors of positions: learned; later positions use the last one.";
  static final String MAX_DISTANCE =
      "The distance from which on all distances are alike, for positions: relative (default 16) and"
          + " t5 (default 128).";
  static final String SCALE_EMBEDDING =
      "Whether embeddings are multiplied by sqrt(units), as in the paper. For embeddings that the"
          + " output layer shares (model.embedding.tie), whose initial values are smaller by this"
          + " factor; set it in both encoder and decoder for tie: all.";
  static final String DROPOUT =
      "The dropout rate of the embeddings and of the output of each sublayer.";
  static final String ATTENTION_DROPOUT = "The dropout rate of attention weights.";
  static final String ACTIVATION_DROPOUT =
      "The dropout rate of the inner layer of a feed-forward layer.";

  /** Least value of {@link #MAX_DISTANCE}. */
  static final int MIN_DISTANCE = 1;

  private KeyDocs() {}

  /** Checks that the numbers of heads divide what they divide. */
  static void checkHeads(int units, int heads, Optional<Integer> keyValueHeads) {
    if (units % heads != 0) {
      throw new IllegalArgumentException(
          "units: expected a multiple of heads, which is " + heads + ", got " + units);
    }
    if (heads % keyValueHeads.orElse(heads) != 0) {
      throw new IllegalArgumentException(
          "key_value_heads: expected a divisor of heads, which is "
              + heads
              + ", got "
              + keyValueHeads.get());
    }
  }

  /** Checks that the scheme of positions has an effect. */
  static void checkPositions(SelfAttentionType selfAttention, PositionEncoding positions) {
    if (selfAttention == SelfAttentionType.SSRU
        && positions != PositionEncoding.SINUSOIDAL
        && positions != PositionEncoding.LEARNED) {
      throw new IllegalArgumentException(
          "positions: "
              + positions.name().toLowerCase(Locale.ROOT)
              + " needs self_attention: multi-head; with ssru, use sinusoidal or learned");
    }
  }
}
