package org.seq4j.runtime.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.seq4j.core.graph.Initializer;
import org.seq4j.runtime.graph.function.GraphOps;
import org.seq4j.runtime.graph.scan.BuildContext;
import org.seq4j.runtime.graph.scan.GraphScope;
import org.seq4j.runtime.graph.scan.Linear;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.graph.scan.RandomKeys;
import org.seq4j.runtime.platform.TensorFlowLibrary;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.PlaceholderWithDefault;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A graph with its parameters and its session. Ops for training and for inference use the same
 * variables. It owns native memory; {@link #close()} frees it.
 */
public final class ModelGraph implements AutoCloseable {
  /** Maximum number of sub-batches; with more, each has so few rows that products become slow. */
  private static final int MOST_PARTS = 8;

  private static final int STEP_BITS = 40; // more steps than any training makes

  /** Runs all ops in the calling thread, without handing them to other threads. */
  private static final RunOptions IN_CALLER =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  /**
   * Optimization of a graph by TensorFlow before its first run; on by default. Without it the first
   * run starts seconds sooner, but training of some models is slower, by a fifth for LSTM with
   * layer normalization. Tests build many graphs and set {@code -Dseq4j.optimizeGraphs=false}.
   */
  private static final boolean OPTIMIZED =
      Boolean.parseBoolean(System.getProperty("seq4j.optimizeGraphs", "true"));

  private final Graph graph;
  private final Ops tf;
  private final long seed;
  private final int threads;
  private final Parameters parameters;
  private final PlaceholderWithDefault<TInt64> step;
  private final PlaceholderWithDefault<TInt64> worker;
  private final Operand<TInt64> randomPosition; // differs between all steps of all workers
  private final Session session;
  private final ParameterGradients gradients;
  private volatile Profile profile;

  /**
   * Creates an empty graph.
   *
   * @param seed seed of initial values and dropout
   * @param threads number of threads; 0 for the number of processors
   * @throws org.seq4j.runtime.error.PlatformException if TensorFlow cannot be loaded
   */
  public ModelGraph(long seed, int threads) {
    this.seed = seed;
    this.threads = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    ConfigProto config = config();
    TensorFlowLibrary.load(config);
    this.graph = new Graph();
    this.tf = GraphOps.of(graph);
    this.parameters = new Parameters(tf, seed);
    this.gradients = new ParameterGradients(tf, parameters);
    this.step = tf.placeholderWithDefault(tf.constant(0L), Shape.scalar());
    this.worker = tf.placeholderWithDefault(tf.constant(0L), Shape.scalar());
    this.randomPosition = tf.math.add(step, tf.math.mul(worker, tf.constant(randomPosition(0, 1))));
    this.session = new Session(graph, config);
  }

  private ConfigProto config() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(Math.max(1, threads / parts()))
        .setInterOpParallelismThreads(threads)
        .setGraphOptions(
            GraphOptions.newBuilder()
                .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(!OPTIMIZED)))
        .build();
  }

  /** The ops of the graph's root. */
  public Ops tf() {
    return tf;
  }

  /** The session of the graph. */
  public Session session() {
    return session;
  }

  /** The number of threads. */
  public int threads() {
    return threads;
  }

  /**
   * The best number of sub-batches of a batch, each of which one thread computes from end to end.
   * Dividing each op among threads costs a wake-up per op instead, which is more than the time of
   * most ops of a recurrent step.
   */
  public int parts() {
    return Math.min(threads, MOST_PARTS);
  }

  /** Runs the session with all threads. */
  public Result run(Session.Runner runner) {
    return run(runner, RunOptions.getDefaultInstance());
  }

  /** Runs the session in the calling thread only; other threads may do so at the same time. */
  public Result runInCaller(Session.Runner runner) {
    return run(runner, IN_CALLER);
  }

  private Result run(Session.Runner runner, RunOptions options) {
    Profile open = profile;
    return open == null ? runner.setOptions(options).run() : open.run(runner, options);
  }

  /**
   * Measures runs op by op until the result is closed.
   *
   * @throws IllegalStateException if a profile is open already
   */
  public Profile profile() {
    if (profile != null) {
      throw new IllegalStateException(
          "this graph is already being profiled: close the open profile first");
    }
    profile = new Profile(() -> profile = null);
    return profile;
  }

  /** The variables. */
  public Parameters parameters() {
    return parameters;
  }

  /** The number of the training step, which dropout depends on: a placeholder with default 0. */
  public Operand<TInt64> step() {
    return step;
  }

  /**
   * The number of the worker that makes the step, from 0, so that dropout differs between workers:
   * a placeholder with default 0.
   */
  public Operand<TInt64> worker() {
    return worker;
  }

  /** Returns a number that is different for each step of each worker. */
  public static long randomPosition(long step, int worker) {
    return step + ((long) worker << STEP_BITS);
  }

  /** Creates a root scope for ops of training or inference. */
  public GraphScope scope(boolean training) {
    return new GraphScope(new Root(training, Precision.F32), tf, "");
  }

  /** Creates a root scope for training with a precision of products with weights. */
  public GraphScope trainingScope(Precision precision) {
    return new GraphScope(new Root(true, precision), tf, "");
  }

  /** Creates a root scope for inference with a precision of products with weights. */
  public GraphScope scope(Precision precision) {
    return new GraphScope(new Root(false, precision), tf, "");
  }

  /** Sets all variables to their initial values, which depend only on the seed and the path. */
  public void initialize() {
    parameters.initialize(session);
  }

  /**
   * Sets values of variables.
   *
   * @param values values by path, in row-major order
   */
  public void assign(Map<String, float[]> values) {
    parameters.assign(session, values);
  }

  /** Returns the values of all variables in row-major order, by path. */
  public SortedMap<String, float[]> read() {
    return parameters.read(session);
  }

  /**
   * Adds the gradients of a scalar.
   *
   * @param xs parameters, or other operands that the scalar depends on
   * @throws IllegalArgumentException if the scalar does not depend on some xs; the message lists
   *     the paths of all parameters among them, and of the tables of lookups
   */
  public List<Operand<TFloat32>> gradients(Operand<TFloat32> scalar, List<Operand<TFloat32>> xs) {
    return gradients.of(scalar, xs);
  }

  /**
   * Adds the gradients of a scalar with respect to all parameters.
   *
   * @throws IllegalArgumentException if the scalar does not depend on some of them; the message
   *     lists them
   */
  public List<ParameterGradient> gradients(Operand<TFloat32> scalar) {
    return gradients(scalar, path -> false);
  }

  /**
   * Adds the gradients of a scalar with respect to the parameters that it depends on.
   *
   * @param mayBeUnused true for the paths of parameters that it need not depend on
   * @throws IllegalArgumentException if it does not depend on others; the message lists them
   */
  public List<ParameterGradient> gradients(
      Operand<TFloat32> scalar, Predicate<String> mayBeUnused) {
    return gradients.byParameters(scalar, mayBeUnused);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  /** The build context of ops outside loops. */
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
    public Precision precision() {
      return precision;
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
      if (training || precision == Precision.F32) {
        return BuildContext.super.products(ops, x, table);
      }
      Operand<?> factor = prepared(ops, table);
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
      return randomPosition;
    }

    @Override
    public long randomKey(String path) {
      return keys.next(path);
    }
  }
}
