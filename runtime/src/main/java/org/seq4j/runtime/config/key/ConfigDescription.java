package org.seq4j.runtime.config.key;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Describes the keys of a config record, for users and tools.
 *
 * @param keys the keys, in the order of the record
 */
public record ConfigDescription(List<Entry> keys) {

  /**
   * A key.
   *
   * @param name name in snake_case
   * @param type type in words, "whole number, at least 1"
   * @param required whether the key is required
   * @param defaultValue default in YAML, if it has one
   * @param example example value in YAML, if it has one
   * @param doc meaning of the key; empty if undocumented
   * @param shorthand whether a bare value can replace the record of this key
   * @param kind kind of component, if the value is one component or several
   * @param nested keys of the value, if it is one record or several; empty for a recursive record
   */
  public record Entry(
      String name,
      String type,
      boolean required,
      Optional<String> defaultValue,
      Optional<String> example,
      String doc,
      boolean shorthand,
      Optional<ComponentKind<?>> kind,
      List<Entry> nested) {}

  /**
   * Describes a record.
   *
   * @throws IllegalArgumentException if a component of the record cannot be a config key
   */
  public static ConfigDescription of(Class<? extends Record> type) {
    return new ConfigDescription(entries(type, Set.of()));
  }

  private static List<Entry> entries(Class<? extends Record> type, Set<Class<?>> above) {
    if (above.contains(type)) {
      return List.of();
    }
    Set<Class<?>> path = new HashSet<>(above);
    path.add(type);
    List<Entry> entries = new ArrayList<>();
    for (ConfigKey key : ConfigKey.of(type)) {
      ValueType single = single(key.type());
      Optional<ComponentKind<?>> kind =
          single instanceof ValueType.Part part ? Optional.of(part.kind()) : Optional.empty();
      List<Entry> nested =
          single instanceof ValueType.Section section ? entries(section.type(), path) : List.of();
      entries.add(
          new Entry(
              key.name(),
              key.type() instanceof ValueType.Section ? "map" : key.type().words(),
              key.required(),
              key.defaultValue(),
              key.example(),
              key.doc(),
              key.shorthand(),
              kind,
              nested));
    }
    return List.copyOf(entries);
  }

  /** Returns the type of the items of an optional value or a list. */
  private static ValueType single(ValueType type) {
    if (type instanceof ValueType.Maybe maybe) {
      return single(maybe.of());
    } else if (type instanceof ValueType.Many many) {
      return single(many.of());
    } else if (type instanceof ValueType.Named named) {
      return single(named.of());
    }
    return type;
  }
}
