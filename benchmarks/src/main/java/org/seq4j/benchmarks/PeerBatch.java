package org.seq4j.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.trainer.data.batch.Batch;

/**
 * A batch in libtorch's memory.
 *
 * @param ids of sources, [B, S]
 * @param lengths of sources, [B]
 * @param given to the decoder: the begin token and the target, [B, T]
 * @param wanted of the decoder: the target and the end token, [B, T]; {@value #IGNORED} beyond
 */
record PeerBatch(NDArray ids, NDArray lengths, NDArray given, NDArray wanted) {
  static final long IGNORED = -100;

  static PeerBatch of(NDManager manager, Batch batch) {
    PaddedBatch target = batch.target();
    int width = target.width() + 1;
    long[] given = new long[target.rows() * width];
    long[] wanted = new long[target.rows() * width];
    Arrays.fill(wanted, IGNORED);
    for (int row = 0; row < target.rows(); row++) {
      int start = row * width;
      given[start] = Vocabulary.BEGIN;
      int length = target.lengths()[row];
      for (int t = 0; t < length; t++) {
        int id = target.ids()[row * target.width() + t];
        given[start + t + 1] = id;
        wanted[start + t] = id;
      }
      wanted[start + length] = Vocabulary.END;
    }
    Shape shape = new Shape(target.rows(), width);
    return new PeerBatch(
        ids(manager, batch.source()),
        lengths(manager, batch.source()),
        manager.create(given, shape),
        manager.create(wanted, shape));
  }

  /** Without targets. */
  static PeerBatch ofSources(NDManager manager, List<SequenceData> sources) {
    PaddedBatch padded = PaddedBatch.of(sources);
    return new PeerBatch(ids(manager, padded), lengths(manager, padded), null, null);
  }

  private static NDArray ids(NDManager manager, PaddedBatch rows) {
    long[] ids = Arrays.stream(rows.ids()).asLongStream().toArray();
    return manager.create(ids, new Shape(rows.rows(), rows.width()));
  }

  private static NDArray lengths(NDManager manager, PaddedBatch rows) {
    return manager.create(Arrays.stream(rows.lengths()).asLongStream().toArray());
  }
}
