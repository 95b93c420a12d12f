package org.seq4j.trainer.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.training.Toy;

final class BatchStreamTest {
  private final Batching batching = new Batching(new BatchConfig(4, BatchConfig.Unit.SEQUENCES));
  private final TrainPairs pairs = pairs();

  private static TrainPairs pairs() {
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pairs.add(Toy.pair(new int[] {i}, i));
    }
    return TrainPairs.inMemory(EncodedExamples.all(pairs));
  }

  @Test
  void goesOnFromAnyPlace() {
    List<int[]> expected = take(BatchPosition.start(1), 9);
    BatchPosition secondOfEpochTwo = new BatchPosition(1, 1, 1);
    List<int[]> rest = take(secondOfEpochTwo, 5);
    for (int i = 0; i < rest.size(); i++) {
      assertThat(rest.get(i)).isEqualTo(expected.get(4 + i));
    }
  }

  private List<int[]> take(BatchPosition from, int count) {
    List<int[]> indices = new ArrayList<>();
    try (BatchStream stream = new BatchStream(batching, pairs, from)) {
      for (int i = 0; i < count; i++) {
        indices.add(stream.next().batch().indices());
      }
    }
    return indices;
  }

  @Test
  void tellsWhereAnEpochEnds() {
    try (BatchStream stream = new BatchStream(batching, pairs, BatchPosition.start(1))) {
      assertThat(stream.batchesInEpoch()).contains(3);
      assertThat(stream.next().endsEpoch()).isFalse();
      assertThat(stream.next().endsEpoch()).isFalse();
      assertThat(stream.next().endsEpoch()).isTrue();
      assertThat(stream.next().endsEpoch()).isFalse();
    }
  }

  @Test
  void countsTargetTokensWithTheirEnds() {
    TrainPairs one =
        TrainPairs.inMemory(EncodedExamples.all(List.of(Toy.pair(new int[] {4}, 5, 6))));
    try (BatchStream stream = new BatchStream(batching, one, BatchPosition.start(1))) {
      assertThat(stream.next().tokens()).isEqualTo(3);
    }
  }
}
