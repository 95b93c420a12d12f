package org.seq4j.spark;

import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.seq4j.trainer.data.batch.EncodedPair;
import scala.Tuple2;

/**
 * Summary of a shard for the driver: the lengths of sources and targets in turn, and {@link
 * ShardBytes} without pairs, which count the examples that were skipped.
 */
final class ShardSummary implements Function<byte[], Tuple2<int[], byte[]>> {
  private static final long serialVersionUID = 1L;

  @Override
  public Tuple2<int[], byte[]> call(byte[] shard) {
    List<EncodedPair> pairs = ShardBytes.pairs(shard);
    int[] lengths = new int[2 * pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      lengths[2 * i] = pairs.get(i).source().length();
      lengths[2 * i + 1] = pairs.get(i).target().length();
    }
    return new Tuple2<>(lengths, ShardBytes.of(ShardBytes.skipped(shard), List.of()));
  }
}
