package org.seq4j.trainer.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.trainer.data.split.StableRandom;

class BatchingTest {
  private static final Batching TENS = batching(10, BatchConfig.Unit.SEQUENCES);
  private static final Batching TOKENS = batching(100, BatchConfig.Unit.TOKENS);
  private static final List<EncodedPair> PAIRS = pairs(2345);

  @Test
  void everyPairIsInOneBatch() {
    assertThat(indices(TENS.epoch(PAIRS, 1, 0)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2345).boxed().toList());
  }

  @Test
  void batchesAreFullButForTheLastOfThePools() {
    Batches batches = TENS.epoch(PAIRS, 1, 0);
    assertThat(batches.size()).isEqualTo(235);
    assertThat(batches).extracting(batch -> batch.source().rows()).containsOnly(10, 5);
  }

  @Test
  void theSameSeedAndEpochGiveTheSameOrder() {
    assertThat(indices(TENS.epoch(PAIRS, 1, 3))).isEqualTo(indices(TENS.epoch(PAIRS, 1, 3)));
  }

  @Test
  void anotherEpochHasAnotherOrder() {
    assertThat(indices(TENS.epoch(PAIRS, 1, 0))).isNotEqualTo(indices(TENS.epoch(PAIRS, 1, 1)));
  }

  @Test
  void anotherSeedHasAnotherOrder() {
    assertThat(indices(TENS.epoch(PAIRS, 1, 1))).isNotEqualTo(indices(TENS.epoch(PAIRS, 2, 1)));
  }

  @Test
  void theOrderIsTheSameInEveryRelease() {
    Batches batches = batching(4, BatchConfig.Unit.SEQUENCES).epoch(pairs(10), 42, 7);
    assertThat(indices(batches)).containsExactly(0, 7, 1, 5, 2, 9, 8, 6, 3, 4);
  }

  @Test
  void similarLengthsAreTogether() {
    long tokens = 0;
    long cells = 0;
    for (Batch batch : TENS.epoch(PAIRS, 1, 0)) {
      for (PaddedBatch side : List.of(batch.source(), batch.target())) {
        tokens += Arrays.stream(side.lengths()).sum();
        cells += side.ids().length;
      }
    }
    assertThat((double) tokens / cells).isGreaterThan(0.9);
  }

  @Test
  void batchesAreNotInOrderOfLength() {
    List<Integer> widths = new ArrayList<>();
    TENS.epoch(PAIRS, 1, 0).forEach(batch -> widths.add(batch.target().width()));
    assertThat(widths.subList(0, 20))
        .isNotEqualTo(widths.subList(0, 20).stream().sorted().toList());
  }

  @Test
  void aBatchOfTokensHasAtMostThatMany() {
    assertThat(TOKENS.epoch(PAIRS, 1, 0))
        .allSatisfy(
            batch ->
                assertThat(
                        batch.source().rows()
                            * Math.max(batch.source().width(), batch.target().width()))
                    .isLessThanOrEqualTo(100));
  }

  @Test
  void batchesOfTokensHoldEveryPair() {
    assertThat(indices(TOKENS.epoch(PAIRS, 1, 0)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2345).boxed().toList());
  }

  @Test
  void aPairLargerThanABatchOfTokensHasItsOwn() {
    List<EncodedPair> pairs = List.of(pair(500, 1), pair(3, 3), pair(2, 2));
    assertThat(TOKENS.epoch(pairs, 1, 0))
        .extracting(batch -> batch.source().rows())
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void evaluationStartsWithTheLongest() {
    Batches batches = TENS.byLength(PAIRS);
    assertThat(batches.get(0).target().width())
        .isEqualTo(PAIRS.stream().mapToInt(pair -> pair.target().length()).max().orElse(0));
  }

  @Test
  void evaluationHoldsEveryPair() {
    assertThat(indices(TENS.byLength(PAIRS)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2345).boxed().toList());
  }

  @Test
  void noPairsMakeNoBatches() {
    assertThat(TENS.epoch(List.of(), 1, 0)).isEmpty();
  }

  @Test
  void rowsArePaddedWithZero() {
    Batch batch = Batch.of(List.of(pair(1, 2), pair(3, 1)), new int[] {0, 1});
    assertThat(batch.source().ids()).containsExactly(7, 0, 0, 7, 7, 7);
    assertThat(batch.source().lengths()).containsExactly(1, 3);
    assertThat(batch.target().ids()).containsExactly(7, 7, 7, 0);
  }

  @Test
  void aBatchOfEmptySequencesHasOneColumn() {
    PaddedBatch empty = PaddedBatch.of(List.of(new TokenIds(), new TokenIds()));
    assertThat(empty.width()).isEqualTo(1);
    assertThat(empty.ids()).containsExactly(0, 0);
  }

  private static Batching batching(int size, BatchConfig.Unit unit) {
    return new Batching(new BatchConfig(size, unit));
  }

  private static List<Integer> indices(Batches batches) {
    List<Integer> all = new ArrayList<>();
    batches.forEach(batch -> Arrays.stream(batch.indices()).forEach(all::add));
    return all;
  }

  private static List<EncodedPair> pairs(int count) {
    StableRandom random = new StableRandom(5);
    return IntStream.range(0, count)
        .mapToObj(i -> pair(1 + random.nextInt(20), 1 + random.nextInt(20)))
        .toList();
  }

  private static EncodedPair pair(int source, int target) {
    return new EncodedPair(sevens(source), sevens(target));
  }

  private static TokenIds sevens(int length) {
    int[] ids = new int[length];
    Arrays.fill(ids, 7);
    return new TokenIds(ids);
  }
}
