package org.seq4j.trainer.training.graph;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * The statistics of the training data that an encoder needs as parameters, see {@link
 * Encoder#counted}. Sums are computed with 64 bits.
 *
 * @param input placeholders of sources
 * @param sum of the vectors of a batch, {@code [D]}
 * @param squares sum of their squares, {@code [D]}
 * @param count number of vectors, a scalar
 */
record SourceStatistics(
    ModelGraph graph,
    SequenceInput input,
    Operand<TFloat64> sum,
    Operand<TFloat64> squares,
    Operand<TInt32> count) {
  private static final int BATCH = 16;
  private static final double SMALLEST_VARIANCE = 1e-5;

  /** Adds the ops; empty if the encoder needs no statistics. */
  static Optional<SourceStatistics> of(ModelGraph graph, Seq2SeqModel model, SequenceInput input) {
    Scope scope = graph.scope(false);
    return model
        .counted(scope, input.batch())
        .map(counted -> of(graph, scope.tf(), input, counted));
  }

  private static SourceStatistics of(
      ModelGraph graph, Ops tf, SequenceInput input, Sequence counted) {
    Operand<TFloat64> values =
        tf.dtypes.cast(Masks.zeroPadding(tf, counted.values(), counted.lengths()), TFloat64.class);
    Operand<TInt32> axes = tf.constant(new int[] {0, 1});
    return new SourceStatistics(
        graph,
        input,
        tf.reduceSum(values, axes),
        tf.reduceSum(tf.math.square(values), axes),
        tf.reduceSum(counted.lengths(), tf.constant(0)));
  }

  /** The paths of the parameters. */
  static Set<String> paths() {
    return Set.of(Seq2SeqModel.ofEncoder(Encoder.MEAN), Seq2SeqModel.ofEncoder(Encoder.SCALE));
  }

  /** Counts the sources of an epoch, and sets the parameters. */
  void count(Iterator<List<EncodedPair>> pieces) {
    double[] sums = new double[0];
    double[] ofSquares = sums;
    long all = 0;
    while (pieces.hasNext()) {
      List<EncodedPair> piece = pieces.next();
      for (int from = 0; from < piece.size(); from += BATCH) {
        List<SequenceData> some =
            piece.subList(from, Math.min(piece.size(), from + BATCH)).stream()
                .map(EncodedPair::source)
                .toList();
        try (SequenceInput.Feed feed = input.feed(PaddedBatch.of(some));
            Result result =
                feed.to(graph.session().runner()).fetch(sum).fetch(squares).fetch(count).run()) {
          sums = added(sums, (TFloat64) result.get(0));
          ofSquares = added(ofSquares, (TFloat64) result.get(1));
          all += ((TInt32) result.get(2)).getInt();
        }
      }
    }
    if (all > 0) {
      assign(sums, ofSquares, all);
    }
  }

  private static double[] added(double[] sums, TFloat64 more) {
    double[] added = Arrays.copyOf(sums, (int) more.size());
    for (int i = 0; i < added.length; i++) {
      added[i] += more.getDouble(i);
    }
    return added;
  }

  private void assign(double[] sums, double[] ofSquares, long all) {
    float[] means = new float[sums.length];
    float[] scales = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      double mean = sums[i] / all;
      double variance = Math.max(0, ofSquares[i] / all - mean * mean);
      means[i] = (float) mean;
      scales[i] = (float) (1 / Math.sqrt(variance + SMALLEST_VARIANCE));
    }
    graph.assign(
        Map.of(
            Seq2SeqModel.ofEncoder(Encoder.MEAN),
            means,
            Seq2SeqModel.ofEncoder(Encoder.SCALE),
            scales));
  }
}
