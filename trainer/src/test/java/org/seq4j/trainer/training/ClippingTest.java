package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
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
  void whatIsNoNumberShowsInTheNorm() {
    assertThat(clip(1, 3, Float.NaN, 12)[0]).isNaN();
    assertThat(clip(1, 3, Float.POSITIVE_INFINITY, 12)[0]).isInfinite();
  }

  /** The norm, then the values after clipping of two gradients, [x, y] and [z]. */
  private static float[] clip(double limit, float x, float y, float z) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> first = tf.constant(new float[] {x, y});
      Operand<TFloat32> second = tf.constant(new float[] {z});
      Clipping clipping = Clipping.of(tf, List.of(first, second), limit);
      try (Result result =
          session
              .runner()
              .fetch(clipping.norm())
              .fetch(clipping.gradients().get(0))
              .fetch(clipping.gradients().get(1))
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
}
