package org.seq4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Recurrence;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.AttentionMechanism.Attended;
import org.tensorflow.Operand;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/** What every attention mechanism holds to. Extend it and answer {@link #attention()}. */
public abstract class AttentionContract {
  private static final int[] LENGTHS = {4, 2, 3};
  private static final int LONGEST = 4;
  private static final int QUERIES = 3;

  /** The mechanism. */
  protected abstract AttentionMechanism attention();

  /** The depth of the memory. */
  protected long memoryDepth() {
    return 4;
  }

  /** The depth of the queries. */
  protected long queryDepth() {
    return 3;
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    try (Trial trial = new Trial(true)) {
      trial.checkGradients(oneByOne(trial, memory(trial), queries(trial)));
    }
  }

  @Test
  void gradientsOfQueriesAtOnceAgreeWithFiniteDifferences() {
    if (attention().sequential()) {
      return;
    }
    try (Trial trial = new Trial(true)) {
      trial.checkGradients(atOnce(trial, memory(trial), queries(trial)));
    }
  }

  @Test
  void gradientsInALoopAgreeWithFiniteDifferences() {
    try (Trial trial = new Trial(true)) {
      trial.checkGradients(inALoop(trial, memory(trial), queries(trial)));
    }
  }

  @Test
  void queriesInALoopEqualOneByOne() {
    try (Trial trial = new Trial(true)) {
      Memory memory = memory(trial);
      Operand<TFloat32> queries = queries(trial);
      List<Operand<TFloat32>> inALoop = inALoop(trial, memory, queries);
      List<Operand<TFloat32>> oneByOne = oneByOne(trial, memory, queries);
      trial.randomise();
      trial.checkEqual("in a loop", inALoop, oneByOne);
    }
  }

  @Test
  void queriesAtOnceEqualOneByOne() {
    if (attention().sequential()) {
      return;
    }
    try (Trial trial = new Trial(false)) {
      Memory memory = memory(trial);
      Operand<TFloat32> queries = queries(trial);
      List<Operand<TFloat32>> atOnce = atOnce(trial, memory, queries);
      List<Operand<TFloat32>> oneByOne = oneByOne(trial, memory, queries);
      trial.randomise();
      trial.checkEqual("at once", atOnce, oneByOne);
    }
  }

  @Test
  void weightsAreSharesOfWhatIsReal() {
    try (Trial trial = new Trial(false)) {
      Memory memory = memory(trial);
      List<Operand<TFloat32>> results = oneByOne(trial, trial.padded(memory), queries(trial));
      trial.randomise();
      float[] weights = trial.values(results.get(1)); // [B, Q, S + 2]
      for (int row = 0; row < LENGTHS.length; row++) {
        for (int query = 0; query < QUERIES; query++) {
          double sum = 0;
          for (int s = 0; s < LONGEST + 2; s++) {
            float weight = weights[(row * QUERIES + query) * (LONGEST + 2) + s];
            assertThat(weight).isBetween(0f, 1f);
            if (s >= LENGTHS[row]) {
              assertThat(weight).as("padding").isZero();
            }
            sum += weight;
          }
          assertThat(sum).isCloseTo(1, Offset.offset(1e-5));
        }
      }
    }
  }

  @Test
  void paddingChangesNothing() {
    try (Trial trial = new Trial(false)) {
      Memory memory = memory(trial);
      Operand<TFloat32> queries = queries(trial);
      List<Operand<TFloat32>> expected = oneByOne(trial, memory, queries);
      List<Operand<TFloat32>> padded =
          new ArrayList<>(oneByOne(trial, trial.padded(memory), queries));
      padded.set(1, trial.asWide(padded.get(1), memory.sequence().values()));
      trial.randomise();
      trial.checkEqual("with more padding", padded, expected);
    }
  }

  @Test
  void eachSourceIsLookedAtAsIfAlone() {
    try (Trial trial = new Trial(false)) {
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
        trial.checkEqual("row " + row, rows.get(row), alone.get(row));
      }
    }
  }

  @Test
  void emptySourcesGetNoWeightAndGiveNumbers() {
    try (Trial trial = new Trial(false)) {
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

  private Memory memory(Trial trial) {
    return trial.memory(memoryDepth(), Map.of(), LENGTHS);
  }

  private Operand<TFloat32> queries(Trial trial) {
    return trial.sample("queries", LENGTHS.length, QUERIES, queryDepth()); // [B, Q, D]
  }

  private List<Operand<TFloat32>> atOnce(Trial trial, Memory memory, Operand<TFloat32> queries) {
    Scope scope = trial.scope();
    NamedTensors prepared = attention().prepare(scope, memory, queryDepth());
    return results(
        attention().attend(scope, prepared, queries, trial.tf().constant(0), NamedTensors.EMPTY));
  }

  /** As a decoder with input feeding does it. */
  private List<Operand<TFloat32>> inALoop(Trial trial, Memory memory, Operand<TFloat32> queries) {
    Scope scope = trial.scope();
    NamedTensors prepared = attention().prepare(scope, memory, queryDepth());
    Recurrence.Scanned scanned =
        Recurrence.scan(
            scope,
            NamedTensors.of("query", queries),
            trial
                .tf()
                .fill(
                    trial.tf().constant(new int[] {LENGTHS.length}), trial.tf().constant(QUERIES)),
            attention().initialState(scope, prepared),
            prepared,
            Recurrence.Direction.FORWARD,
            (inner, input, state, constants, time) -> {
              Operand<TFloat32> query =
                  inner.tf().expandDims(input.floats("query"), inner.tf().constant(1)); // [B, 1, D]
              Attended attended = attention().attend(inner, constants, query, time, state);
              var one = Squeeze.axis(List.of(1L));
              return new Recurrence.Stepped(
                  NamedTensors.of("context", inner.tf().squeeze(attended.context(), one))
                      .with("weights", inner.tf().squeeze(attended.weights(), one)),
                  attended.state());
            });
    return List.of(scanned.outputs().floats("context"), scanned.outputs().floats("weights"));
  }

  /** Contexts {@code [B, Q, D]} and weights {@code [B, Q, S]} of queries in sequence. */
  private List<Operand<TFloat32>> oneByOne(Trial trial, Memory memory, Operand<TFloat32> queries) {
    Scope scope = trial.scope();
    NamedTensors prepared = attention().prepare(scope, memory, queryDepth());
    NamedTensors state = attention().initialState(scope, prepared);
    List<Operand<TFloat32>> contexts = new ArrayList<>();
    List<Operand<TFloat32>> weights = new ArrayList<>();
    for (int q = 0; q < QUERIES; q++) {
      Attended attended =
          attention()
              .attend(scope, prepared, trial.position(queries, q), trial.tf().constant(q), state);
      contexts.add(attended.context());
      weights.add(attended.weights());
      state = attended.state();
    }
    var axis = trial.tf().constant(1);
    return List.of(trial.tf().concat(contexts, axis), trial.tf().concat(weights, axis));
  }

  private static List<Operand<TFloat32>> results(Attended attended) {
    return List.of(attended.context(), attended.weights());
  }
}
