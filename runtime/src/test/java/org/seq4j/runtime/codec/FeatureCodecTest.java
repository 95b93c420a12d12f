package org.seq4j.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.Token;

/** Vectors that were text, and vectors that never were. */
final class FeatureCodecTest {
  private final FeatureCodec codec = new FeatureCodec(2, 10);

  @Test
  void textIsReadAndShownAsItWasWritten() {
    VectorsValue read = codec.read(new TextValue("0.50 1; 2e-3  -1"));
    assertThat(read.vectors().values()).containsExactly(0.5f, 1, 0.002f, -1);
    assertThat(read.text()).isEqualTo("0.50 1; 2e-3  -1");
    assertThat(codec.tokens(read)).containsExactly("0.50 1", "2e-3  -1");
    assertThat(codec.tokenize(read))
        .containsExactly(new Token("0.50 1", 0, 6), new Token("2e-3  -1", 8, 16));
  }

  @Test
  void whatIsReadIsNotReadAgain() {
    VectorsValue read = codec.read(new TextValue("0.5 1"));
    assertThat(codec.read(read)).isSameAs(read);
    assertThat(codec.encode(read)).isSameAs(read.vectors());
  }

  @Test
  void numbersAreShownSoThatTheyReadTheSame() {
    VectorsValue numbers =
        new VectorsValue(new FeatureSequence(2, new float[] {0.1f, -2, 6e-8f, 3}));
    assertThat(numbers.text()).isEqualTo("0.1 -2.0; 6.0E-8 3.0");
    assertThat(codec.tokens(numbers)).containsExactly("0.1 -2.0", "6.0E-8 3.0");
    assertThat(codec.tokenize(numbers))
        .containsExactly(new Token("0.1 -2.0", 0, 8), new Token("6.0E-8 3.0", 10, 20));
    assertThat(codec.read(new TextValue(numbers.text())).vectors().values())
        .containsExactly(numbers.vectors().values());
  }

  @Test
  void aBlankLineHasNoVectors() {
    assertThat(codec.length(new TextValue(" "))).isZero();
    assertThat(codec.tokens(new TextValue(""))).isEmpty();
  }

  @Test
  void aVectorHasAsManyNumbersAsDepthSays() {
    assertThatExceptionOfType(SequenceFormatException.class)
        .isThrownBy(() -> codec.read(new VectorsValue(new FeatureSequence(3, new float[3]))))
        .withMessage("vector 1: expected 2 numbers (depth), got 3");
    assertThatExceptionOfType(SequenceFormatException.class)
        .isThrownBy(() -> codec.read(new TextValue("1 2; 3")))
        .withMessage("vector 2: expected 2 numbers (depth), got 1");
  }

  @Test
  void textIsNoVectorsAndVectorsAreNoText() {
    assertThatExceptionOfType(SequenceFormatException.class)
        .isThrownBy(() -> TextCodec.text(new VectorsValue(new FeatureSequence(1, new float[1]))))
        .withMessage("expected text, got vectors; a side of vectors has type: vectors and depth");
    assertThat(codec.encode(List.of("1 2")).values()).containsExactly(1, 2);
  }
}
