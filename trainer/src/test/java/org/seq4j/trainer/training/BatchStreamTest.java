package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.data.BatchConfig;
import org.seq4j.trainer.data.Batching;
import org.seq4j.trainer.data.EncodedPair;

final class BatchStreamTest {
  private final Batching batching = new Batching(new BatchConfig(4, BatchConfig.Unit.SEQUENCES));
  private final List<EncodedPair> pairs = pairs();

  private static List<EncodedPair> pairs() {
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pairs.add(Toy.pair(new int[] {i}, i));
    }
    return pairs;
  }

  @Test
  void goesOnFromAnyPlace() {
    BatchStream whole = new BatchStream(batching, pairs, TrainingState.start(1));
    List<int[]> expected = take(whole, 9);
    TrainingState secondOfEpochTwo = new TrainingState(1, 4, 1, 1, Optional.empty(), 0);
    List<int[]> rest = take(new BatchStream(batching, pairs, secondOfEpochTwo), 5);
    for (int i = 0; i < rest.size(); i++) {
      assertThat(rest.get(i)).isEqualTo(expected.get(4 + i));
    }
  }

  private static List<int[]> take(BatchStream stream, int count) {
    List<int[]> indices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      indices.add(stream.next().batch().indices());
    }
    return indices;
  }

  @Test
  void tellsWhereAnEpochEnds() {
    BatchStream stream = new BatchStream(batching, pairs, TrainingState.start(1));
    assertThat(stream.batchesInEpoch()).isEqualTo(3);
    assertThat(stream.next().endsEpoch()).isFalse();
    assertThat(stream.next().endsEpoch()).isFalse();
    assertThat(stream.next().endsEpoch()).isTrue();
    assertThat(stream.next().endsEpoch()).isFalse();
  }

  @Test
  void countsTargetSymbolsWithTheirEnds() {
    BatchStream stream =
        new BatchStream(batching, List.of(Toy.pair(new int[] {4}, 5, 6)), TrainingState.start(1));
    assertThat(stream.next().tokens()).isEqualTo(3);
  }
}
