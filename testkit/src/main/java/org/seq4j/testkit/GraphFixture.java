package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.runtime.graph.GradientCheck;
import org.seq4j.runtime.graph.LxmRandom;
import org.seq4j.runtime.graph.ModelGraph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A graph to test a component in. Its sample inputs are parameters, so that gradients with respect
 * to them are checked as well; their batch size and length are unknown to the graph.
 */
public final class GraphFixture implements AutoCloseable {

  /** Fills padding, to show that padding has no effect. */
  private static final float GARBAGE = 1e4f;

  /** Maximum relative error of a gradient; finite differences are of 32-bit floats. */
  private static final double TOLERANCE = 5e-3;

  private final ModelGraph model = new ModelGraph(3, 2);
  private final Scope scope;
  private final List<Operand<TFloat32>> samples = new ArrayList<>();

  /** Creates an empty graph. */
  public GraphFixture(boolean training) {
    scope = model.scope(training);
  }

  /** Returns the scope of the component's parameters. */
  public Scope scope() {
    return scope.child("model");
  }

  /** Returns a scope with the same parameters, for training or inference. */
  public Scope scope(boolean training) {
    return model.scope(training).child("model");
  }

  /** Returns the builder of operations. */
  public Ops tf() {
    return scope.tf();
  }

  /** Returns values of both signs; the graph knows only the size of the last axis. */
  public Operand<TFloat32> sample(String name, long... shape) {
    Ops tf = tf();
    Operand<TFloat32> known =
        scope.child("sample").parameter(name, Shape.of(shape), Initializer.uniform(1));
    samples.add(known);
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int axis = 0; axis < shape.length - 1; axis++) {
      sizes.add(tf.placeholderWithDefault(tf.constant((int) shape[axis]), Shape.scalar()));
    }
    sizes.add(tf.constant((int) shape[shape.length - 1]));
    return tf.reshape(known, tf.stack(sizes));
  }

  /** Returns a batch of sequences of random vectors. */
  public Sequence sequence(String name, long depth, int... lengths) {
    int longest = 0;
    for (int length : lengths) {
      longest = Math.max(longest, length);
    }
    return new Sequence(
        sample(name, lengths.length, longest, depth),
        tf().placeholderWithDefault(tf().constant(lengths), Shape.of(Shape.UNKNOWN_SIZE)));
  }

  /**
   * Returns a batch of sources with columns, which are aligned.
   *
   * @param count number of columns
   * @param index the columns of the positions of each source, without padding, see {@link
   *     Sequence.Columns#index}
   */
  public Sequence columns(String name, long depth, int count, int[]... index) {
    int[] lengths = Arrays.stream(index).mapToInt(row -> row.length).toArray();
    Sequence sequence = sequence(name, depth, lengths);
    int longest = Arrays.stream(lengths).max().orElse(0);
    int[] flat = new int[index.length * longest];
    for (int row = 0; row < index.length; row++) {
      System.arraycopy(index[row], 0, flat, row * longest, lengths[row]);
    }
    Ops tf = tf();
    Operand<TInt32> known =
        tf.reshape(tf.constant(flat), tf.constant(new int[] {index.length, longest}));
    return new Sequence(
        sequence.values(),
        sequence.lengths(),
        Optional.of(
            new Sequence.Columns(
                tf.placeholderWithDefault(known, Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE)),
                count,
                true)));
  }

  /** Returns a memory of random vectors, with final states of the given sizes. */
  public Memory memory(long depth, Map<String, Long> finalState, int... lengths) {
    return memory("memory", depth, finalState, lengths);
  }

  /** Returns a memory of random vectors with its own name. */
  public Memory memory(String name, long depth, Map<String, Long> finalState, int... lengths) {
    Sequence sequence = sequence(name, depth, lengths);
    NamedTensors states = NamedTensors.EMPTY;
    for (String state : finalState.keySet().stream().sorted().toList()) {
      states =
          states.with(state, sample(name + "." + state, lengths.length, finalState.get(state)));
    }
    return new Memory(sequence, states, 1);
  }

  /** Returns the sequences with two more positions of padding, and garbage in all padding. */
  public Sequence padded(Sequence sequence) {
    Ops tf = tf();
    Operand<TInt32> more =
        tf.constant(new int[][] {{0, 0}, {0, 2}, {0, 0}}); // before and behind each axis
    Operand<TFloat32> longer = tf.pad(sequence.values(), more, tf.constant(0f)); // [B, T + 2, D]
    var real = Masks.real(tf, sequence.lengths(), Shapes.size(tf, longer, 1)); // [B, T + 2]
    return new Sequence(
        tf.select(tf.expandDims(real, tf.constant(2)), longer, tf.constant(GARBAGE)),
        sequence.lengths(),
        sequence.columns().map(it -> columns(it, paddedIndex(sequence, it))));
  }

  /** Returns the index of columns with two more positions, and the last column in all padding. */
  private Operand<TInt32> paddedIndex(Sequence sequence, Sequence.Columns columns) {
    Ops tf = tf();
    Operand<TInt32> longer =
        tf.pad(columns.index(), tf.constant(new int[][] {{0, 0}, {0, 2}}), tf.constant(0));
    var real = Masks.real(tf, sequence.lengths(), Shapes.size(tf, longer, 1));
    return tf.select(real, longer, tf.constant(columns.count() - 1));
  }

  private static Sequence.Columns columns(Sequence.Columns like, Operand<TInt32> index) {
    return new Sequence.Columns(index, like.count(), like.aligned());
  }

  /** Returns the memory with two more positions of padding, and garbage in all padding. */
  public Memory padded(Memory memory) {
    return new Memory(padded(memory.sequence()), memory.finalState(), memory.stride());
  }

  /** Returns one of the sequences alone, without padding. */
  public Sequence alone(Sequence sequence, int row, int length) {
    return new Sequence(
        corner(rows(sequence.values(), row), length),
        rows(sequence.lengths(), row),
        sequence.columns().map(it -> columns(it, corner(rows(it.index(), row), length))));
  }

  /** Returns the memory of one of the sources alone, without padding. */
  public Memory alone(Memory memory, int row, int length) {
    return new Memory(
        alone(memory.sequence(), row, length),
        memory.finalState().map(state -> rows(state, row)),
        memory.stride());
  }

  /** Returns the first positions of axis 1. */
  public <T extends TType> Operand<T> corner(Operand<T> x, int length) {
    return positions(x, 0, length);
  }

  /** Returns the vectors at one position: {@code [B, T, D]} to {@code [B, D]}. */
  public Operand<TFloat32> at(Operand<TFloat32> x, int position) {
    return Shapes.flatten(tf(), positions(x, position, 1), x.shape().get(-1));
  }

  /** Returns the first positions of axis 1, as many as another tensor has. */
  public Operand<TFloat32> asLong(Operand<TFloat32> x, Operand<TFloat32> like) {
    Ops tf = tf();
    Operand<TInt32> sizes =
        tf.stack(List.of(tf.constant(-1), Shapes.size(tf, like, 1), tf.constant(-1)));
    return tf.slice(x, tf.constant(new int[3]), sizes);
  }

  /** Returns the first values of axis 2, as many as another tensor has on axis 1. */
  public Operand<TFloat32> asWide(Operand<TFloat32> x, Operand<TFloat32> like) {
    Ops tf = tf();
    Operand<TInt32> sizes =
        tf.stack(List.of(tf.constant(-1), tf.constant(-1), Shapes.size(tf, like, 1)));
    return tf.slice(x, tf.constant(new int[3]), sizes);
  }

  /** Stacks the results of steps, {@code [B, ...]} each, to {@code [B, T, ...]}. */
  public Operand<TFloat32> alongTime(List<Operand<TFloat32>> steps) {
    return tf().stack(steps, Stack.axis(1L));
  }

  /** Returns one position and keeps axis 1: {@code [B, T, D]} to {@code [B, 1, D]}. */
  public Operand<TFloat32> position(Operand<TFloat32> x, int position) {
    return positions(x, position, 1);
  }

  private <T extends TType> Operand<T> positions(Operand<T> x, int from, int size) {
    int[] begin = new int[x.shape().numDimensions()];
    begin[1] = from;
    int[] sizes = new int[begin.length];
    Arrays.fill(sizes, -1);
    sizes[1] = size;
    return tf().slice(x, tf().constant(begin), tf().constant(sizes));
  }

  /** Returns the same values before a position of axis 1, and other values from there on. */
  public Operand<TFloat32> otherFrom(Operand<TFloat32> x, int position) {
    Ops tf = tf();
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, x, 1), tf.constant(1)); // [T]
    Operand<TFloat32> more =
        tf.dtypes.cast(tf.math.greaterEqual(positions, tf.constant(position)), TFloat32.class);
    return tf.math.add(
        x, tf.expandDims(tf.math.mul(more, tf.constant(0.5f)), tf.constant(1))); // over [T, 1]
  }

  /** Returns some rows of axis 0. */
  public <T extends TType> Operand<T> rows(Operand<T> x, int... rows) {
    return tf().gather(x, tf().constant(rows), tf().constant(0));
  }

  /** Replaces the padding of a batch of sequences by zeros. */
  public Operand<TFloat32> real(Operand<TFloat32> x, Operand<TInt32> lengths) {
    return Masks.zeroPadding(tf(), x, lengths);
  }

  /** Checks the gradients of a sum over all the outputs with respect to every parameter. */
  public Map<String, Double> checkGradients(List<Operand<TFloat32>> outputs) {
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (Operand<TFloat32> output : outputs) {
      sums.add(weightedSum(output, 1 + sums.size()));
    }
    for (Operand<TFloat32> sample : samples) { // a component need not use all of them
      sums.add(tf().math.mul(weightedSum(sample, 1), tf().constant(1e-2f)));
    }
    return GradientCheck.check(model, tf().math.addN(sums), TOLERANCE, 11);
  }

  /** Returns a sum with a different weight for each value, so that errors do not cancel. */
  private Operand<TFloat32> weightedSum(Operand<TFloat32> x, float phase) {
    Ops tf = tf();
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1}));
    Operand<TFloat32> index =
        tf.dtypes.cast(tf.range(tf.constant(0), tf.size(flat), tf.constant(1)), TFloat32.class);
    Operand<TFloat32> weights = tf.math.sin(tf.math.add(index, tf.constant(phase)));
    return tf.reduceSum(tf.math.mul(flat, weights), tf.constant(0));
  }

  /** Sets all parameters, including samples and biases, to random values of both signs. */
  public void randomise() {
    var random = new LxmRandom(5);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (String path : model.parameters().paths()) {
      Shape shape = model.parameters().shapes().get(path);
      values.put(path, Initializer.uniform(0.7).values(shape, random));
    }
    model.assign(values);
  }

  /** Returns the names of all parameters except samples. */
  public List<String> parameters() {
    return model.parameters().paths().stream().filter(p -> !p.startsWith("sample.")).toList();
  }

  /** Returns the values of a parameter in row-major order. */
  public float[] parameter(String path) {
    return model.read().get(path);
  }

  /** Returns the values of a tensor in row-major order. */
  public float[] values(Operand<TFloat32> x) {
    return values(List.of(x)).get(0);
  }

  /** Returns the values of tensors from a single run of the graph. */
  public List<float[]> values(List<Operand<TFloat32>> xs) {
    var runner = model.session().runner();
    xs.forEach(runner::fetch);
    List<float[]> all = new ArrayList<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < xs.size(); i++) {
        TFloat32 tensor = (TFloat32) result.get(i);
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(values);
        all.add(values);
      }
    }
    return all;
  }

  /** Checks that pairs of tensors have the same values. */
  public void checkEqual(
      String what, List<Operand<TFloat32>> actual, List<Operand<TFloat32>> expected) {
    ResultChecks.equal(what, values(actual), values(expected));
  }

  /** Checks that another run of the graph gives exactly the same values. */
  public void checkTheSameAgain(List<Operand<TFloat32>> xs) {
    ResultChecks.theSameAgain(values(xs), values(xs));
  }

  /**
   * Checks the sizes of a tensor when the graph runs, and that the graph knows the last.
   *
   * @param what a description of the tensor with its expected shape, for messages
   */
  public void checkShape(String what, Operand<TFloat32> x, long... sizes) {
    assertThat(x.shape().numDimensions())
        .as("the number of axes of %s", what)
        .isEqualTo(sizes.length);
    try (Result result = model.session().runner().fetch(x).run()) {
      assertThat(result.get(0).shape().asArray())
          .as("the shape of %s", what)
          .containsExactly(sizes);
    }
  }

  /** Checks that no value is infinite or not a number. */
  public void checkFinite(List<Operand<TFloat32>> xs) {
    ResultChecks.finite(values(xs));
  }

  /** Builds ops and explains the failure of a component that keeps an operand of another graph. */
  public static <T> T built(Supplier<T> ops) {
    try {
      return ops.get();
    } catch (RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (message.contains("from a different graph")
          || message.contains("close() has been called on the Graph")) {
        throw new AssertionError(
            "the component uses an operand of another graph: it is built into several graphs, so it"
                + " must keep no operand in a field. Return it from prepare, or compute it again",
            e);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
