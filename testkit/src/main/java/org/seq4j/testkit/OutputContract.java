package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.CopyingOutput;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.model.VectorOutput;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Contract of output layers of each type: gradients, shapes, probabilities that sum to one, and
 * independence of the rows; of one with a state also the contract of {@link StatefulOutputChecks}.
 * A test extends it and implements {@link #output()}.
 */
public abstract class OutputContract {
  private static final int ROWS = 3;
  static final int VOCABULARY = 6;
  private static final int POSITIONS = 4; // of the source
  static final long DEPTH = 5;

  private OutputLayer made;

  /** Returns the output layer under test. */
  protected abstract OutputLayer output();

  /** Returns the layer, made once for all graphs of a test, as in training. */
  private OutputLayer made() {
    made = made == null ? output() : made;
    return made;
  }

  @Test
  public void gradientsAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Operand<TFloat32> result = of(trial, trial.scope(), features(trial), all());
      trial.checkGradients(
          made() instanceof CopyingOutput // a logarithm of 0 where nothing can be copied
              ? List.of(trial.tf().math.exp(result))
              : List.of(result));
    }
  }

  @Test
  public void shapesAreAsTheInterfaceSays() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> result = of(trial, trial.scope(), features(trial), all());
      trial.randomise();
      trial.checkShape("the result, [N, V], [N, V + S] or [N, depth]", result, ROWS, size());
    }
  }

  @Test
  public void probabilitiesSumToOne() {
    if (made() instanceof VectorOutput) {
      return;
    }
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> result = of(trial, trial.scope(), features(trial), all());
      trial.randomise();
      float[] logs = trial.values(result);
      for (int row = 0; row < ROWS; row++) {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
          sum += Math.exp(logs[row * size() + i]);
        }
        assertThat(sum)
            .as("the sum of the probabilities of a row: return logarithms of a distribution")
            .isCloseTo(1, within(1e-4));
      }
    }
  }

  @Test
  public void eachRowIsComputedAsIfAlone() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> features = features(trial);
      Operand<TFloat32> together = of(trial, trial.scope(), features, all());
      List<Operand<TFloat32>> alone =
          List.of(0, 1, 2).stream()
              .map(row -> of(trial, trial.scope(), trial.rows(features, row), new int[] {row}))
              .toList();
      trial.randomise();
      for (int row = 0; row < ROWS; row++) {
        trial.checkEqual(
            "the result in a batch and alone: no result may depend on other rows",
            List.of(trial.tf().math.exp(trial.rows(together, row))),
            List.of(trial.tf().math.exp(alone.get(row))));
      }
    }
  }

  @Test
  public void isBuiltIntoSeveralGraphsWithTheSameParameters() {
    try (GraphFixture training = new GraphFixture(true);
        GraphFixture inference = new GraphFixture(false)) {
      GraphFixture.built(() -> of(training, training.scope(), features(training), all()));
      GraphFixture.built(() -> of(inference, inference.scope(), features(inference), all()));
      assertThat(inference.parameters())
          .as("the parameters at inference, which must be those of training")
          .containsExactlyInAnyOrderElementsOf(training.parameters());
    }
  }

  @Test
  public void allStepsEqualSingleSteps() {
    if (made() instanceof TokenOutput.Stateful stateful) {
      StatefulOutputChecks.allStepsEqualSingleSteps(stateful);
    }
  }

  @Test
  public void eachTargetIsPredictedAsIfAloneAndWithoutPadding() {
    if (made() instanceof TokenOutput.Stateful stateful) {
      StatefulOutputChecks.aloneAndPadded(stateful);
    }
  }

  @Test
  public void hypothesesKnowOnlyTheirOwnPast() {
    if (made() instanceof TokenOutput.Stateful stateful) {
      StatefulOutputChecks.hypothesesKnowOnlyTheirOwnPast(stateful);
    }
  }

  @Test
  public void emptySourcesGiveNumbers() {
    if (made() instanceof TokenOutput.Stateful stateful) {
      StatefulOutputChecks.emptySourcesGiveNumbers(stateful);
    }
  }

  private static int[] all() {
    return new int[] {0, 1, 2};
  }

  private static Operand<TFloat32> features(GraphFixture trial) {
    return trial.sample("features", ROWS, DEPTH);
  }

  private int size() {
    return made() instanceof CopyingOutput ? VOCABULARY + POSITIONS : VOCABULARY;
  }

  private Operand<TFloat32> of(
      GraphFixture trial, Scope scope, Operand<TFloat32> features, int[] rows) {
    TokenOutput.Tokens tokens = new TokenOutput.Tokens(VOCABULARY, Optional.empty());
    if (made() instanceof TokenOutput ofTokens) {
      return ofTokens.logProbabilities(scope, features, tokens);
    }
    if (made() instanceof CopyingOutput copying) {
      float[][] weights = {{0.5f, 0.5f, 0, 0}, {1, 0, 0, 0}, {0.1f, 0.2f, 0.3f, 0.4f}};
      int[][] ids = {{4, VOCABULARY + 1, 0, 0}, {VOCABULARY, 0, 0, 0}, {4, 5, 4, VOCABULARY + 3}};
      float[][] someWeights = new float[rows.length][];
      int[][] someIds = new int[rows.length][];
      for (int i = 0; i < rows.length; i++) {
        someWeights[i] = weights[rows[i]];
        someIds[i] = ids[rows[i]];
      }
      return copying.logProbabilities(
          scope,
          features,
          new CopyingOutput.Source(trial.tf().constant(someWeights), trial.tf().constant(someIds)),
          tokens);
    }
    if (made() instanceof TokenOutput.Stateful stateful) {
      return StatefulOutputChecks.someStep(stateful, trial, scope, features, rows);
    }
    return ((VectorOutput) made()).vectors(scope, features, VOCABULARY);
  }
}
