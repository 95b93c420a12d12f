package org.seq4j.runtime.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.seq4j.core.graph.Shapes;
import org.seq4j.runtime.graph.function.Gradients;
import org.seq4j.runtime.graph.function.GraphSurgery;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unique;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adds gradients with respect to the parameters of a graph. The gradient of a table that is only
 * read by lookups has only the rows that were read.
 */
final class ParameterGradients {
  private final Ops tf;
  private final Parameters parameters;

  /** The lookups of training, by path of the table. */
  private final Map<String, List<Lookup>> lookups = new HashMap<>();

  private record Lookup(Operand<TInt32> rows, Operand<TFloat32> found) {}

  ParameterGradients(Ops tf, Parameters parameters) {
    this.tf = tf;
    this.parameters = parameters;
  }

  /** Records a lookup in a table. */
  void noteLookup(String path, Operand<TInt32> rows, Operand<TFloat32> found) {
    lookups.computeIfAbsent(path, p -> new ArrayList<>()).add(new Lookup(rows, found));
  }

  /** Implements {@link ModelGraph#gradients(Operand, List)}. */
  List<Operand<TFloat32>> of(Operand<TFloat32> scalar, List<Operand<TFloat32>> xs) {
    return of(scalar, xs, path -> false).stream().map(Optional::orElseThrow).toList();
  }

  /**
   * Computes gradients.
   *
   * @param mayBeUnused true for the paths of parameters that the scalar need not depend on
   */
  private List<Optional<Operand<TFloat32>>> of(
      Operand<TFloat32> scalar, List<Operand<TFloat32>> xs, Predicate<String> mayBeUnused) {
    var gradients = Gradients.of(tf, List.of(scalar), List.of(tf.constant(1f)), xs);
    List<String> unused = new ArrayList<>();
    Optional<Operand<TFloat32>> unreached = Optional.empty();
    for (int i = 0; i < xs.size(); i++) {
      Optional<String> path = path(xs.get(i));
      if (gradients.get(i).isEmpty() && path.filter(mayBeUnused).isEmpty()) {
        unreached = Optional.of(xs.get(i));
        path.ifPresent(unused::add);
      }
    }
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException(
          "the loss does not depend on these parameters: "
              + String.join(", ", unused)
              + "; a component requests them from its scope but does not use them");
    }
    if (unreached.isPresent()) {
      throw new IllegalArgumentException(
          "the loss " + scalar.asOutput() + " does not depend on " + unreached.get().asOutput());
    }
    return gradients;
  }

  private Optional<String> path(Operand<TFloat32> x) {
    for (Map.Entry<String, List<Lookup>> table : lookups.entrySet()) {
      if (table.getValue().stream().anyMatch(lookup -> lookup.found() == x)) {
        return Optional.of(table.getKey());
      }
    }
    return parameters.path(x);
  }

  /** Implements {@link ModelGraph#gradients(Operand, Predicate)}. */
  List<ParameterGradient> byParameters(Operand<TFloat32> scalar, Predicate<String> mayBeUnused) {
    List<String> paths = parameters.paths();
    // Checked before the gradients are added, which may also read a table.
    Set<String> tables = paths.stream().filter(this::isOnlyLookedUpIn).collect(Collectors.toSet());
    List<Operand<TFloat32>> xs = new ArrayList<>();
    for (String path : paths) {
      if (tables.contains(path)) {
        lookups.get(path).forEach(lookup -> xs.add(lookup.found()));
      } else {
        xs.add(parameters.value(path));
      }
    }
    Iterator<Optional<Operand<TFloat32>>> gradients = of(scalar, xs, mayBeUnused).iterator();
    List<ParameterGradient> all = new ArrayList<>();
    for (String path : paths) {
      if (tables.contains(path)) {
        ofRows(path, lookups.get(path), gradients).ifPresent(all::add);
      } else {
        gradients
            .next()
            .ifPresent(it -> all.add(new ParameterGradient(path, it, Optional.empty())));
      }
    }
    return all;
  }

  private boolean isOnlyLookedUpIn(String path) {
    List<Lookup> known = lookups.getOrDefault(path, List.of());
    return !known.isEmpty() && GraphSurgery.consumers(parameters.value(path)) == known.size();
  }

  /** Sums the gradients of all lookups of each row; empty if none is used. */
  private Optional<ParameterGradient> ofRows(
      String path, List<Lookup> known, Iterator<Optional<Operand<TFloat32>>> gradients) {
    Shape shape = parameters.value(path).shape();
    long size = shape.size() / shape.get(0);
    List<Operand<TInt32>> rows = new ArrayList<>();
    List<Operand<TFloat32>> values = new ArrayList<>();
    for (Lookup lookup : known) {
      Optional<Operand<TFloat32>> gradient = gradients.next();
      if (gradient.isPresent()) {
        rows.add(tf.reshape(lookup.rows(), tf.constant(new int[] {-1})));
        values.add(Shapes.flatten(tf, gradient.get(), size));
      }
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    boolean one = rows.size() == 1;
    Unique<TInt32, TInt32> unique =
        tf.unique(one ? rows.get(0) : tf.concat(rows, tf.constant(0)), tf.constant(new int[] {0}));
    Operand<TFloat32> sums = // [U, size]
        tf.math.unsortedSegmentSum(
            one ? values.get(0) : tf.concat(values, tf.constant(0)),
            unique.idx(),
            tf.size(unique.y()));
    long[] sizes = shape.asArray();
    sizes[0] = -1;
    return Optional.of(
        new ParameterGradient(path, tf.reshape(sums, tf.constant(sizes)), Optional.of(unique.y())));
  }
}
