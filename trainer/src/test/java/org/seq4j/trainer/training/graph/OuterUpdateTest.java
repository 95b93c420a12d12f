package org.seq4j.trainer.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.graph.Parameters;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.config.OuterConfig;

/** The update against numbers that were computed by hand from the equations. */
final class OuterUpdateTest {
  @Test
  void momentumRepeatsEarlierChanges() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam")) {
      String path = graph.parameters().get(0);
      String slot =
          graph.read().keySet().stream().filter(Parameters::isSlot).findFirst().orElseThrow();
      OuterUpdate update = new OuterUpdate(Optional.of(new OuterConfig(0.5, 0.8)), graph);

      Map<String, SafeTensors.Array> first = update.after(all(graph, 1f), all(graph, 2f));
      // x - y = -1, m = -1, x = 1 - 0.5 (-1 + 0.8 * -1)
      assertThat(first.get(path).values()[0]).isCloseTo(1.9f, within(1e-6f));
      assertThat(first.get(slot).values()[0]).isEqualTo(2f);

      Map<String, SafeTensors.Array> second = update.after(all(graph, 2f), all(graph, 2f));
      // x - y = 0, m = -0.8, x = 2 - 0.5 (0.8 * -0.8)
      assertThat(second.get(path).values()[0]).isCloseTo(2.32f, within(1e-6f));
    }
  }

  @Test
  void withoutAConfigTheMeanIsUsed() {
    try (TrainingGraph graph = Toy.graph("optimizer: adam")) {
      Map<String, SafeTensors.Array> mean = all(graph, 2f);
      assertThat(new OuterUpdate(Optional.empty(), graph).after(all(graph, 1f), mean))
          .isEqualTo(mean);
    }
  }

  private static Map<String, SafeTensors.Array> all(TrainingGraph graph, float value) {
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
    graph
        .read()
        .forEach(
            (path, array) -> {
              float[] values = new float[array.values().length];
              Arrays.fill(values, value);
              arrays.put(path, new SafeTensors.Array(array.shape(), values));
            });
    return arrays;
  }
}
