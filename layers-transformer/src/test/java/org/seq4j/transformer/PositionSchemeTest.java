package org.seq4j.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Scope;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Schemes of positions against the formulas of their papers. */
class PositionSchemeTest {
  private static final int SIZE = 6;

  /** Scores of queries and keys, both moved by some positions. */
  private static Operand<TFloat32> rotated(
      Ops tf, Operand<TFloat32> queries, Operand<TFloat32> keys, int by) {
    Operand<TInt32> positions = tf.constant(new int[] {by, by + 1, by + 2, by + 3});
    Rotation rotation = new PositionScheme.Rotary(SIZE).rotation(tf, positions).orElseThrow();
    return tf.train.batchMatMul(
        rotation.apply(tf, queries),
        rotation.apply(tf, keys),
        TFloat32.class,
        BatchMatMul.adjY(true));
  }

  @Test
  void scoresOfRotatedVectorsDependOnDistancesOnly() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Ops tf = trial.tf();
      Operand<TFloat32> queries = trial.sample("queries", 2, 1, 4, SIZE);
      Operand<TFloat32> keys = trial.sample("keys", 2, 1, 4, SIZE);
      Operand<TFloat32> plain =
          tf.train.batchMatMul(queries, keys, TFloat32.class, BatchMatMul.adjY(true));
      List<Operand<TFloat32>> scores =
          List.of(rotated(tf, queries, keys, 0), rotated(tf, queries, keys, 17), plain);
      trial.randomise();
      List<float[]> values = trial.values(scores);
      assertThat(values.get(1)).containsExactly(values.get(0), Offset.offset(1e-5f));
      assertThat(values.get(0)[1])
          .as("a score of two positions, which rotations change")
          .isNotCloseTo(values.get(2)[1], Offset.offset(1e-3f));
    }
  }

  /** Vaswani et al. 2017, section 3.5; sines first. */
  @Test
  void sinesAndCosinesAreThoseOfThePaper() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Scope scope = trial.scope();
      Operand<TFloat32> x = trial.sample("x", 1, 2, SIZE);
      Operand<TInt32> positions = trial.tf().constant(new int[] {0, 9});
      Operand<TFloat32> vectors =
          trial.tf().math.sub(new PositionScheme.Sinusoidal(SIZE).embed(scope, x, positions), x);
      trial.randomise();
      float[] expected = new float[2 * SIZE];
      for (int i = 0; i < SIZE / 2; i++) {
        double angle = 9 / Math.pow(10000, 2.0 * i / SIZE);
        expected[SIZE / 2 + i] = 1;
        expected[SIZE + i] = (float) Math.sin(angle);
        expected[SIZE + SIZE / 2 + i] = (float) Math.cos(angle);
      }
      assertThat(trial.values(vectors)).containsExactly(expected, Offset.offset(1e-5f));
    }
  }

  private static final int[] OFFSETS = {
    -200, -128, -100, -64, -40, -20, -16, -15, -9, -8, -7, -1, 0, 1, 7, 8, 11, 20, 64, 127, 500
  };

  /** The numbers are those of _relative_position_bucket in Hugging Face's T5. */
  @Test
  void rangesOfDistancesAreThoseOfT5() {
    assertThat(ranges(false))
        .containsExactly(
            15, 15, 15, 14, 12, 10, 10, 9, 8, 8, 7, 1, 0, 17, 23, 24, 24, 26, 30, 31, 31);
    assertThat(ranges(true))
        .containsExactly(31, 31, 30, 26, 23, 17, 16, 15, 9, 8, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  private static int[] ranges(boolean causal) {
    DistanceBias bias = new DistanceBias(DistanceBias.MAX_DISTANCE, 2, 4, causal);
    return Arrays.stream(OFFSETS).map(bias::range).toArray();
  }
}
