package org.seq4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.TokenIds;
import org.seq4j.trainer.data.batch.EncodedPair;

final class PairBytesTest {
  @Test
  void allKindsOfPairsComeBack() {
    EncodedPair text =
        new EncodedPair(
            new TokenIds(new int[] {4, 1}, new int[] {4, 70_000}),
            new TokenIds(7),
            Optional.of(Alignment.parse("1-0 0-0")));
    EncodedPair speech =
        new EncodedPair(new FeatureSequence(2, new float[] {0.5f, -1, 3, 4}), new TokenIds());
    EncodedPair sound =
        new EncodedPair(new FeatureSequence(3, new short[] {-32768, 0, 32767}), new TokenIds());
    List<EncodedPair> read = PairBytes.read(PairBytes.of(List.of(text, speech, sound)));
    assertThat(read).hasSize(3);
    TokenIds source = (TokenIds) read.get(0).source();
    assertThat(source.ids()).containsExactly(4, 1);
    assertThat(source.copies()).containsExactly(4, 70_000);
    TokenIds target = (TokenIds) read.get(0).target();
    assertThat(target.ids()).containsExactly(7);
    assertThat(target.copies()).isSameAs(target.ids());
    assertThat(read.get(0).alignment()).isEqualTo(text.alignment());
    FeatureSequence vectors = (FeatureSequence) read.get(1).source();
    assertThat(vectors.depth()).isEqualTo(2);
    assertThat(vectors.values()).containsExactly(0.5f, -1, 3, 4);
    assertThat(read.get(1).target().length()).isZero();
    assertThat(read.get(1).alignment()).isEmpty();
    FeatureSequence samples = (FeatureSequence) read.get(2).source();
    assertThat(samples.hasShorts()).isTrue();
    assertThat(samples.depth()).isEqualTo(3);
    assertThat(samples.values()).containsExactly(-32768, 0, 32767);
  }
}
