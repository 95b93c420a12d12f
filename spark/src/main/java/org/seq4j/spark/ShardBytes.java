package org.seq4j.spark;

import java.nio.ByteBuffer;
import java.util.List;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/** The pairs of a worker as bytes, after the numbers of examples that were skipped. */
final class ShardBytes {
  private static final SkippedExamples.Reason[] REASONS = SkippedExamples.Reason.values();
  private static final int HEADER = Long.BYTES * (REASONS.length + 1);

  private ShardBytes() {}

  static byte[] of(SkippedExamples skipped, List<EncodedPair> pairs) {
    byte[] encoded = PairBytes.of(pairs);
    ByteBuffer all = ByteBuffer.allocate(HEADER + encoded.length);
    for (SkippedExamples.Reason reason : REASONS) {
      all.putLong(skipped.count(reason));
    }
    return all.putLong(skipped.cut()).put(encoded).array();
  }

  static List<EncodedPair> pairs(byte[] shard) {
    return PairBytes.read(shard, HEADER);
  }

  static SkippedExamples skipped(byte[] shard) {
    ByteBuffer header = ByteBuffer.wrap(shard, 0, HEADER);
    SkippedExamples skipped = new SkippedExamples();
    for (SkippedExamples.Reason reason : REASONS) {
      skipped.add(reason, header.getLong());
    }
    skipped.addCut(header.getLong());
    return skipped;
  }
}
