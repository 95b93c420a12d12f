package org.seq4j.runtime.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.MovedKey;

/** Puts the values of moved keys where they belong now. */
final class MovedKeys {
  private static final Pattern DOT = Pattern.compile("\\.");

  private final Binder binder;
  private final boolean silent;

  /**
   * Moves keys.
   *
   * @param binder is told of each key that is moved
   * @param silent whether only those of overrides are problems, since nobody can change the file
   */
  MovedKeys(Binder binder, boolean silent) {
    this.binder = binder;
    this.silent = silent;
  }

  /** A map with the keys that its record has now. A value that is there already stays. */
  Node.Entries moved(Class<? extends Record> type, Node.Entries given, String path) {
    Node.Entries result = given;
    for (MovedKey move : type.getAnnotationsByType(MovedKey.class)) {
      List<String> from = steps(move.from());
      Optional<Node.Entry> old = find(result, from);
      if (old.isPresent()) {
        boolean overridden = !old.get().value().place().setting().isEmpty();
        if (!silent || overridden) {
          binder.complain(
              overridden ? old.get().value().place() : old.get().keyPlace(),
              KeyPath.child(path, move.from()),
              "this key is now " + KeyPath.child(path, move.to()));
        }
        result = without(result, from);
        if (find(result, steps(move.to())).isEmpty()) {
          result = with(result, steps(move.to()), old.get());
        }
      }
    }
    return result;
  }

  private static List<String> steps(String path) {
    return Arrays.asList(DOT.split(path, -1));
  }

  private static Optional<Node.Entry> find(Node.Entries map, List<String> steps) {
    Optional<Node.Entry> entry = Optional.ofNullable(map.entries().get(steps.get(0)));
    return steps.size() == 1
        ? entry
        : entry
            .map(Node.Entry::value)
            .filter(Node.Entries.class::isInstance)
            .flatMap(below -> find((Node.Entries) below, steps.subList(1, steps.size())));
  }

  /** Without a value that is there. */
  private static Node.Entries without(Node.Entries map, List<String> steps) {
    String first = steps.get(0);
    if (steps.size() == 1) {
      return map.without(first);
    }
    Node.Entries below = (Node.Entries) map.value(first).orElseThrow();
    return map.with(first, without(below, steps.subList(1, steps.size())));
  }

  /** With a value where there is none; the maps on the way to it are made. */
  private static Node.Entries with(Node.Entries map, List<String> steps, Node.Entry entry) {
    String first = steps.get(0);
    if (steps.size() == 1) {
      return map.with(first, entry.value());
    }
    Node.Entries below =
        map.value(first)
            .map(node -> asMap(node))
            .orElseGet(() -> Node.Entries.empty(entry.keyPlace()));
    return map.with(first, with(below, steps.subList(1, steps.size()), entry));
  }

  private static Node.Entries asMap(Node node) {
    if (node instanceof Node.Entries map) {
      return map;
    }
    return node.isNull()
        ? Node.Entries.empty(node.place())
        : new Node.Entries(Map.of(), Optional.of(node), node.place());
  }
}
