package org.seq4j.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.VocabularyConfig;

class UnknownTokensTest {
  private final UnknownTokens unknown =
      new UnknownTokens(
          new TextCodec(
              new Never(),
              CountedVocabulary.counting().add(List.of("a")).build(VocabularyConfig.ALL),
              10));

  /** Tokens are counted as they are. */
  private static final class Never implements Tokenizer {
    @Override
    public List<Token> tokenize(String text) {
      throw new AssertionError(text);
    }

    @Override
    public String detokenize(List<String> tokens) {
      throw new AssertionError(tokens);
    }
  }

  @Test
  void nothingIsToldOfKnownOnes() {
    unknown.count(List.of("a", "a"));
    assertThat(unknown.warning()).isEmpty();
  }

  @Test
  void theMostFrequentAreTold() {
    unknown.count(List.of("a", "x", "y", "y", "1", "2", "3", "4"));
    assertThat(unknown.warning())
        .contains(
            "7 of 8 tokens (87.50 %) of the sources are not in the model's vocabulary: 'y' 2, '1' 1, '2' 1, '3' 1, '4' 1 and others");
  }

  @Test
  void vectorsHaveNone() {
    UnknownTokens ofVectors = new UnknownTokens(new FeatureCodec(2, 10));
    ofVectors.count(List.of("1 2"));
    assertThat(ofVectors.warning()).isEmpty();
  }
}
