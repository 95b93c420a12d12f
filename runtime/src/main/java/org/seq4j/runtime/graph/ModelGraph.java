package org.seq4j.runtime.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.seq4j.core.graph.Initializer;
import org.seq4j.runtime.graph.function.DifferentiableFunction;
import org.seq4j.runtime.graph.scan.BuildContext;
import org.seq4j.runtime.graph.scan.GraphScope;
import org.seq4j.runtime.graph.scan.Linear;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.graph.scan.RandomKeys;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A graph with its parameters and its session: whatever is built, for training and for inference,
 * is built here over the same variables. It owns all of that natively; {@link #close()} frees it.
 */
public final class ModelGraph implements AutoCloseable {
  /** With more parts each would be of so few rows that products get slow. */
  private static final int MOST_PARTS = 8;

  /** Runs every op in the thread that asks, rather than handing each to another. */
  private static final RunOptions IN_CALLER =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final long seed;
  private final int threads;
  private final Parameters parameters;
  private final PlaceholderWithDefault<TInt64> step;
  private final Session session;
  private final ParameterGradients gradients;
  private volatile Profile profile;

  /**
   * Makes an empty one.
   *
   * @param seed of first values and of dropout
   * @param threads that compute; 0 for as many as there are processors
   */
  public ModelGraph(long seed, int threads) {
    this.seed = seed;
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    this.parameters = new Parameters(tf, seed);
    this.gradients = new ParameterGradients(tf, parameters);
    this.step = tf.placeholderWithDefault(tf.constant(0L), Shape.scalar());
    this.session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(Math.max(1, this.threads / parts()))
                .setInterOpParallelismThreads(this.threads)
                .build());
  }

  /** Makes ops at the root of the graph. */
  public Ops tf() {
    return tf;
  }

  /** Runs the graph. */
  public Session session() {
    return session;
  }

  /** The number of threads that compute. */
  public int threads() {
    return threads;
  }

  /**
   * Into how many parts a batch is best divided, each of which one thread computes from end to end.
   * To divide each op among threads instead costs a wake-up an op, which is more than most ops of a
   * recurrent step take.
   */
  public int parts() {
    return Math.min(threads, MOST_PARTS);
  }

  /** Makes a run of the session with all threads. */
  public Result run(Session.Runner runner) {
    return run(runner, RunOptions.getDefaultInstance());
  }

  /** Makes a run of the session in this thread alone: others may do the same meanwhile. */
  public Result runInCaller(Session.Runner runner) {
    return run(runner, IN_CALLER);
  }

  private Result run(Session.Runner runner, RunOptions options) {
    Profile open = profile;
    return open == null ? runner.setOptions(options).run() : open.run(runner, options);
  }

  /**
   * Measures runs op by op until the answer is closed.
   *
   * @throws IllegalStateException if they are being measured already
   */
  public Profile profile() {
    if (profile != null) {
      throw new IllegalStateException("this graph is being profiled already: close that first");
    }
    profile = new Profile(() -> profile = null);
    return profile;
  }

  /** The variables. */
  public Parameters parameters() {
    return parameters;
  }

  /** The number of the training step, to be fed; 0 if it is not. Dropout depends on it. */
  public Operand<TInt64> step() {
    return step;
  }

  /** The root scope of something to be built. */
  public GraphScope scope(boolean training) {
    return new GraphScope(new Root(training, Precision.F32), tf, "");
  }

  /** The root scope of something that is used, not trained, and multiplies by weights so. */
  public GraphScope scope(Precision precision) {
    return new GraphScope(new Root(false, precision), tf, "");
  }

  /** Gives every variable its first value, which depends only on the seed and on its path. */
  public void initialise() {
    parameters.initialise(session);
  }

  /**
   * Sets some of the variables.
   *
   * @param values by path, in row-major order
   */
  public void assign(Map<String, float[]> values) {
    parameters.assign(session, values);
  }

  /** The values of all variables in row-major order, by path. */
  public SortedMap<String, float[]> read() {
    return parameters.read(session);
  }

  /**
   * Adds the gradients of a scalar.
   *
   * @param xs parameters, or anything that the scalar is computed from
   * @throws IllegalArgumentException if it does not depend on some of the xs; the message lists the
   *     paths of all parameters among them, and of tables that some were looked up in
   */
  public List<Operand<TFloat32>> gradients(Operand<TFloat32> scalar, List<Operand<TFloat32>> xs) {
    return gradients.of(scalar, xs);
  }

  /**
   * Adds the gradients of a scalar by all parameters.
   *
   * @throws IllegalArgumentException if it does not depend on some of them; the message lists them
   */
  public List<ParameterGradient> gradients(Operand<TFloat32> scalar) {
    return gradients.byParameters(scalar);
  }

  @Override
  public void close() {
    DifferentiableFunction.forget(graph);
    session.close();
    graph.close();
  }

  /** The frame of what is not in a loop. */
  private final class Root implements BuildContext {
    private final boolean training;
    private final RandomKeys keys = new RandomKeys(seed);
    private final Precision precision;
    private final List<Operand<?>> preparedKernels = new ArrayList<>();

    Root(boolean training, Precision precision) {
      this.training = training;
      this.precision = precision;
    }

    @Override
    public boolean training() {
      return training;
    }

    @Override
    public Operand<TFloat32> parameter(Ops ops, String path, Shape shape, Initializer initializer) {
      return parameters.value(path, shape, initializer);
    }

    @Override
    public Operand<TFloat32> lookup(
        Ops ops, String path, Shape shape, Initializer initializer, Operand<TInt32> rows) {
      Operand<TFloat32> found = BuildContext.super.lookup(ops, path, shape, initializer, rows);
      if (training) {
        gradients.noteLookup(path, rows, found);
      }
      return found;
    }

    @Override
    public Operand<TFloat32> linear(Ops ops, Linear linear, List<Operand<TFloat32>> inputs) {
      if (training || (inputs.size() == 1 && precision == Precision.F32)) {
        return linear.apply(this, ops, inputs);
      }
      List<Integer> all = IntStream.range(0, inputs.size()).boxed().toList();
      return linear.applyJoined(
          this, ops, inputs, precision, prepared(ops, linear.kernels(this, ops, all)));
    }

    @Override
    public Operand<TFloat32> products(Ops ops, Operand<TFloat32> x, Operand<TFloat32> table) {
      Operand<?> factor = precision == Precision.F32 ? table : prepared(ops, table);
      return precision.product(ops, x, factor, true);
    }

    private Operand<?> prepared(Ops ops, Operand<TFloat32> weights) {
      Operand<?> factor = precision.factor(ops, weights);
      preparedKernels.add(factor);
      return factor;
    }

    @Override
    public List<Operand<?>> preparedKernels() {
      return List.copyOf(preparedKernels);
    }

    @Override
    public Operand<TInt64> randomPosition(Ops ops) {
      return step;
    }

    @Override
    public long randomKey(String path) {
      return keys.next(path);
    }
  }
}
