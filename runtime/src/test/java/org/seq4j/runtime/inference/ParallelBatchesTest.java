package org.seq4j.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;

class ParallelBatchesTest {

  @Test
  void answersComeInTheOrderOfTheSequences() {
    List<TokenIds> sequences = ofLengths(3, 9, 1, 7, 7, 2, 8);
    for (int threads = 1; threads <= 4; threads++) {
      assertThat(new ParallelBatches(threads, 2).map(sequences, (part, indices) -> lengths(part)))
          .as("%d threads", threads)
          .containsExactly(3, 9, 1, 7, 7, 2, 8);
    }
  }

  @Test
  void workIsToldWhichSequencesItHas() {
    List<TokenIds> sequences = ofLengths(3, 9, 1, 7);
    new ParallelBatches(2, 64)
        .map(
            sequences,
            (part, indices) -> {
              assertThat(part)
                  .containsExactlyElementsOf(
                      Arrays.stream(indices).mapToObj(sequences::get).toList());
              return lengths(part);
            });
  }

  @Test
  void threadsShareLongAndShort() {
    assertThat(new ParallelBatches(2, 64).divide(ofLengths(1, 2, 3, 4, 5)))
        .containsExactly(new int[] {4, 2, 0}, new int[] {3, 1});
  }

  @Test
  void likeLengthsGoTogether() {
    assertThat(new ParallelBatches(1, 2).divide(ofLengths(9, 1, 8, 2)))
        .containsExactly(new int[] {0, 2}, new int[] {3, 1});
  }

  @Test
  void noPartIsEmptyOrTooLarge() {
    for (int count = 0; count < 50; count++) {
      List<int[]> parts =
          new ParallelBatches(3, 4).divide(ofLengths(IntStream.range(0, count).toArray()));
      assertThat(parts).allSatisfy(part -> assertThat(part.length).isBetween(1, 4));
      assertThat(parts.stream().flatMapToInt(Arrays::stream))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
    }
  }

  @Test
  void whatAPartThrowsReachesTheCaller() {
    for (int threads : new int[] {1, 2}) {
      assertThatThrownBy(
              () ->
                  new ParallelBatches(threads, 1)
                      .map(
                          ofLengths(1, 2, 3),
                          (part, indices) -> {
                            throw new IllegalStateException("diverged");
                          }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("diverged");
    }
  }

  private static List<TokenIds> ofLengths(int... lengths) {
    return Arrays.stream(lengths).mapToObj(length -> new TokenIds(new int[length])).toList();
  }

  private static List<Integer> lengths(List<SequenceData> part) {
    return part.stream().map(SequenceData::length).toList();
  }
}
