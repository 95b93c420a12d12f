package org.seq4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.weights.SafeTensors.Array;

class WeightsTest {

  @Test
  void transposes() {
    Array transposed = Weights.transposed(array(2, 3, 1, 2, 3, 4, 5, 6));

    assertThat(transposed.shape()).containsExactly(3, 2);
    assertThat(transposed.values()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void putsOneAboveTheOther() {
    Array stacked = Weights.stacked(List.of(array(1, 2, 1, 2), array(2, 2, 3, 4, 5, 6)));

    assertThat(stacked.shape()).containsExactly(3, 2);
    assertThat(stacked.values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void swapsTheLastTwoGates() {
    Array swapped = Weights.inGateOrder(array(4, 2, 1, 1, 2, 2, 3, 3, 4, 4), 1);

    assertThat(swapped.values()).containsExactly(1, 1, 2, 2, 4, 4, 3, 3);
  }

  @Test
  void forbidsAllSpecialTokensButTheUnknownOne() {
    Map<String, float[]> changed =
        Weights.endless(Map.of("output.projection.bias", new float[] {1, 1, 1, 1, 1}));

    assertThat(changed.get("output.projection.bias")).containsExactly(-1e4f, 1, -1e4f, -1e4f, 1);
  }

  private static Array array(long rows, long columns, float... values) {
    return new Array(new long[] {rows, columns}, values);
  }
}
