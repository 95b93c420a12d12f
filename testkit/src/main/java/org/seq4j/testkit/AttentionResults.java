package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.model.StatelessAttention;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Results of an attention mechanism for several queries, in the ways that decoders use it. */
final class AttentionResults {
  private AttentionResults() {}

  /** Attends with all queries at once. */
  static List<Operand<TFloat32>> atOnce(
      GraphFixture trial, StatelessAttention attention, Memory memory, Operand<TFloat32> queries) {
    Scope scope = trial.scope();
    NamedTensors prepared = attention.prepare(scope, memory, queries.shape().get(-1));
    return of(trial, attention.attend(scope, prepared, queries));
  }

  /** Attends in a loop, like a decoder with input feeding. */
  static List<Operand<TFloat32>> inALoop(
      GraphFixture trial, AttentionMechanism attention, Memory memory, Operand<TFloat32> queries) {
    StatefulAttention stepped = StatefulAttention.of(attention);
    Scope scope = trial.scope();
    NamedTensors prepared = attention.prepare(scope, memory, queries.shape().get(-1));
    Loop.ScanOutput scanned =
        scope.scan(
            prepared,
            NamedTensors.of("query", queries),
            trial
                .tf()
                .fill(
                    trial.tf().constant(new int[] {AttentionContract.LENGTHS.length}),
                    trial.tf().constant(AttentionContract.QUERIES)),
            stepped.initialState(scope, prepared),
            Loop.Direction.FORWARD,
            (inner, constants, input, position, state) -> {
              Operand<TFloat32> query =
                  inner.tf().expandDims(input.floats("query"), inner.tf().constant(1)); // [B, 1, D]
              StatefulAttention.Step attended =
                  stepped.attend(inner, constants, query, position, state);
              AttentionOutput output = attended.output();
              var one = Squeeze.axis(List.of(1L));
              return new Loop.StepOutput(
                  NamedTensors.of("context", inner.tf().squeeze(output.context(), one))
                      .with("weights", inner.tf().squeeze(output.weights(), one))
                      .with("losses", output.losses()),
                  attended.state());
            });
    NamedTensors outputs = scanned.outputs();
    return outputs.names().stream().map(outputs::floats).toList();
  }

  /** Attends query by query: contexts {@code [B, Q, D]}, weights {@code [B, Q, S]} and losses. */
  static List<Operand<TFloat32>> oneByOne(
      GraphFixture trial, AttentionMechanism attention, Memory memory, Operand<TFloat32> queries) {
    StatefulAttention stepped = StatefulAttention.of(attention);
    Scope scope = trial.scope();
    NamedTensors prepared = attention.prepare(scope, memory, queries.shape().get(-1));
    NamedTensors state = stepped.initialState(scope, prepared);
    List<List<Operand<TFloat32>>> perQuery = new ArrayList<>();
    for (int q = 0; q < AttentionContract.QUERIES; q++) {
      StatefulAttention.Step attended =
          stepped.attend(
              scope, prepared, trial.position(queries, q), trial.tf().constant(q), state);
      assertThat(attended.state().names())
          .as("the names of the state that a query returns")
          .isEqualTo(state.names());
      state = attended.state();
      perQuery.add(of(trial, attended.output()));
    }
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (int i = 0; i < perQuery.get(0).size(); i++) {
      int of = i;
      all.add(
          trial
              .tf()
              .concat(
                  perQuery.stream().map(results -> results.get(of)).toList(),
                  trial.tf().constant(1)));
    }
    return all;
  }

  /** Returns context {@code [B, Q, D]}, weights {@code [B, Q, S]} and losses {@code [B, Q]}. */
  static List<Operand<TFloat32>> of(GraphFixture trial, AttentionOutput attended) {
    List<Operand<TFloat32>> results = new ArrayList<>();
    results.add(attended.context());
    results.add(attended.weights());
    Ops tf = trial.tf();
    Operand<TInt32> queries =
        tf.stack(
            List.of(
                Shapes.size(tf, attended.context(), 0), Shapes.size(tf, attended.context(), 1)));
    for (String name : attended.losses().names()) {
      results.add(tf.reshape(attended.losses().floats(name), queries));
    }
    return results;
  }
}
