package org.seq4j.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LxmRandomTest {

  /** Weights of runs that exist follow from these numbers. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE, 0x6A09E667F3BCC909L})
  void theNumbersAreThoseOfTheJdk(long seed) {
    RandomGenerator jdk = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    RandomGenerator ours = new LxmRandom(seed);
    for (int i = 0; i < 1000; i++) {
      assertThat(ours.nextLong()).isEqualTo(jdk.nextLong());
      assertThat(ours.nextInt()).isEqualTo(jdk.nextInt());
      assertThat(ours.nextInt(1 + i)).isEqualTo(jdk.nextInt(1 + i));
      assertThat(ours.nextFloat()).isEqualTo(jdk.nextFloat());
      assertThat(ours.nextDouble(-2, 3)).isEqualTo(jdk.nextDouble(-2, 3));
      assertThat(ours.nextGaussian()).isEqualTo(jdk.nextGaussian());
      assertThat(ours.nextBoolean()).isEqualTo(jdk.nextBoolean());
    }
  }
}
