package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.runtime.model.TokenTarget;
import org.seq4j.runtime.model.output.BestTokens;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The inputs and outputs of a step over targets of tokens. Every operand of {@code kept} and of
 * {@code state} may be fed instead of being gathered.
 */
record StepOps(
    NamedTensors prepared,
    Placeholder<TInt32> keep,
    NamedTensors kept,
    NamedTensors previous,
    NamedTensors state,
    Placeholder<TInt32> parents,
    Placeholder<TInt32> tokens,
    Placeholder<TInt32> position,
    Placeholder<TInt32> candidates,
    Placeholder<TInt32> wantedTokens,
    BestTokens best,
    Operand<TFloat32> wanted,
    NamedTensors nextState,
    Optional<Operand<TFloat32>> weights) {

  /**
   * Adds the ops.
   *
   * @param prepared tensors of the sources; the tensors fed to steps have the same types and shapes
   * @param initialState initial state; the states fed to steps have the same types and shapes
   */
  static StepOps of(
      Scope scope, TokenTarget target, NamedTensors prepared, NamedTensors initialState) {
    Ops tf = scope.tf();
    NamedTensors preparedGiven = prepared.map(x -> rows(tf, x));
    NamedTensors stateGiven = initialState.map(x -> rows(tf, x));
    Placeholder<TInt32> keep = ints(tf, 1);
    Placeholder<TInt32> parents = ints(tf, 1);
    Placeholder<TInt32> tokens = ints(tf, 1);
    Placeholder<TInt32> position = ints(tf, 0);
    Placeholder<TInt32> candidates = ints(tf, 0);
    Placeholder<TInt32> wantedTokens = ints(tf, 1); // row-major order
    NamedTensors kept = preparedGiven.map(x -> gather(tf, x, keep));
    NamedTensors state = stateGiven.map(x -> gather(tf, x, parents));
    TokenTarget.Step step = target.step(scope, kept, tokens, position, state);
    Operand<TFloat32> all = step.logProbabilities();
    return new StepOps(
        preparedGiven,
        keep,
        kept,
        stateGiven,
        state,
        parents,
        tokens,
        position,
        candidates,
        wantedTokens,
        BestTokens.of(tf, all, candidates),
        wanted(tf, all, wantedTokens),
        distinct(tf, step.state().inOrderOf(state)),
        step.weights());
  }

  /** Creates a placeholder of a rank with unknown sizes. */
  static Placeholder<TInt32> ints(Ops tf, int rank) {
    long[] sizes = new long[rank];
    Arrays.fill(sizes, Shape.UNKNOWN_SIZE);
    return tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(sizes)));
  }

  /** Returns identities of tensors, because a session does not fetch a tensor twice. */
  static NamedTensors distinct(Ops tf, NamedTensors tensors) {
    return tensors.map(tf::identity);
  }

  /**
   * Gathers requested log-probabilities from those of all tokens, {@code [N, V]}.
   *
   * @param tokens the same number of tokens for each row, {@code [N·W]}
   */
  private static Operand<TFloat32> wanted(Ops tf, Operand<TFloat32> all, Operand<TInt32> tokens) {
    Operand<TInt32> ofRows =
        tf.reshape(tokens, tf.stack(List.of(Shapes.size(tf, all, 0), tf.constant(-1)))); // [N, W]
    return tf.gather(BestTokens.allowed(tf, all), ofRows, tf.constant(1), Gather.batchDims(1L));
  }

  /** Creates a placeholder for rows of the same type and shape as those of an operand. */
  private static <T extends TType> Operand<T> rows(Ops tf, Operand<T> x) {
    Shape shape = x.asOutput().shape();
    return tf.placeholder(
        x.type(),
        Placeholder.shape(
            Shape.of(Shape.UNKNOWN_SIZE).append(shape.takeLast(shape.numDimensions() - 1))));
  }

  private static <T extends TType> Operand<T> gather(Ops tf, Operand<T> x, Operand<TInt32> rows) {
    return tf.gather(x, rows, tf.constant(0));
  }
}
