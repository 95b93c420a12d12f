package org.seq4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

class PairEncoderTest {
  private static final List<Example> EXAMPLES =
      List.of(
          new Example("ab", List.of("c", "cc")),
          new Example("abcd", List.of("a")),
          new Example("a", List.of("abcde")),
          new Example("", List.of("a")));

  private final PairEncoder encoder =
      new PairEncoder(
          new SequenceEncoder(new Letters(), PairEncoderTest::id, 3),
          new SequenceEncoder(new Letters(), PairEncoderTest::id, 4));

  @Test
  void encodesSourceAndFirstTarget() {
    EncodedPair pair = encoder.encode(EXAMPLES).pairs().get(0);
    assertThat(pair.source()).containsExactly(1, 2);
    assertThat(pair.target()).containsExactly(3);
  }

  @Test
  void trainingLeavesOutWhatIsTooLongOrEmpty() {
    assertThat(encoder.encode(EXAMPLES).pairs()).hasSize(1);
  }

  @Test
  void countsWhatDoesNotFit() {
    EncodedExamples encoded = encoder.encode(EXAMPLES);
    assertThat(List.of(encoded.longSources(), encoded.longTargets(), encoded.emptySources()))
        .containsExactly(1, 1, 1);
  }

  @Test
  void theLimitIsPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SequenceEncoder(new Letters(), PairEncoderTest::id, 0))
        .withMessage("max_length: expected at least 1, got 0");
  }

  private static int id(String symbol) {
    return symbol.charAt(0) - 'a' + 1;
  }

  /** One symbol a character. */
  private static final class Letters implements Tokenizer {
    @Override
    public List<Token> encode(String text) {
      List<Token> tokens = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        tokens.add(new Token(text.substring(i, i + 1), i, i + 1));
      }
      return tokens;
    }

    @Override
    public String decode(List<String> symbols) {
      return String.join("", symbols);
    }
  }
}
