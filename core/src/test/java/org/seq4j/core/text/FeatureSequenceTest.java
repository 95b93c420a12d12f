package org.seq4j.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class FeatureSequenceTest {
  private static final FeatureSequence FLOATS =
      new FeatureSequence(2, new float[] {-32768, 3, 0, 32767, 5, -1});
  private static final FeatureSequence SHORTS =
      new FeatureSequence(2, new short[] {-32768, 3, 0, 32767, 5, -1});

  @Test
  void shortsAreTheNumbersThatFloatsAre() {
    assertThat(SHORTS.hasShorts()).isTrue();
    assertThat(FLOATS.hasShorts()).isFalse();
    assertThat(SHORTS.length()).isEqualTo(3);
    assertThat(SHORTS.size()).isEqualTo(6);
    assertThat(SHORTS.value(3)).isEqualTo(32767);
    assertThat(SHORTS.values()).isEqualTo(FLOATS.values());
    assertThat(SHORTS).isEqualTo(FLOATS).hasSameHashCodeAs(FLOATS);
    assertThat(SHORTS.rows()).containsExactlyElementsOf(FLOATS.rows());
    assertThat(SHORTS.text()).isEqualTo(FLOATS.text()).startsWith("-32768.0 3.0; 0.0 32767.0;");
  }

  @Test
  void partsKeepTheKindOfTheirNumbers() {
    FeatureSequence part = SHORTS.slice(1, 3);
    assertThat(part.hasShorts()).isTrue();
    assertThat(part.values()).containsExactly(0, 32767, 5, -1);
    assertThat(SHORTS.truncate(2).values()).containsExactly(-32768, 3, 0, 32767);
    assertThat(SHORTS.truncate(3)).isSameAs(SHORTS);
    assertThat(FLOATS.slice(2, 3).values()).containsExactly(5, -1);
    assertThat(SHORTS.slice(1, 1).length()).isZero();
  }

  @Test
  void copiesIntoALargerArray() {
    for (FeatureSequence sequence : new FeatureSequence[] {FLOATS, SHORTS}) {
      float[] target = {9, 9, 9, 9, 9, 9, 9, 9};
      sequence.copyTo(target, 1);
      assertThat(target).containsExactly(9, -32768, 3, 0, 32767, 5, -1, 9);
    }
  }

  @Test
  void equalityComparesNumbersAndDepth() {
    assertThat(SHORTS).isNotEqualTo(new FeatureSequence(3, SHORTS.values()));
    assertThat(SHORTS).isNotEqualTo(SHORTS.truncate(2));
    assertThat(SHORTS).isNotEqualTo(new FeatureSequence(2, new short[] {1, 3, 0, 32767, 5, -1}));
  }

  @Test
  void refusesAVectorThatIsNotWhole() {
    assertThatThrownBy(() -> new FeatureSequence(4, new short[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("6 numbers cannot be divided into vectors of 4 numbers each");
  }
}
