package org.seq4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.Shards;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.training.state.TrainingException;
import scala.Tuple2;

/** Joins all pairs of a worker, and puts them into their order. */
final class ShardTask implements FlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final long MOST = 2_000_000_000; // an array holds the pairs of a worker

  @Override
  public Iterator<byte[]> call(Iterator<Tuple2<Integer, byte[]>> pieces) {
    List<EncodedPair> pairs = new ArrayList<>();
    SkippedExamples skipped = new SkippedExamples();
    long size = 0;
    while (pieces.hasNext()) {
      byte[] piece = pieces.next()._2();
      size += piece.length;
      if (size > MOST) {
        throw new TrainingException(
            "training.workers: the encoded pairs of a worker have more than "
                + MOST / 1_000_000_000
                + " GB: expected more workers",
            null);
      }
      pairs.addAll(ShardBytes.pairs(piece));
      skipped.addAll(ShardBytes.skipped(piece));
    }
    Shards.sort(pairs);
    return List.of(ShardBytes.of(skipped, pairs)).iterator();
  }
}
