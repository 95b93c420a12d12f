package org.seq4j.runtime.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.seq4j.core.graph.Initializer;
import org.seq4j.runtime.graph.scan.RandomKeys;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * The variables of a graph by dotted path: parameters, which are trained, and slots, which contain
 * the state of optimizers. Their initial values depend only on the seed and the path.
 */
public final class Parameters {
  private static final String SLOTS = "optimizer.";

  /** The prefix of other variables of checkpoints that only training needs. */
  public static final String OUTER = "outer.";

  private record Entry(
      Variable<TFloat32> variable,
      Operand<TFloat32> value,
      Initializer initializer,
      Placeholder<TFloat32> newValue,
      Op assign,
      Optional<Op> clear) {

    /** True for a parameter, false for a slot. */
    boolean trained() {
      return clear.isEmpty();
    }
  }

  private final Ops tf;
  private final long seed;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private Set<String> requested = new LinkedHashSet<>();

  Parameters(Ops tf, long seed) {
    this.tf = tf;
    this.seed = seed;
  }

  /** Returns the value of a parameter; creates it if it does not exist. */
  Operand<TFloat32> value(String path, Shape shape, Initializer initializer) {
    requested.add(path);
    return entry(path, shape, initializer, true).value();
  }

  /** Returns the paths of the parameters requested since the last call of this method, in order. */
  public Set<String> takeRequested() {
    Set<String> taken = requested;
    requested = new LinkedHashSet<>();
    return taken;
  }

  /** Returns a slot, a variable with optimizer state of a parameter, initially 0. */
  public Operand<TFloat32> slot(String path, String name, Shape shape) {
    return entry(slotPath(path, name), shape, Initializer.ZEROS, false).variable();
  }

  /** Returns the path of a slot. */
  public static String slotPath(String path, String name) {
    return SLOTS + name + "." + path;
  }

  /** Returns true if a path is that of a slot, or of another variable that only training needs. */
  public static boolean isSlot(String path) {
    return path.startsWith(SLOTS) || path.startsWith(OUTER);
  }

  private Entry entry(String path, Shape shape, Initializer initializer, boolean trained) {
    Entry entry = entries.get(path);
    if (entry == null) {
      entry = make(path, shape, initializer, trained);
      entries.put(path, entry);
    } else if (!entry.variable().shape().equals(shape)) {
      throw new IllegalArgumentException(
          "parameter "
              + path
              + " has shape "
              + entry.variable().shape()
              + " and was requested with "
              + shape);
    }
    return entry;
  }

  private Entry make(String path, Shape shape, Initializer initializer, boolean trained) {
    Variable<TFloat32> variable = tf.withName(path).variable(shape, TFloat32.class);
    Placeholder<TFloat32> newValue = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    return new Entry(
        variable,
        tf.identity(variable), // loops and functions do not accept references
        initializer,
        newValue,
        tf.assign(variable, newValue),
        // slots are large: setting them to zero in the graph avoids feeding arrays of zeros
        trained
            ? Optional.empty()
            : Optional.of(tf.assign(variable, tf.fill(tf.constant(shape), tf.constant(0f)))));
  }

  private Entry get(String path) {
    Entry entry = entries.get(path);
    if (entry == null) {
      throw new IllegalArgumentException(
          "no parameter " + path + "; there are " + entries.keySet());
    }
    return entry;
  }

  /** The paths of the parameters, in order of creation. */
  public List<String> paths() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().trained())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The shapes of parameters and slots, sorted by path. */
  public SortedMap<String, Shape> shapes() {
    SortedMap<String, Shape> shapes = new TreeMap<>();
    entries.forEach((path, entry) -> shapes.put(path, entry.variable().shape()));
    return shapes;
  }

  /** Returns the value of a parameter, as read by ops. */
  public Operand<TFloat32> value(String path) {
    return get(path).value();
  }

  /** Returns the path of the parameter whose value is this operand. */
  Optional<String> path(Operand<TFloat32> value) {
    return paths().stream()
        .filter(path -> get(path).value().asOutput().equals(value.asOutput()))
        .findFirst();
  }

  /** Returns the reference to a variable, for updates. */
  public Operand<TFloat32> variable(String path) {
    return get(path).variable();
  }

  /** Sets all variables to their initial values. */
  void initialize(Session session) {
    Session.Runner runner = session.runner();
    entries.values().forEach(entry -> entry.clear().ifPresent(runner::addTarget));
    assign(runner, paths(), path -> first(path, entries.get(path)));
  }

  private float[] first(String path, Entry entry) {
    return entry
        .initializer()
        .values(entry.variable().shape(), new LxmRandom(RandomKeys.of(seed, path)));
  }

  /**
   * Sets variables in one run: the first run of a set of ops takes far longer than others.
   *
   * @param values values by path, in row-major order
   */
  void assign(Session session, Map<String, float[]> values) {
    assign(session.runner(), values.keySet(), values::get);
  }

  /** Requests one array at a time, so that not all need to be in memory. */
  private void assign(
      Session.Runner runner, Collection<String> paths, Function<String, float[]> values) {
    List<TFloat32> tensors = new ArrayList<>();
    try {
      for (String path : paths) {
        Entry entry = get(path);
        TFloat32 tensor = tensor(path, entry.variable().shape(), values.apply(path));
        tensors.add(tensor);
        runner.feed(entry.newValue(), tensor).addTarget(entry.assign());
      }
      runner.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  private static TFloat32 tensor(String path, Shape shape, float[] values) {
    if (shape.size() != values.length) {
      throw new IllegalArgumentException(
          "parameter "
              + path
              + " has shape "
              + shape
              + " and was given "
              + values.length
              + " values");
    }
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }

  /** Returns the values of all variables in row-major order, by path. */
  SortedMap<String, float[]> read(Session session) {
    List<String> paths = List.copyOf(shapes().keySet());
    Session.Runner runner = session.runner();
    paths.forEach(path -> runner.fetch(get(path).variable()));
    SortedMap<String, float[]> values = new TreeMap<>();
    try (Result result = runner.run()) {
      for (int i = 0; i < paths.size(); i++) {
        TFloat32 tensor = (TFloat32) result.get(i);
        float[] array = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(array);
        values.put(paths.get(i), array);
      }
    }
    return values;
  }
}
