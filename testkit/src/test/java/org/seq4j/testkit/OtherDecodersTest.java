package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;

/** The interfaces are not for recurrence alone. */
class OtherDecodersTest {
  private static final int UNITS = 2;

  @Nested
  class CausalConvolution extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return new CausalConvolutionDecoder(inputDepth(), 4);
    }
  }

  @Nested
  class SelfAttention extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return new SelfAttentionDecoder(4);
    }
  }

  @Test
  void aDecoderWhoseStateGrowsIsSearchedWith() {
    searches(new SelfAttentionDecoder(4));
  }

  @Test
  void aConvolutionalDecoderIsSearchedWith() {
    searches(new CausalConvolutionDecoder(UNITS, 4));
  }

  /** A model of eight tokens on each side, whose encoder passes embeddings on. */
  private static Seq2SeqModel model(Decoder decoder) {
    Encoder encoder = (scope, source) -> new Memory(source, NamedTensors.EMPTY, 1);
    ModelConfig.Side side = new ModelConfig.Side(UNITS);
    return new Seq2SeqModel(
        new ModelConfig(
            new ModelConfig.EmbeddingConfig(side, side, ModelConfig.Tie.NONE),
            Component.of(Encoder.class, "made", new NoKeys(), keys -> encoder),
            Component.of(Decoder.class, "made", new NoKeys(), keys -> decoder),
            Optional.empty()),
        8,
        8,
        new ComponentContext(Path.of(".")));
  }

  /**
   * Checks that the score of a hypothesis equals the score of the same tokens with teacher forcing.
   */
  private static void searches(Decoder decoder) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      TokenPredictor inference = TokenPredictor.of(model(decoder), graph);
      graph.initialize();
      String bias = "output.projection.bias";
      float[] values = graph.read().get(bias);
      values[Vocabulary.END] = 1; // or most hypotheses would be cut before they end
      graph.assign(Map.of(bias, values));
      List<TokenIds> sources = List.of(new TokenIds(5, 6), new TokenIds(4), new TokenIds(7, 7, 5));
      List<List<Hypothesis>> found =
          inference.search(
              Sources.of(sources),
              new int[] {4, 6, 5},
              SearchConfig.beam(100).withNBest(100),
              false);
      int longer = 0;
      for (int source = 0; source < sources.size(); source++) {
        for (Hypothesis hypothesis : found.get(source)) {
          int[] tokens = hypothesis.tokens().stream().mapToInt(id -> id).toArray();
          if (hypothesis.finished()) {
            double[] score =
                inference.score(Sources.of(sources.get(source)), List.of(new TokenIds(tokens)));
            assertThat(hypothesis.score()).isCloseTo(score[0], within(1e-4));
            longer += tokens.length > 1 ? 1 : 0;
          }
        }
      }
      assertThat(longer).isPositive();
    }
  }
}
