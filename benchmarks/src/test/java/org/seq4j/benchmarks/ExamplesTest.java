package org.seq4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.data.batch.Batch;

class ExamplesTest {

  @Test
  void targetsHaveAsManyStepsAsSourcesHaveTokens() {
    List<Batch> batches = Examples.batches(Workload.SMALL, 3);

    assertThat(batches).hasSize(3);
    assertThat(Examples.tokens(batches)).isEqualTo(3 * 64 * 20);
  }

  @Test
  void mixedBatchesHaveTheLongestFirst() {
    for (Batch batch : Examples.batches(Workload.MIXED, 4)) {
      int[] lengths = batch.source().lengths();
      int[] ascending = Arrays.stream(lengths).sorted().toArray();

      assertThat(batch.source().rows()).isEqualTo(64);
      for (int i = 0; i < lengths.length; i++) {
        assertThat(lengths[i]).isEqualTo(ascending[lengths.length - 1 - i]);
      }
    }
  }
}
