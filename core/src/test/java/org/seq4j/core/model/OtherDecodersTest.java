package org.seq4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.ModelGraph;
import org.seq4j.core.search.Hypothesis;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.core.text.SymbolIds;
import org.seq4j.core.text.Vocabulary;

/** The interfaces are not for recurrence alone. */
class OtherDecodersTest {

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
    searches(new CausalConvolutionDecoder(InferenceGraphTest.UNITS, 4));
  }

  /** What a search makes of hypotheses has the score that the same symbols get when given. */
  private static void searches(Decoder decoder) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      InferenceGraph inference = new InferenceGraph(InferenceGraphTest.model(decoder), graph);
      graph.initialise();
      String bias = "output.projection.bias";
      float[] values = graph.read().get(bias);
      values[Vocabulary.END] = 1; // or most hypotheses would be cut before they end
      graph.assign(Map.of(bias, values));
      List<SymbolIds> sources =
          List.of(new SymbolIds(5, 6), new SymbolIds(4), new SymbolIds(7, 7, 5));
      List<List<Hypothesis>> found =
          inference.search(
              sources, new int[] {4, 6, 5}, SearchConfig.beam(100).withNBest(100), false);
      int longer = 0;
      for (int source = 0; source < sources.size(); source++) {
        for (Hypothesis hypothesis : found.get(source)) {
          int[] symbols = hypothesis.symbols().stream().mapToInt(id -> id).toArray();
          if (hypothesis.finished()) {
            double[] score =
                inference.score(List.of(sources.get(source)), List.of(new SymbolIds(symbols)));
            assertThat(hypothesis.score()).isCloseTo(score[0], within(1e-4));
            longer += symbols.length > 1 ? 1 : 0;
          }
        }
      }
      assertThat(longer).isPositive();
    }
  }
}
