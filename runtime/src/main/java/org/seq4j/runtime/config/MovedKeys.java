package org.seq4j.runtime.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.runtime.config.key.ConfigKey;

/** Moves the values of renamed and moved keys to their new paths. */
final class MovedKeys {
  private static final Pattern DOT = Pattern.compile("\\.");

  private final Binder binder;
  private final boolean silent;

  /**
   * Moves keys.
   *
   * @param binder receives a problem for each moved key
   * @param silent whether only moved keys in overrides are problems, because nobody edits the file
   */
  MovedKeys(Binder binder, boolean silent) {
    this.binder = binder;
    this.silent = silent;
  }

  /** Returns a map with moved keys at their new paths. An existing value there takes precedence. */
  Node.Entries moved(Class<? extends Record> type, Node.Entries given, String path) {
    Node.Entries result = given;
    for (MovedKey move : type.getAnnotationsByType(MovedKey.class)) {
      List<String> from = steps(move.from());
      Optional<Node.Entry> old = find(result, from);
      if (old.isPresent()) {
        Optional<ListPlace> inList = ListPlace.of(move.to());
        result = without(result, from);
        if (inList.isPresent()) {
          result = moved(type, result, path, move, inList.get(), old.get());
        } else {
          complain(old.get(), path, move, "is now " + KeyPath.child(path, move.to()));
          if (find(result, steps(move.to())).isEmpty()) {
            result = with(result, steps(move.to()), old.get());
          }
        }
      }
    }
    return result;
  }

  /** Moves a key into a list of components. */
  private Node.Entries moved(
      Class<? extends Record> type,
      Node.Entries given,
      String path,
      MovedKey move,
      ListPlace place,
      Node.Entry old) {
    String list = KeyPath.child(path, place.list());
    if (old.value().isNull() || isNumber(old.value(), move.unless())) {
      complain(old, path, move, "is now part of %s: remove it".formatted(list));
      return given;
    }
    Node changed =
        place.with(
            old.value(),
            Optional.ofNullable(given.entries().get(place.list())).map(Node.Entry::value),
            defaultOf(type, place.list()));
    complain(old, path, move, "is now %s: %s".formatted(list, ListPlace.line(changed)));
    return given.with(place.list(), changed);
  }

  private static Optional<String> defaultOf(Class<? extends Record> type, String key) {
    return ConfigKey.of(type).stream()
        .filter(it -> it.name().equals(key))
        .flatMap(it -> it.defaultValue().stream())
        .findFirst();
  }

  private static boolean isNumber(Node value, String number) {
    if (number.isEmpty() || !(value instanceof Node.Scalar scalar)) {
      return false;
    }
    try {
      return new BigDecimal(scalar.text()).compareTo(new BigDecimal(number)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Reports the new path of a key, if the user can change it. */
  private void complain(Node.Entry old, String path, MovedKey move, String now) {
    boolean overridden = !old.value().place().setting().isEmpty();
    if (!silent || overridden) {
      binder.complain(
          overridden ? old.value().place() : old.keyPlace(),
          KeyPath.child(path, move.from()),
          "this key " + now);
    }
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

  /** Returns a map without the value at a path. */
  private static Node.Entries without(Node.Entries map, List<String> steps) {
    String first = steps.get(0);
    if (steps.size() == 1) {
      return map.without(first);
    }
    Node.Entries below = (Node.Entries) map.value(first).orElseThrow();
    return map.with(first, without(below, steps.subList(1, steps.size())));
  }

  /** Adds a value at a path without one; missing maps on the path are created. */
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
