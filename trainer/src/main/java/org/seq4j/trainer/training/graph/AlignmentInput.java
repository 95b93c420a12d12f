package org.seq4j.trainer.training.graph;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.trainer.data.batch.Batch;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where the alignments of a batch are fed to a graph.
 *
 * @param links where the links are fed, {@code [N, 3]}
 * @param shares where the share of each is fed, {@code [N]}
 */
record AlignmentInput(Placeholder<TInt32> links, Placeholder<TFloat32> shares) {

  /** Adds the placeholders. */
  static AlignmentInput of(Ops tf) {
    long any = Shape.UNKNOWN_SIZE;
    Placeholder<TInt32> links = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(any, 3)));
    Placeholder<TFloat32> shares = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(any)));
    return new AlignmentInput(links, shares);
  }

  /** The alignments as objectives get them. */
  ForcedPass.Links toLinks() {
    return new ForcedPass.Links(links, shares);
  }

  /** Makes tensors of a batch, closed after a run. */
  Feed feed(Batch batch) {
    return new Feed(batch.alignments());
  }

  /** Tensors to be fed. */
  final class Feed implements AutoCloseable {
    private final TInt32 linksOfBatch;
    private final TFloat32 sharesOfBatch;

    private Feed(List<Optional<Alignment>> alignments) {
      int count = alignments.stream().flatMap(Optional::stream).mapToInt(Alignment::size).sum();
      int[] places = new int[3 * count];
      float[] parts = new float[count];
      int at = 0;
      for (int row = 0; row < alignments.size(); row++) {
        List<Alignment.Link> links = alignments.get(row).map(Alignment::links).orElse(List.of());
        int[] ofTarget = // how many links each position has
            new int[1 + links.stream().mapToInt(Alignment.Link::target).max().orElse(-1)];
        links.forEach(link -> ofTarget[link.target()]++);
        for (Alignment.Link link : links) {
          places[3 * at] = row;
          places[3 * at + 1] = link.target();
          places[3 * at + 2] = link.source();
          parts[at] = 1f / ofTarget[link.target()];
          at++;
        }
      }
      linksOfBatch = TInt32.tensorOf(Shape.of(count, 3), DataBuffers.of(places));
      sharesOfBatch = TFloat32.tensorOf(Shape.of(count), DataBuffers.of(parts));
    }

    Session.Runner to(Session.Runner runner) {
      return runner.feed(links, linksOfBatch).feed(shares, sharesOfBatch);
    }

    @Override
    public void close() {
      linksOfBatch.close();
      sharesOfBatch.close();
    }
  }
}
