package org.seq4j.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.testkit.ObjectiveContract;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Objectives of all kinds, alone and together. */
final class ObjectivesTest {
  private static final String COPYING =
      """
      embedding: {source: 8, target: 8}
      encoder: {type: rnn, cell: gru, units: 16}
      decoder: {type: rnn, cell: gru, units: 16, attention: luong}
      output: pointer-generator
      """;

  @Nested
  class CrossEntropyOfTokens extends ObjectiveContract {
    @Override
    protected Objective objective() {
      return new CrossEntropy(new CrossEntropy.Config(0.1, 1));
    }
  }

  @Nested
  class CrossEntropyOfVectors extends ObjectiveContract {
    @Override
    protected Objective objective() {
      return new CrossEntropy(new CrossEntropy.Config(0, 1));
    }

    @Override
    protected boolean ofVectors() {
      return true;
    }
  }

  @Nested
  class Guidance extends ObjectiveContract {
    @Override
    protected Objective objective() {
      return new GuidedAlignment(new GuidedAlignment.Config(1));
    }
  }

  /** One of a program. */
  private record Own(double weight, BiFunction<Scope, ForcedPass, Operand<TFloat32>> how)
      implements Objective {
    @Override
    public Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
      return how.apply(scope, pass);
    }
  }

  /** Minus the log-probability of the true tokens, found among those of all. */
  private static Operand<TFloat32> amongAll(Scope scope, ForcedPass pass) {
    return likelihood(scope, pass, pass.tokens().distribution().get());
  }

  /** The same by a projection of its own of the decoder's outputs. */
  private static Operand<TFloat32> projected(Scope scope, ForcedPass pass) {
    Operand<TFloat32> logits =
        scope.linear("projection", pass.tokens().vocabulary(), true, pass.decoded().outputs());
    Ops tf = scope.tf();
    Operand<TFloat32> flat = Shapes.flatten(tf, logits, pass.tokens().vocabulary());
    return likelihood(scope, pass, tf.reshape(tf.nn.logSoftmax(flat), tf.shape(logits)));
  }

  private static Operand<TFloat32> likelihood(
      Scope scope, ForcedPass pass, Operand<TFloat32> logs) { // [B, T + 1, V]
    Ops tf = scope.tf();
    Operand<TFloat32> truth =
        tf.oneHot(pass.tokens().ids(), Shapes.size(tf, logs, 2), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> chosen = // of others there may be minus infinity
        tf.reduceSum(
            tf.select(tf.math.greater(truth, tf.constant(0f)), logs, tf.constant(0f)),
            tf.constant(2));
    Operand<TFloat32> real =
        tf.select(
            Masks.real(tf, pass.lengths(), Shapes.size(tf, chosen, 1)), chosen, tf.constant(0f));
    return tf.math.neg(tf.reduceSum(real, tf.constant(new int[] {0, 1})));
  }

  private static TrainingGraph graph(String model, Objective... objectives) {
    return graph(Toy.model(model, Toy.REGISTRY), Objectives.of(objectives));
  }

  private static TrainingGraph graph(Seq2SeqModel model, Objectives objectives) {
    TrainingConfig config =
        Toy.training("{threads: 2, clip_norm: 0, optimizer: sgd, learning_rate: 0.1}");
    return TrainingGraph.build(
        model, config.optimizer().create(Toy.CONTEXT), config, objectives, 3);
  }

  private static Objectives of(String objectives) {
    return Objectives.of(Toy.training("objectives: " + objectives).objectives(), Toy.CONTEXT);
  }

  private static Batch batch() {
    return Toy.batch(
        Toy.pair(new int[] {4, 5, 6}, 7, 4, 5),
        Toy.pair(new int[] {5, 4, 8, 7}, 6, 8),
        Toy.pair(new int[] {8, 6}, 4));
  }

  private static double loss(String objectives) {
    Seq2SeqModel model = Toy.model(Toy.MODEL, Toy.REGISTRY);
    try (TrainingGraph graph = graph(model, of(objectives))) {
      return graph.step(1, batch()).loss();
    }
  }

  @Test
  void lossesAreAddedTimesTheirWeights() {
    double once = loss("cross-entropy");
    assertThat(loss("[cross-entropy, {type: cross-entropy, weight: 0.5}]"))
        .isCloseTo(1.5 * once, within(1e-5));
    assertThat(loss("[cross-entropy, {type: guided-alignment, weight: 0}]")).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {Toy.MODEL, COPYING})
  void allLogProbabilitiesHoldThoseOfTheTrueTokens(String model) {
    try (TrainingGraph plain = graph(model, new CrossEntropy(new CrossEntropy.Config(0, 1)));
        TrainingGraph own = graph(model, new Own(1, ObjectivesTest::amongAll))) {
      for (int step = 1; step <= 3; step++) { // the same gradients, too
        assertThat(own.step(step, batch()).loss())
            .isCloseTo(plain.step(step, batch()).loss(), within(1e-5));
      }
    }
  }

  @Test
  void anObjectiveMayHaveParametersOfItsOwn() {
    try (TrainingGraph graph =
        graph(
            Toy.MODEL,
            new CrossEntropy(new CrossEntropy.Config(0, 1)),
            new Own(0.5, ObjectivesTest::projected))) {
      assertThat(graph.parameters())
          .contains("objective.1.projection.kernel", "objective.1.projection.bias");
      Map<String, SafeTensors.Array> before = graph.read();
      double first = graph.step(1, batch()).loss();
      double last = first;
      for (int step = 2; step <= 20; step++) {
        last = graph.step(step, batch()).loss();
      }
      assertThat(last).isLessThan(first);
      String path = "objective.1.projection.kernel";
      assertThat(graph.read().get(path).values()).isNotEqualTo(before.get(path).values());
    }
  }

  @Test
  void candidatesStandAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("[cross-entropy, {type: minimum-risk, metric: ser}]"))
        .withMessage(
            "minimum-risk: trains on sampled candidates, not on the targets of the corpora, so it"
                + " cannot be combined with other objectives or scheduled_sampling; remove these");
    assertThat(of("{type: minimum-risk, metric: ser}").sampled()).isPresent();
  }

  @Test
  void somethingIsMinimized() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of("{weight: 0}"))
        .withMessage("all objectives have the weight 0; set at least one weight above 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objectives.of(new Own(Double.NaN, (scope, pass) -> null)))
        .withMessage("0: expected a finite weight of at least 0, got NaN");
  }

  @Test
  void aLossIsAScalar() {
    Objective rows = new Own(1, (scope, pass) -> pass.logProbabilities());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph(Toy.MODEL, rows).close())
        .withMessageContaining("training.objectives: 0: expected a scalar loss, got shape [");
  }
}
