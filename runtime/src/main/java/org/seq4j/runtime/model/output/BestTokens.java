package org.seq4j.runtime.model.output;

import java.util.List;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.text.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The best next tokens of each row, best first; of equal ones, the lower id first. Padding and the
 * begin token are excluded.
 *
 * @param values log-probabilities, {@code [N, K]}
 * @param tokens ids, {@code [N, K]}
 */
public record BestTokens(Operand<TFloat32> values, Operand<TInt32> tokens) {
  private static final int CHUNK = 64;

  /** Minimum size of the vocabulary for which searching the best chunks first is faster. */
  private static final long LARGE = 16 * CHUNK;

  /**
   * Adds the ops.
   *
   * @param logProbabilities {@code [N, V]}
   * @param count K, a scalar; the result has fewer columns if the vocabulary is smaller
   */
  public static BestTokens of(Ops tf, Operand<TFloat32> logProbabilities, Operand<TInt32> count) {
    Operand<TFloat32> allowed = allowed(tf, logProbabilities);
    long size = logProbabilities.shape().get(1);
    if (size == Shape.UNKNOWN_SIZE) { // unknown if source tokens can be copied
      return best(tf, allowed, tf.math.minimum(count, Shapes.size(tf, logProbabilities, 1)));
    }
    Operand<TInt32> k = tf.math.minimum(count, tf.constant((int) size));
    return size < LARGE ? best(tf, allowed, k) : bestOfChunks(tf, allowed, (int) size, k);
  }

  /**
   * Sets the log-probabilities of tokens that are never generated, padding and begin, to negative
   * infinity.
   *
   * @param logProbabilities {@code [N, V]}
   */
  public static Operand<TFloat32> allowed(Ops tf, Operand<TFloat32> logProbabilities) {
    long size = logProbabilities.shape().get(1);
    if (size != Shape.UNKNOWN_SIZE) {
      return tf.nn.biasAdd(logProbabilities, tf.constant(banned(Math.toIntExact(size))));
    }
    Operand<TFloat32> others =
        tf.fill(
            tf.expandDims(
                tf.math.sub(
                    Shapes.size(tf, logProbabilities, 1), tf.constant(Vocabulary.SPECIALS.size())),
                tf.constant(0)),
            tf.constant(0f));
    return tf.math.add(
        logProbabilities,
        tf.concat(
            List.of(tf.constant(banned(Vocabulary.SPECIALS.size())), others), tf.constant(0)));
  }

  private static float[] banned(int size) {
    float[] banned = new float[size];
    banned[Vocabulary.PAD] = Float.NEGATIVE_INFINITY;
    banned[Vocabulary.BEGIN] = Float.NEGATIVE_INFINITY;
    return banned;
  }

  private static BestTokens best(Ops tf, Operand<TFloat32> all, Operand<TInt32> k) {
    TopK<TFloat32, TInt32> best = tf.nn.topK(all, k, TInt32.class);
    return new BestTokens(best.values(), best.indices());
  }

  /**
   * Searches the K chunks with the largest maxima, which contain the K best tokens: TensorFlow's
   * top-k over many values is far slower than computing maxima.
   */
  private static BestTokens bestOfChunks(
      Ops tf, Operand<TFloat32> all, int size, Operand<TInt32> k) {
    int chunks = (size + CHUNK - 1) / CHUNK;
    Operand<TFloat32> padded =
        size == chunks * CHUNK
            ? all
            : tf.pad(
                all,
                tf.constant(new int[][] {{0, 0}, {0, chunks * CHUNK - size}}),
                tf.constant(Float.NEGATIVE_INFINITY));
    Operand<TFloat32> chunked =
        tf.reshape(padded, tf.constant(new int[] {-1, chunks, CHUNK})); // [N, C, 64]
    Operand<TFloat32> maxima = tf.max(chunked, tf.constant(2)); // [N, C]
    Operand<TInt32> few = tf.math.minimum(k, tf.constant(chunks));
    Operand<TInt32> byMaximum = tf.nn.topK(maxima, few, TInt32.class).indices(); // [N, F]
    // sorted by id again, so that the lower id is first among equals
    Operand<TInt32> chosen =
        tf.math.neg(tf.nn.topK(tf.math.neg(byMaximum), few, TInt32.class).values()); // [N, F]
    Operand<TFloat32> kept =
        tf.gather(chunked, chosen, tf.constant(1), Gather.batchDims(1L)); // [N, F, 64]
    Operand<TInt32> rows = Shapes.size(tf, all, 0);
    Operand<TInt32> columns = tf.math.mul(few, tf.constant(CHUNK));
    BestTokens best = best(tf, tf.reshape(kept, tf.stack(List.of(rows, columns))), k);
    Operand<TInt32> chunk =
        tf.gather(
            chosen,
            tf.math.div(best.tokens(), tf.constant(CHUNK)),
            tf.constant(1),
            Gather.batchDims(1L)); // [N, K]
    Operand<TInt32> within = tf.math.mod(best.tokens(), tf.constant(CHUNK));
    return new BestTokens(
        best.values(), tf.math.add(tf.math.mul(chunk, tf.constant(CHUNK)), within));
  }
}
