package org.seq4j.trainer.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random numbers and hashes that data on users' disks depend on. */
class StableRandomTest {

  @Test
  void isSplitMix64() {
    SplittableRandom other = new SplittableRandom(42);
    StableRandom random = new StableRandom(42);
    assertThat(IntStream.range(0, 100).mapToLong(i -> random.nextLong()))
        .containsExactlyElementsOf(
            IntStream.range(0, 100).mapToLong(i -> other.nextLong()).boxed().toList());
  }

  @Test
  void boundedNumbersCoverTheirRange() {
    StableRandom random = new StableRandom(1);
    assertThat(IntStream.range(0, 200).map(i -> random.nextInt(5)).distinct().sorted())
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void theBoundIsPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StableRandom(1).nextInt(0))
        .withMessage("expected a bound of at least 1, got 0");
  }

  @Test
  void purposesUnderOneSeedDiffer() {
    assertThat(new StableRandom(1, 0).nextLong()).isNotEqualTo(new StableRandom(1, 1).nextLong());
  }

  @Test
  void seedAndPurposeAreNotExchangeable() {
    assertThat(new StableRandom(1, 2).nextLong()).isNotEqualTo(new StableRandom(2, 1).nextLong());
  }

  @Test
  void hashesAreTheSameInEveryRelease() {
    assertThat(StableHash.of("na\u00efve", 1)).isEqualTo(4939296005107889962L);
  }

  @Test
  void hashesAreEvenlySpread() {
    assertThat(
            IntStream.range(0, 10_000)
                .filter(i -> StableHash.unit(Integer.toString(i), 1) < 0.25)
                .count())
        .isBetween(2_400L, 2_600L);
  }
}
