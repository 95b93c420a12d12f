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
 * The placeholders for the alignments of a batch.
 *
 * @param links the links, {@code [N, 3]}: row, target position, source position
 * @param shares the weight of each link, {@code [N]}
 */
record AlignmentInput(Placeholder<TInt32> links, Placeholder<TFloat32> shares) {

  /** Adds the placeholders to the graph. */
  static AlignmentInput of(Ops tf) {
    long any = Shape.UNKNOWN_SIZE;
    Placeholder<TInt32> links = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(any, 3)));
    Placeholder<TFloat32> shares = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(any)));
    return new AlignmentInput(links, shares);
  }

  /** Returns the alignments in the form that objectives take. */
  ForcedPass.Links toLinks() {
    return new ForcedPass.Links(links, shares);
  }

  /** Creates the tensors of a batch. The caller closes them after the run. */
  Feed feed(Batch batch) {
    return new Feed(batch.alignments());
  }

  /** The tensors to feed. */
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
        int[] ofTarget = // number of links of each target position
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
