package org.seq4j.core.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Operands by dotted name, in the order in which they were added: a state, or what is prepared of a
 * source. Immutable. The operands keep their own types; {@link #floats}, {@link #ints} and {@link
 * #bools} say which is meant.
 */
public final class NamedTensors {

  /** No tensors. */
  public static final NamedTensors EMPTY = new NamedTensors(new LinkedHashMap<>());

  private final Map<String, Operand<?>> operands;

  private NamedTensors(Map<String, Operand<?>> operands) {
    this.operands = Collections.unmodifiableMap(operands);
  }

  /** A single one. */
  public static NamedTensors of(String name, Operand<?> operand) {
    return EMPTY.with(name, operand);
  }

  /** Names and operands of equal number. */
  public static NamedTensors of(List<String> names, List<? extends Operand<?>> operands) {
    Map<String, Operand<?>> map = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      map.put(names.get(i), operands.get(i));
    }
    return new NamedTensors(map);
  }

  /** These and one more, or another in the place of the one of that name. */
  public NamedTensors with(String name, Operand<?> operand) {
    Map<String, Operand<?>> map = new LinkedHashMap<>(operands);
    map.put(name, operand);
    return new NamedTensors(map);
  }

  /** These and others, whose names get {@code prefix.} before them. */
  public NamedTensors with(String prefix, NamedTensors others) {
    Map<String, Operand<?>> map = new LinkedHashMap<>(operands);
    others.operands.forEach((name, operand) -> map.put(prefix + "." + name, operand));
    return new NamedTensors(map);
  }

  /** Those whose names begin with {@code prefix.}, without it. */
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

  /** The same names with each operand replaced. */
  public NamedTensors map(UnaryOperator<Operand<?>> change) {
    Map<String, Operand<?>> map = new LinkedHashMap<>();
    operands.forEach((name, operand) -> map.put(name, change.apply(operand)));
    return new NamedTensors(map);
  }

  /**
   * These, which a step returned, in the order of the state that it was given.
   *
   * @param before what the step was given
   * @throws IllegalArgumentException if the names, a type or a shape are not those of the state
   *     before; the message names the tensor and says both
   */
  public NamedTensors following(NamedTensors before) {
    if (!operands.keySet().equals(before.operands.keySet())) {
      throw new IllegalArgumentException(
          "a step was given the state " + before + " and returned the state " + this);
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

  /** Whether there is one of that name. */
  public boolean has(String name) {
    return operands.containsKey(name);
  }

  /** How many there are. */
  public int size() {
    return operands.size();
  }

  /** Their names, in order. */
  public List<String> names() {
    return new ArrayList<>(operands.keySet());
  }

  /** The operands, in the order of the names. */
  public List<Operand<?>> operands() {
    return new ArrayList<>(operands.values());
  }

  /**
   * The one of that name, whatever its type.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public Operand<?> get(String name) {
    Operand<?> operand = operands.get(name);
    if (operand == null) {
      throw new IllegalArgumentException(
          "no tensor named '" + name + "'; there are " + operands.keySet());
    }
    return operand;
  }

  /** The one of that name, which is of 32-bit floats. */
  @SuppressWarnings("unchecked") // checked by class
  public Operand<TFloat32> floats(String name) {
    return (Operand<TFloat32>) typed(name, TFloat32.class);
  }

  /** The one of that name, which is of 32-bit integers. */
  @SuppressWarnings("unchecked") // checked by class
  public Operand<TInt32> ints(String name) {
    return (Operand<TInt32>) typed(name, TInt32.class);
  }

  /** The one of that name, which is of booleans. */
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
