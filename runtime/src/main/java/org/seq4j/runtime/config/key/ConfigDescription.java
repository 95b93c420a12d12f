package org.seq4j.runtime.config.key;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a config record, for people and for tools.
 *
 * @param keys in the record's order
 */
public record ConfigDescription(List<Entry> keys) {

  /**
   * A key.
   *
   * @param name in snake_case
   * @param type in words, "whole number, at least 1"
   * @param required whether it must be given
   * @param defaultValue in YAML, if it has one
   * @param example of a value in YAML, if there is one
   * @param doc what it means; empty if nobody said
   * @param shorthand whether a bare value stands for the record with this key
   * @param kind of component, if it is one or several
   * @param nested the keys below it, if it is a record or several; empty where records contain
   *     themselves
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
   * @throws IllegalArgumentException if a component of it cannot be a config key
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

  /** What there may be one of, none, or several. */
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
