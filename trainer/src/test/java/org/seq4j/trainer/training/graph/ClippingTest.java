package org.seq4j.trainer.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.graph.ParameterGradient;
import org.seq4j.runtime.graph.function.GraphOps;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

final class ClippingTest {

  @Test
  void gradientsAboveTheLimitAreScaledDownTogether() {
    float[] clipped = clip(2, 3, 4, 12); // a norm of 13
    assertThat(clipped[0]).isCloseTo(13, within(1e-5f));
    assertThat(clipped[1]).isCloseTo(3 * 2 / 13f, within(1e-6f));
    assertThat(clipped[2]).isCloseTo(4 * 2 / 13f, within(1e-6f));
    assertThat(clipped[3]).isCloseTo(12 * 2 / 13f, within(1e-6f));
  }

  @Test
  void gradientsBelowTheLimitStay() {
    assertThat(clip(20, 3, 4, 12)).containsExactly(13, 3, 4, 12);
  }

  @Test
  void aLimitOfZeroIsNone() {
    assertThat(clip(0, 3, 4, 12)).containsExactly(13, 3, 4, 12);
  }

  @Test
  void eachNumberIsCutBeforeTheNormIsLookedAt() {
    assertThat(clip(4, 0, 3, -5, 12))
        .containsExactly(new float[] {13.341664f, 3, -4, 4}, within(1e-5f));
    float[] both = clip(4, 2, 3, -5, 12); // [3, -4, 4] has a norm of the root of 41
    assertThat(both[1]).isCloseTo((float) (3 * 2 / Math.sqrt(41)), within(1e-6f));
    assertThat(both[3]).isCloseTo((float) (4 * 2 / Math.sqrt(41)), within(1e-6f));
    assertThat(clip(4, 2, Float.POSITIVE_INFINITY, 1, 1)[0]).isInfinite();
    assertThat(clip(4, 2, Float.NaN, 1, 1)[0]).isNaN();
  }

  @Test
  void whatIsNoNumberShowsInTheNorm() {
    assertThat(clip(1, 3, Float.NaN, 12)[0]).isNaN();
    assertThat(clip(1, 3, Float.POSITIVE_INFINITY, 12)[0]).isInfinite();
  }

  /** The norm, then the values after clipping of two gradients, [x, y] and [z]. */
  private static float[] clip(double limit, float x, float y, float z) {
    return clip(0, limit, x, y, z);
  }

  private static float[] clip(double value, double limit, float x, float y, float z) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = GraphOps.of(graph);
      Operand<TFloat32> first = tf.constant(new float[] {x, y});
      Operand<TFloat32> second = tf.constant(new float[] {z});
      Clipping clipping = Clipping.of(tf, List.of(gradient(first), gradient(second)), value, limit);
      try (Result result =
          session
              .runner()
              .fetch(clipping.norm())
              .fetch(clipping.gradients().get(0).values())
              .fetch(clipping.gradients().get(1).values())
              .run()) {
        TFloat32 pair = (TFloat32) result.get(1);
        return new float[] {
          ((TFloat32) result.get(0)).getFloat(),
          pair.getFloat(0),
          pair.getFloat(1),
          ((TFloat32) result.get(2)).getFloat(0)
        };
      }
    }
  }

  private static ParameterGradient gradient(Operand<TFloat32> values) {
    return new ParameterGradient("x", values, Optional.empty());
  }
}
