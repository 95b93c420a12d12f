package org.seq4j.trainer.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.TokenIds;

final class ShardsTest {
  @Test
  void orderOfThePairsDoesNotMatter() {
    List<EncodedPair> pairs = pairs(200);
    List<EncodedPair> shuffled = new ArrayList<>(pairs);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(texts(Shards.of(inMemory(shuffled), 4)))
        .isEqualTo(texts(Shards.of(inMemory(pairs), 4)));
  }

  @Test
  void eachPairBelongsToOneWorkerAndEqualPairsToTheSame() {
    List<EncodedPair> twice = new ArrayList<>(pairs(200));
    twice.addAll(pairs(200));
    List<List<String>> shards = texts(Shards.of(inMemory(twice), 4));
    assertThat(shards.stream().mapToInt(List::size).sum()).isEqualTo(400);
    assertThat(shards.stream().flatMap(shard -> shard.stream().distinct())).doesNotHaveDuplicates();
    assertThat(shards).allMatch(shard -> shard.size() > 50);
  }

  @Test
  void vectorsAreDividedByTheirNumbers() {
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pairs.add(new EncodedPair(new FeatureSequence(1, new float[] {i * 0.5f}), new TokenIds(4)));
    }
    assertThat(Shards.of(inMemory(pairs), 2))
        .allMatch(shard -> shard.all().orElseThrow().pairs().size() > 10)
        .allSatisfy(
            shard ->
                assertThat(shard.all().orElseThrow().pairs())
                    .extracting(pair -> ((FeatureSequence) pair.source()).value(0))
                    .isSorted());
  }

  @Test
  void aWorkerWithoutPairsIsAnError() {
    assertThatThrownBy(() -> Shards.of(inMemory(pairs(2)), 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("2 training pairs leave none for worker . of 8: expected fewer .*");
  }

  private static TrainPairs inMemory(List<EncodedPair> pairs) {
    return TrainPairs.inMemory(EncodedExamples.all(pairs));
  }

  private static List<EncodedPair> pairs(int count) {
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(new EncodedPair(new TokenIds(4 + i, 4 + i % 7), new TokenIds(4 + i % 3)));
    }
    return pairs;
  }

  private static List<List<String>> texts(List<TrainPairs> shards) {
    return shards.stream()
        .map(
            shard ->
                shard.all().orElseThrow().pairs().stream()
                    .map(
                        pair ->
                            Arrays.toString(((TokenIds) pair.source()).ids())
                                + Arrays.toString(((TokenIds) pair.target()).ids()))
                    .toList())
        .toList();
  }
}
