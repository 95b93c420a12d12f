package org.seq4j.trainer.training.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.training.Toy;

/** Losses of the model's components that begin late. */
final class AdditionalLossesTest {
  private static final String MODEL =
      """
      embedding: {source: 8, target: 8}
      encoder: {type: rnn, cell: gru, units: 8}
      decoder: {type: rnn, cell: gru, units: 8, attention: {type: coverage, loss_weight: %s}}
      """;

  private static final Batch BATCH =
      Toy.batch(Toy.pair(new int[] {4, 5, 6}, 7, 4, 5), Toy.pair(new int[] {8, 6}, 4, 7, 6, 5, 8));

  private static TrainingGraph graph(int weight, String more) {
    return Toy.graph(
        Toy.model(MODEL.formatted(weight), Toy.REGISTRY),
        "optimizer: sgd, learning_rate: 1, clip_norm: 0" + more);
  }

  private static double[] lossAndNorm(TrainingGraph graph, double additional) {
    TrainingGraph.Step step = graph.step(1, BATCH, new StepSettings(0, 1, additional));
    return new double[] {step.loss(), step.gradientNorm()};
  }

  @Test
  void untilTheirFirstStepTheyCountForNothing() {
    try (TrainingGraph without = graph(0, "");
        TrainingGraph with = graph(1, "");
        TrainingGraph late = graph(1, ", additional_losses_from: 3")) {
      double[] plain = lossAndNorm(without, 1);
      double[] both = lossAndNorm(with, 1);
      assertThat(both[0]).isGreaterThan(plain[0] + 0.1);
      assertThat(lossAndNorm(late, 0)).containsExactly(plain, within(1e-6));
      assertThat(lossAndNorm(late, 1)).containsExactly(both, within(1e-6));
    }
  }
}
