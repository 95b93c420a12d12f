package org.seq4j.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Operands by dotted name, in insertion order: a state, or the tensors prepared from a source.
 * Immutable. Operands may have different types; {@link #floats}, {@link #ints} and {@link #bools}
 * return an operand of a given type.
 */
public final class NamedTensors {

  /** No tensors. */
  public static final NamedTensors EMPTY = new NamedTensors(new LinkedHashMap<>());

  private final Map<String, Operand<?>> operands;

  private NamedTensors(Map<String, Operand<?>> operands) {
    this.operands = Collections.unmodifiableMap(operands);
  }

  /** Creates a set of one tensor. */
  public static NamedTensors of(String name, Operand<?> operand) {
    return EMPTY.with(name, operand);
  }

  /** Creates a set from two lists of equal size: names and their operands. */
  public static NamedTensors of(List<String> names, List<? extends Operand<?>> operands) {
    Map<String, Operand<?>> map = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      map.put(names.get(i), operands.get(i));
    }
    return new NamedTensors(map);
  }

  /** Returns a copy with one tensor added, or replaced if the name exists. */
  public NamedTensors with(String name, Operand<?> operand) {
    Objects.requireNonNull(operand, () -> "the tensor '" + name + "' is null");
    Map<String, Operand<?>> map = new LinkedHashMap<>(operands);
    map.put(name, operand);
    return new NamedTensors(map);
  }

  /** Returns a copy with other tensors added under the names {@code prefix.NAME}. */
  public NamedTensors with(String prefix, NamedTensors others) {
    Map<String, Operand<?>> map = new LinkedHashMap<>(operands);
    others.operands.forEach((name, operand) -> map.put(prefix + "." + name, operand));
    return new NamedTensors(map);
  }

  /** Returns the tensors with names {@code prefix.NAME}, under the names {@code NAME}. */
  public NamedTensors under(String prefix) {
    Map<String, Operand<?>> map = new LinkedHashMap<>();
    operands.forEach(
        (name, operand) -> {
          if (name.startsWith(prefix + ".")) {
            map.put(name.substring(prefix.length() + 1), operand);
          }
        });
    return new NamedTensors(map);
  }

  /** Returns a copy with a function applied to each operand. */
  public NamedTensors map(UnaryOperator<Operand<?>> change) {
    Map<String, Operand<?>> map = new LinkedHashMap<>();
    operands.forEach((name, operand) -> map.put(name, change.apply(operand)));
    return new NamedTensors(map);
  }

  /**
   * Checks the state that a step returned, which is this one, against the state passed to it, and
   * returns it in the order of the latter.
   *
   * @param before the state passed to the step
   * @throws IllegalArgumentException if the names differ, or the type or shape of a tensor; the
   *     message names the tensor and has both
   */
  public NamedTensors inOrderOf(NamedTensors before) {
    if (!operands.keySet().equals(before.operands.keySet())) {
      throw new IllegalArgumentException(
          "a step was given the state tensors "
              + before
              + " and returned "
              + this
              + ": return the same names");
    }
    NamedTensors ordered = EMPTY;
    for (String name : before.operands.keySet()) {
      Operand<?> from = before.get(name);
      Operand<?> to = get(name);
      if (from.type() != to.type() || !shape(from).isCompatibleWith(shape(to))) {
        throw new IllegalArgumentException(
            "a step was given the state '%s' as %s and returned it as %s"
                .formatted(name, words(from), words(to)));
      }
      ordered = ordered.with(name, to);
    }
    return ordered;
  }

  private static Shape shape(Operand<?> operand) {
    return operand.asOutput().shape();
  }

  private static String words(Operand<?> operand) {
    return operand.type().getSimpleName() + " " + shape(operand);
  }

  /** Returns true if a tensor of this name exists. */
  public boolean has(String name) {
    return operands.containsKey(name);
  }

  /** The number of tensors. */
  public int size() {
    return operands.size();
  }

  /** The names, in order. */
  public List<String> names() {
    return new ArrayList<>(operands.keySet());
  }

  /** The operands, in the order of the names. */
  public List<Operand<?>> operands() {
    return new ArrayList<>(operands.values());
  }

  /**
   * Returns the tensor of a name, of any type.
   *
   * @throws IllegalArgumentException if no tensor has this name; the message lists the names
   */
  public Operand<?> get(String name) {
    Operand<?> operand = operands.get(name);
    if (operand == null) {
      throw new IllegalArgumentException(
          "no tensor named '" + name + "'; there are " + operands.keySet());
    }
    return operand;
  }

  /**
   * Returns the tensor of 32-bit floats with this name.
   *
   * @throws IllegalArgumentException if no tensor has this name, or if it has another type
   */
  @SuppressWarnings("unchecked") // checked by class
  public Operand<TFloat32> floats(String name) {
    return (Operand<TFloat32>) typed(name, TFloat32.class);
  }

  /**
   * Returns the tensor of 32-bit integers with this name.
   *
   * @throws IllegalArgumentException if no tensor has this name, or if it has another type
   */
  @SuppressWarnings("unchecked") // checked by class
  public Operand<TInt32> ints(String name) {
    return (Operand<TInt32>) typed(name, TInt32.class);
  }

  /**
   * Returns the tensor of booleans with this name.
   *
   * @throws IllegalArgumentException if no tensor has this name, or if it has another type
   */
  @SuppressWarnings("unchecked") // checked by class
  public Operand<TBool> bools(String name) {
    return (Operand<TBool>) typed(name, TBool.class);
  }

  private Operand<?> typed(String name, Class<?> type) {
    Operand<?> operand = get(name);
    if (operand.type() != type) {
      throw new IllegalArgumentException(
          "tensor '"
              + name
              + "' is of "
              + operand.type().getSimpleName()
              + ", not of "
              + type.getSimpleName());
    }
    return operand;
  }

  @Override
  public String toString() {
    return operands.keySet().toString();
  }
}
