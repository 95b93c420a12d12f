package org.seq4j.runtime.config.key;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Key;

/**
 * A key of a config record.
 *
 * @param name name in snake_case
 * @param component component of the record
 * @param type type of its value
 * @param doc meaning of the key; empty if undocumented
 * @param defaultValue default in YAML, if it has one
 * @param example example value in YAML, if it has one
 * @param shorthand whether a bare value can replace the record of this key
 * @param excludes names of keys that cannot be given together with this one
 */
public record ConfigKey(
    String name,
    RecordComponent component,
    ValueType type,
    String doc,
    Optional<String> defaultValue,
    Optional<String> example,
    boolean shorthand,
    List<String> excludes) {

  /** Copies the names. */
  public ConfigKey {
    excludes = List.copyOf(excludes);
  }

  /**
   * Returns the keys of a record, in its order.
   *
   * @throws IllegalArgumentException if a component cannot be a key, which is a programming error
   */
  public static List<ConfigKey> of(Class<? extends Record> type) {
    List<ConfigKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      try {
        keys.add(of(component));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            type.getName() + "." + component.getName() + ": " + e.getMessage(), e);
      }
    }
    if (keys.stream().filter(ConfigKey::shorthand).count() > 1) {
      throw new IllegalArgumentException(type.getName() + ": more than one key is the shorthand");
    }
    return List.copyOf(keys);
  }

  private static ConfigKey of(RecordComponent component) {
    String name = NamingConvention.key(component.getName());
    Key key = component.getAnnotation(Key.class);
    if (key == null) {
      ValueType type = ValueType.of(component.getGenericType(), Bounds.NONE);
      return new ConfigKey(
          name, component, type, "", Optional.empty(), Optional.empty(), false, List.of());
    }
    ValueType type = ValueType.of(component.getGenericType(), new Bounds(key.min(), key.max()));
    return new ConfigKey(
        name,
        component,
        type,
        key.doc(),
        given(key.defaultValue()),
        given(key.example()),
        key.shorthand(),
        List.of(key.excludes()));
  }

  private static Optional<String> given(String value) {
    return Optional.of(value).filter(text -> !text.equals(Key.NONE));
  }

  /** Returns true if the key is required. */
  public boolean required() {
    return defaultValue.isEmpty() && !(type instanceof ValueType.Maybe);
  }
}
