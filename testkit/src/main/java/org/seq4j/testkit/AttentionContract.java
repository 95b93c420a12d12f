package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.model.StatelessAttention;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Contract of attention mechanisms: gradients, shapes, weights, padding, independence of the rows
 * of a batch, and equal results in training and search. A test extends it and implements {@link
 * #attention()}.
 */
public abstract class AttentionContract {
  private static final String MORE_PADDING =
      "results with more padding, filled with garbage: values beyond a sequence's length must have"
          + " no effect; mask by the lengths, see Masks";
  private static final String ALONE =
      "results in a batch and alone: no result may depend on other rows of the batch; row ";
  private static final String HYPOTHESIS =
      "results of several hypotheses of a source and of one: each must depend only on its own"
          + " prefix; states have B·K rows, prepared tensors have B; hypothesis ";
  static final int[] LENGTHS = {4, 2, 3};
  private static final int LONGEST = 4;
  static final int QUERIES = 3;

  /** Returns the mechanism under test. */
  protected abstract AttentionMechanism attention();

  private AttentionMechanism made;

  /** Returns the mechanism, made once for all graphs of a test, as in training. */
  private AttentionMechanism made() {
    made = made == null ? attention() : made;
    return made;
  }

  private StatefulAttention stepped() {
    return StatefulAttention.of(made());
  }

  /** The sum of the weights that a query gives to the positions of a source that is not empty. */
  public enum WeightSum {
    /** 1: a distribution. */
    ONE,
    /** Between 0 and 1: a query may attend to nothing. */
    AT_MOST_ONE,
    /** Any number; the weights may exceed 1, as in Graves 2013. */
    ANY
  }

  /** Returns what the sum of the weights must be. */
  protected WeightSum weightSum() {
    return WeightSum.ONE;
  }

  /** Returns the depth of the memory. */
  protected long memoryDepth() {
    return 4;
  }

  /** Returns the depth of the queries. */
  protected long queryDepth() {
    return 3;
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      trial.checkGradients(oneByOne(trial, memory(trial), queries(trial)));
    }
  }

  @Test
  void gradientsOfQueriesAtOnceAgreeWithFiniteDifferences() {
    if (!(made() instanceof StatelessAttention)) {
      return;
    }
    try (GraphFixture trial = new GraphFixture(true)) {
      trial.checkGradients(atOnce(trial, memory(trial), queries(trial)));
    }
  }

  @Test
  void gradientsInALoopAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      trial.checkGradients(inALoop(trial, memory(trial), queries(trial)));
    }
  }

  @Test
  void queriesInALoopEqualOneByOne() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Memory memory = memory(trial);
      Operand<TFloat32> queries = queries(trial);
      List<Operand<TFloat32>> inALoop = inALoop(trial, memory, queries);
      List<Operand<TFloat32>> oneByOne = oneByOne(trial, memory, queries);
      trial.randomise();
      trial.checkEqual("results in the loop of a decoder, and query by query", inALoop, oneByOne);
    }
  }

  @Test
  void queriesAtOnceEqualOneByOne() {
    if (!(made() instanceof StatelessAttention)) {
      return;
    }
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory = memory(trial);
      Operand<TFloat32> queries = queries(trial);
      List<Operand<TFloat32>> atOnce = atOnce(trial, memory, queries);
      List<Operand<TFloat32>> oneByOne = oneByOne(trial, memory, queries);
      trial.randomise();
      trial.checkEqual(
          "results of all queries at once, and query by query: the queries of a"
              + " StatelessAttention must not depend on one another",
          atOnce,
          oneByOne);
    }
  }

  @Test
  void inferenceHasTheParametersOfTraining() {
    try (GraphFixture training = new GraphFixture(true);
        GraphFixture inference = new GraphFixture(false)) {
      oneByOne(training, memory(training), queries(training));
      oneByOne(inference, memory(inference), queries(inference));
      assertThat(inference.parameters())
          .as("the parameters at inference, which must be those of training")
          .isEqualTo(training.parameters());
    }
  }

  @Test
  void shapesAreAsTheInterfaceSays() {
    try (GraphFixture trial = new GraphFixture(true)) {
      List<Operand<TFloat32>> results = oneByOne(trial, memory(trial), queries(trial));
      trial.randomise();
      long depth = results.get(0).shape().get(-1);
      assertThat(depth).as("the depth of the context, which the graph must know").isPositive();
      trial.checkShape("the context, [B, Q, D]", results.get(0), LENGTHS.length, QUERIES, depth);
      trial.checkShape("the weights, [B, Q, S]", results.get(1), LENGTHS.length, QUERIES, LONGEST);
    }
  }

  @Test
  void inferenceGivesTheSameAgain() {
    try (GraphFixture trial = new GraphFixture(false)) {
      List<Operand<TFloat32>> results = oneByOne(trial, memory(trial), queries(trial));
      trial.randomise();
      trial.checkTheSameAgain(results);
    }
  }

  @Test
  void hypothesesKnowOnlyTheirOwnPast() {
    int[] parents = {2, 0, 0, 4, 5, 3, 6, 8, 7}; // of three hypotheses for each of three sources
    try (GraphFixture trial = new GraphFixture(false)) {
      Scope scope = trial.scope();
      NamedTensors prepared = made().prepare(scope, memory(trial), queryDepth());
      NamedTensors initial = stepped().initialState(scope, prepared);
      Operand<TFloat32> first = trial.sample("first", 9, queryDepth());
      Operand<TFloat32> second = trial.sample("second", 9, queryDepth());
      NamedTensors repeated = initial.map(x -> trial.rows(x, 0, 0, 0, 1, 1, 1, 2, 2, 2));
      StatefulAttention.Step one = attend(trial, prepared, first, 0, repeated);
      NamedTensors chosen = one.state().map(x -> trial.rows(x, parents));
      List<Operand<TFloat32>> two =
          results(trial, attend(trial, prepared, second, 1, chosen).output());
      List<List<Operand<TFloat32>>> together = new ArrayList<>();
      List<List<Operand<TFloat32>>> alone = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        int[] rows = {k, 3 + k, 6 + k};
        int[] before = IntStream.of(rows).map(row -> parents[row]).toArray();
        StatefulAttention.Step oneOf =
            attend(trial, prepared, trial.rows(first, before), 0, initial);
        StatefulAttention.Step twoOf =
            attend(trial, prepared, trial.rows(second, rows), 1, oneOf.state());
        int of = k;
        together.add(two.stream().map(x -> trial.position(x, of)).toList());
        alone.add(results(trial, twoOf.output()));
      }
      trial.randomise();
      for (int k = 0; k < 3; k++) {
        trial.checkEqual(HYPOTHESIS + k, together.get(k), alone.get(k));
      }
    }
  }

  /** Attends with a query for each hypothesis, {@code [B·K, D]}. */
  private StatefulAttention.Step attend(
      GraphFixture trial,
      NamedTensors prepared,
      Operand<TFloat32> queries,
      int position,
      NamedTensors state) {
    Operand<TFloat32> perSource =
        Shapes.queries(trial.tf(), queries, prepared.operands().get(0)); // [B, K, D]
    return stepped()
        .attend(trial.scope(), prepared, perSource, trial.tf().constant(position), state);
  }

  @Test
  void weightsAreOfRealPositionsAndSumAsSaid() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory = memory(trial);
      List<Operand<TFloat32>> results = oneByOne(trial, trial.padded(memory), queries(trial));
      trial.randomise();
      float[] weights = trial.values(results.get(1)); // [B, Q, S + 2]
      for (int row = 0; row < LENGTHS.length; row++) {
        for (int query = 0; query < QUERIES; query++) {
          int from = (row * QUERIES + query) * (LONGEST + 2);
          checkWeights(Arrays.copyOfRange(weights, from, from + LONGEST + 2), LENGTHS[row]);
        }
      }
    }
  }

  private void checkWeights(float[] weights, int length) {
    double sum = 0;
    for (int s = 0; s < weights.length; s++) {
      assertThat(weights[s]).as("an attention weight, which must not be negative").isNotNegative();
      if (s >= length) {
        assertThat(weights[s])
            .as("the weight of padding: scores must be masked by the lengths, see Masks.softmax")
            .isZero();
      }
      sum += weights[s];
    }
    String what =
        "the sum of the weights of a query: normalize them, or return another WeightSum from"
            + " weightSum() if the mechanism is defined so";
    switch (weightSum()) {
      case ONE -> assertThat(sum).as(what).isCloseTo(1, Offset.offset(1e-5));
      case AT_MOST_ONE -> assertThat(sum).as(what).isBetween(0.0, 1 + 1e-5);
      case ANY -> assertThat(sum).as("the sum of the weights of a query").isFinite();
    }
  }

  @Test
  void isBuiltIntoSeveralGraphs() {
    for (boolean training : new boolean[] {true, false}) {
      try (GraphFixture trial = new GraphFixture(training)) {
        Memory memory = memory(trial);
        Operand<TFloat32> queries = queries(trial);
        GraphFixture.built(() -> inALoop(trial, memory, queries));
      }
    }
  }

  @Test
  void paddingChangesNothing() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory = memory(trial);
      Operand<TFloat32> queries = queries(trial);
      List<Operand<TFloat32>> expected = oneByOne(trial, memory, queries);
      List<Operand<TFloat32>> padded =
          new ArrayList<>(oneByOne(trial, trial.padded(memory), queries));
      padded.set(1, trial.asWide(padded.get(1), memory.sequence().values()));
      trial.randomise();
      trial.checkEqual(MORE_PADDING, padded, expected);
    }
  }

  @Test
  void eachSourceIsReadAsIfAlone() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory = memory(trial);
      Operand<TFloat32> queries = queries(trial);
      List<Operand<TFloat32>> together = oneByOne(trial, memory, queries);
      List<List<Operand<TFloat32>>> rows = new ArrayList<>();
      List<List<Operand<TFloat32>>> alone = new ArrayList<>();
      for (int row = 0; row < LENGTHS.length; row++) {
        int r = row;
        Memory memoryOf = trial.alone(memory, row, LENGTHS[row]);
        List<Operand<TFloat32>> rowOfAll =
            new ArrayList<>(together.stream().map(x -> trial.rows(x, r)).toList());
        rowOfAll.set(1, trial.asWide(rowOfAll.get(1), memoryOf.sequence().values()));
        rows.add(rowOfAll);
        alone.add(oneByOne(trial, memoryOf, trial.rows(queries, row)));
      }
      trial.randomise();
      for (int row = 0; row < LENGTHS.length; row++) {
        trial.checkEqual(ALONE + row, rows.get(row), alone.get(row));
      }
    }
  }

  @Test
  void emptySourcesGetNoWeightAndGiveNumbers() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> queries = trial.sample("queries", 2, QUERIES, queryDepth());
      List<Operand<TFloat32>> some =
          oneByOne(trial, trial.memory("some", memoryDepth(), Map.of(), 2, 0), queries);
      List<Operand<TFloat32>> all =
          oneByOne(trial, trial.memory("all", memoryDepth(), Map.of(), 0, 0), queries);
      trial.randomise();
      trial.checkFinite(some);
      trial.checkFinite(all);
      for (float weight : trial.values(trial.rows(some.get(1), 1))) {
        assertThat(weight).isZero();
      }
    }
  }

  private Memory memory(GraphFixture trial) {
    return trial.memory(memoryDepth(), Map.of(), LENGTHS);
  }

  private Operand<TFloat32> queries(GraphFixture trial) {
    return trial.sample("queries", LENGTHS.length, QUERIES, queryDepth()); // [B, Q, D]
  }

  private List<Operand<TFloat32>> atOnce(
      GraphFixture trial, Memory memory, Operand<TFloat32> queries) {
    return AttentionResults.atOnce(trial, (StatelessAttention) made(), memory, queries);
  }

  private List<Operand<TFloat32>> inALoop(
      GraphFixture trial, Memory memory, Operand<TFloat32> queries) {
    return AttentionResults.inALoop(trial, made(), memory, queries);
  }

  private List<Operand<TFloat32>> oneByOne(
      GraphFixture trial, Memory memory, Operand<TFloat32> queries) {
    return AttentionResults.oneByOne(trial, made(), memory, queries);
  }

  private static List<Operand<TFloat32>> results(GraphFixture trial, AttentionOutput attended) {
    return AttentionResults.of(trial, attended);
  }
}
