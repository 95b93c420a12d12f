package org.seq4j.runtime.model;

import java.util.List;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Where attention is to look in training: Chen et al. 2016, "Guided alignment training for
 * topic-aware neural machine translation", equation 4, with cross-entropy. A target position
 * without a link is left to itself.
 *
 * @param links {@code [N, 3]}: a row of the batch, a position of its target and one of its source,
 *     each from 0
 * @param shares how much of the attention there belongs to the link, {@code [N]}; of a target
 *     position they sum to 1
 * @param weight how many times it is added to the loss of the tokens
 */
public record GuidedAlignment(
    Operand<TInt32> links, Operand<TFloat32> shares, Operand<TFloat32> weight) {
  private static final float LEAST = 1e-6f; // so that the logarithm of nothing is a number

  /** Of the rows of a part, see {@link SequenceBatch#part}. */
  GuidedAlignment part(Ops tf, int part, int parts) {
    Operand<TInt32> rows = column(tf, 0);
    Operand<TInt32> ofPart = tf.constant(part);
    Operand<TInt32> count = tf.constant(parts);
    Operand<TBool> here = tf.math.equal(tf.math.floorMod(rows, count), ofPart);
    Operand<TInt32> kept =
        tf.dtypes.cast(tf.reshape(tf.where(here), tf.constant(new int[] {-1})), TInt32.class);
    Operand<TInt32> renumbered =
        tf.stack(
            List.of(tf.math.floorDiv(rows, count), column(tf, 1), column(tf, 2)), Stack.axis(1L));
    return new GuidedAlignment(
        tf.gather(renumbered, kept, tf.constant(0)),
        tf.gather(shares, kept, tf.constant(0)),
        weight);
  }

  private Operand<TInt32> column(Ops tf, int column) {
    return tf.gather(links, tf.constant(column), tf.constant(1)); // [N]
  }

  /**
   * What it adds to the loss, a scalar. Where a position that attention looks at stands for several
   * of the source, a link to any of them is one to it.
   *
   * @throws IllegalArgumentException if the decoder has no attention
   */
  Operand<TFloat32> loss(Ops tf, Seq2SeqModel.Scored scored) {
    Operand<TFloat32> attention =
        scored
            .decoded()
            .weights()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "training.guided_alignment: needs a decoder with attention"));
    Operand<TInt32> places =
        tf.math.floorDiv(links, tf.constant(new int[] {1, 1, scored.memory().stride()}));
    Operand<TFloat32> found =
        tf.math.log(tf.math.add(tf.gatherNd(attention, places), tf.constant(LEAST))); // [N]
    Operand<TFloat32> sum = tf.reduceSum(tf.math.mul(shares, found), tf.constant(0));
    return tf.math.neg(tf.math.mul(weight, sum));
  }
}
