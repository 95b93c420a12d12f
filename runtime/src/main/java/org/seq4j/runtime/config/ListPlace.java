package org.seq4j.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A path into a list of components, {@code objectives[cross-entropy].label_smoothing}, or of a
 * whole component, {@code objectives[minimum-risk]}.
 *
 * @param list key of the list
 * @param type type of the component
 * @param key key of the component; empty for the whole component
 */
record ListPlace(String list, String type, Optional<String> key) {
  private static final String TYPE = "type";
  private static final Pattern PLACE = Pattern.compile("([^.\\[]+)\\[([^\\]]+)\\](?:\\.([^.]+))?");

  /** Parses a path; returns empty if it does not lead into a list. */
  static Optional<ListPlace> of(String path) {
    Matcher matcher = PLACE.matcher(path);
    return matcher.matches()
        ? Optional.of(
            new ListPlace(
                matcher.group(1), matcher.group(2), Optional.ofNullable(matcher.group(3))))
        : Optional.empty();
  }

  /**
   * Returns the list with a value at this path, unless the path already has a value.
   *
   * @param written the list as written, or its only item
   * @param defaultType type of the default component, used if the list is absent or an item has no
   *     type
   */
  Node with(Node value, Optional<Node> written, Optional<String> defaultType) {
    SourceLocation place = value.place();
    List<Node> items = new ArrayList<>();
    if (written.isPresent() && !written.get().isNull()) {
      List<Node> given =
          written.get() instanceof Node.Items list ? list.items() : List.of(written.get());
      given.forEach(item -> items.add(typed(map(item), defaultType)));
    } else if (key.isPresent()) {
      defaultType.ifPresent(it -> items.add(typed(Node.Entries.empty(place), defaultType)));
    }
    int at = 0;
    while (at < items.size() && !isOfType(items.get(at))) {
      at++;
    }
    if (at == items.size()) {
      Node.Entries whole = key.isEmpty() ? map(value) : Node.Entries.empty(place);
      items.add(typed(whole, Optional.of(type)));
    }
    if (key.isPresent()) {
      Node.Entries component = map(items.get(at));
      if (component.value(key.get()).isEmpty()) {
        items.set(at, component.with(key.get(), value));
      }
    }
    return new Node.Items(items, place);
  }

  /** Adds a type, as the first key, to a map without one. */
  private static Node.Entries typed(Node.Entries keys, Optional<String> type) {
    return type.isPresent() && keys.value(TYPE).isEmpty()
        ? Node.Entries.empty(keys.place())
            .with(TYPE, new Node.Scalar(type.get(), false, keys.place()))
            .orElse(keys)
        : keys;
  }

  private boolean isOfType(Node item) {
    return map(item)
        .value(TYPE)
        .filter(it -> it instanceof Node.Scalar scalar && scalar.text().equals(type))
        .isPresent();
  }

  /** Returns a component as a map; a bare name becomes its type. */
  private static Node.Entries map(Node item) {
    if (!(item instanceof Node.Entries map)) {
      Node.Entries empty = Node.Entries.empty(item.place());
      return item.isNull() ? empty : empty.with(TYPE, item);
    }
    return map.bare().isPresent() && map.value(TYPE).isEmpty()
        ? map.withoutBare().with(TYPE, map.bare().get())
        : map.withoutBare();
  }

  /** Writes a node as one line of YAML. */
  static String line(Node node) {
    if (node instanceof Node.Items list) {
      return list.items().stream().map(ListPlace::line).collect(Collectors.joining(", ", "[", "]"));
    } else if (node instanceof Node.Entries map) {
      Optional<Node> type = map.value(TYPE);
      if (map.entries().size() == 1 && type.isPresent()) {
        return line(type.get()); // a component without further keys
      }
      return map.entries().entrySet().stream()
          .map(entry -> entry.getKey() + ": " + line(entry.getValue().value()))
          .collect(Collectors.joining(", ", "{", "}"));
    } else if (node instanceof Node.Scalar scalar) {
      return scalar.quoted() ? "'" + scalar.text().replace("'", "''") + "'" : scalar.text();
    }
    return node.got();
  }
}
