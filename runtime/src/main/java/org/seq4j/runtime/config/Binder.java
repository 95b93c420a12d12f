package org.seq4j.runtime.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.config.key.ConfigKey;
import org.seq4j.runtime.config.key.ValueType;
import org.seq4j.runtime.plugin.ComponentRegistry;

/**
 * Converts nodes to values and collects all problems. An invalid node has no value, nor has any
 * node that contains it.
 */
final class Binder {
  private final Scalars scalars;
  private final ComponentBinding components;
  private final MovedKeys movedKeys;
  private final List<ConfigProblem> problems = new ArrayList<>();

  /**
   * Creates a binder for one file.
   *
   * @param ofRun true if moved keys and former names of components are read as today's
   */
  Binder(Scalars scalars, ComponentRegistry registry, String file, boolean ofRun) {
    this.scalars = scalars;
    this.components = new ComponentBinding(this, scalars, registry, file, ofRun);
    this.movedKeys = new MovedKeys(this, ofRun);
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  void complain(SourceLocation place, String path, String message) {
    problems.add(new ConfigProblem(place, path, message));
  }

  Optional<?> bind(ValueType type, Node node, String path) {
    if (node instanceof Node.Made made) {
      return made(type, made, path);
    }
    if (type instanceof ValueType.Maybe maybe) {
      return maybe(maybe, node, path);
    } else if (type instanceof ValueType.Many many) {
      return list(many, node, path);
    } else if (type instanceof ValueType.Named named) {
      return map(named, node, path);
    } else if (type instanceof ValueType.Section section) {
      return record(section.type(), node, path);
    } else if (type instanceof ValueType.Part part) {
      return components.bind(part.kind(), node, path);
    }
    return scalar(type, node, path);
  }

  private Optional<?> made(ValueType type, Node.Made made, String path) {
    if (type instanceof ValueType.Maybe maybe) {
      Optional<?> value = made(maybe.of(), made, path);
      return value.isPresent() ? Optional.of(value) : value;
    }
    boolean fits =
        type instanceof ValueType.Section section
            ? section.type().isInstance(made.value())
            : type instanceof ValueType.Part && made.value() instanceof Component<?>;
    return fits ? Optional.of(made.value()) : mismatch(type, made, path);
  }

  private Optional<?> maybe(ValueType.Maybe type, Node node, String path) {
    if (node.isNull()) {
      return Optional.of(Optional.empty());
    }
    Optional<?> value = bind(type.of(), node, path);
    return value.isPresent() ? Optional.of(value) : value;
  }

  private Optional<?> scalar(ValueType type, Node node, String path) {
    if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
      try {
        return Optional.of(scalars.read(type, scalar));
      } catch (ValueException e) {
        complain(node.place(), path, e.getMessage());
        return Optional.empty();
      }
    }
    return mismatch(type, node, path);
  }

  private Optional<?> mismatch(ValueType type, Node node, String path) {
    complain(node.place(), path, "expected %s, got %s".formatted(type.expected(), node.got()));
    return Optional.empty();
  }

  private Optional<?> list(ValueType.Many type, Node node, String path) {
    if (node.isNull()) {
      return mismatch(type, node, path);
    }
    if (!(node instanceof Node.Items list)) {
      return bind(type.of(), node, path).map(List::of);
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      bind(type.of(), list.items().get(i), KeyPath.item(path, i)).ifPresent(items::add);
    }
    return items.size() == list.items().size() ? Optional.of(List.copyOf(items)) : Optional.empty();
  }

  private Optional<?> map(ValueType.Named type, Node node, String path) {
    Node.Entries given = node.isNull() ? Node.Entries.empty(node.place()) : null;
    if (node instanceof Node.Entries entries && entries.bare().isEmpty()) {
      given = entries;
    }
    if (given == null) {
      return mismatch(type, node, path);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    given
        .entries()
        .forEach(
            (key, entry) ->
                bind(type.of(), entry.value(), KeyPath.child(path, key))
                    .ifPresent(value -> values.put(key, value)));
    return values.size() == given.entries().size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  /** Returns true if a component of a config file has configuration keys. */
  boolean hasKeys(ComponentKind<?> kind, Node component) {
    return components.hasKeys(kind, component);
  }

  /** Binds a map, or the value of the shorthand key, to a record. */
  Optional<Record> record(Class<? extends Record> type, Node node, String path) {
    return record(type, node, path, Optional.empty());
  }

  /**
   * Binds a map to a record; keys that the map lacks get the values of another record.
   *
   * @param base record of the same type; if empty, missing keys get their defaults
   */
  Optional<Record> record(
      Class<? extends Record> type, Node node, String path, Optional<Record> base) {
    List<ConfigKey> keys = ConfigKey.of(type);
    Optional<ConfigKey> shorthand = keys.stream().filter(ConfigKey::shorthand).findFirst();
    Node.Entries given =
        node instanceof Node.Entries entries
            ? entries
            : node.isNull()
                ? Node.Entries.empty(node.place())
                : new Node.Entries(Map.of(), Optional.of(node), node.place());
    if (given.bare().isPresent()) {
      Node bare = given.bare().get();
      if (shorthand.isEmpty()) {
        mismatch(new ValueType.Section(type), bare, path);
        return Optional.empty();
      }
      String key = shorthand.get().name();
      given = (given.value(key).isPresent() ? given : given.with(key, bare)).withoutBare();
    }
    given = movedKeys.moved(type, given, path);
    return new RecordBinding(this, type, keys, given, path, base).bind();
  }
}
