package org.seq4j.runtime.config;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.key.ConfigKey;
import org.seq4j.runtime.config.key.NamingConvention;
import org.seq4j.runtime.plugin.ComponentRegistry;

/**
 * Creates and changes config records in a program. Keys and values are those of a config file, and
 * the same values are rejected; the defaults are those of {@link Key}.
 *
 * <p>Values are texts, numbers, booleans, enums, lists and maps of them; null or an empty {@code
 * Optional} for no value; and existing config records and components. Environment variables in a
 * text are not replaced.
 */
public final class ConfigRecords {
  private ConfigRecords() {}

  /**
   * Creates a record with all defaults.
   *
   * @throws ConfigException if a key has no default
   */
  public static <C extends Record> C defaults(Class<C> type) {
    return type.cast(bind(type, Map.of(), "", Optional.empty()));
  }

  /**
   * Returns a copy of a record with other values: the tree of the values is merged into that of the
   * record, which is then bound again.
   *
   * @param values the values by key; a map changes the named keys of a section
   * @param section path of the record in a config, for messages: "search"
   * @throws ConfigException with all problems
   */
  public static <C extends Record> C with(C config, Map<String, ?> values, String section) {
    @SuppressWarnings("unchecked") // the class of a C
    Class<C> type = (Class<C>) config.getClass();
    return type.cast(bind(type, values, section, Optional.of(config)));
  }

  /**
   * Returns a copy of a record with another value.
   *
   * @param key path of the key, relative to the record: "length.max"
   * @throws ConfigException if the record lacks this key, or the value is invalid
   */
  public static <C extends Record> C with(C config, String key, Object value, String section) {
    Object changed = value;
    String rest = key;
    for (int dot = rest.lastIndexOf('.'); dot >= 0; dot = rest.lastIndexOf('.')) {
      changed = nullable(rest.substring(dot + 1), changed);
      rest = rest.substring(0, dot);
    }
    return with(config, nullable(rest, changed), section);
  }

  /** Returns all components in a record: in its sections, lists and the configs of components. */
  public static List<Component<?>> components(Record config) {
    List<Component<?>> found = new ArrayList<>();
    for (ConfigKey key : ConfigKey.of(config.getClass())) {
      collect(get(config, key), found);
    }
    return List.copyOf(found);
  }

  private static void collect(Object value, List<Component<?>> found) {
    if (value instanceof Component<?> component) {
      found.add(component);
      found.addAll(components(component.config()));
    } else if (value instanceof Record section) {
      found.addAll(components(section));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresent(it -> collect(it, found));
    } else if (value instanceof Iterable<?> list && !(value instanceof Path)) {
      list.forEach(it -> collect(it, found));
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(it -> collect(it, found));
    }
  }

  private static Map<String, Object> nullable(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  private static Record bind(
      Class<? extends Record> type, Map<String, ?> values, String section, Optional<Record> base) {
    Scalars scalars = new Scalars(new EnvironmentVariables(name -> null), Path.of(""), Path.of(""));
    Binder binder = new Binder(scalars, ComponentRegistry.of(), section, false);
    Optional<Record> bound = binder.record(type, node(values), section, base);
    if (bound.isEmpty() || !binder.problems().isEmpty()) {
      throw new ConfigException(Path.of(section), binder.problems());
    }
    return bound.get();
  }

  private static Node node(Object value) {
    if (value == null) {
      return new Node.Scalar("", false, SourceLocation.FILE);
    } else if (value instanceof Optional<?> optional) {
      return node(optional.orElse(null));
    } else if (value instanceof String text) {
      return new Node.Scalar(EnvironmentVariables.escape(text), true, SourceLocation.FILE);
    } else if (value instanceof Enum<?> constant) {
      return new Node.Scalar(NamingConvention.value(constant), true, SourceLocation.FILE);
    } else if (value instanceof Number || value instanceof Boolean) {
      return new Node.Scalar(value.toString(), false, SourceLocation.FILE);
    } else if (value instanceof List<?> list) {
      return new Node.Items(list.stream().map(ConfigRecords::node).toList(), SourceLocation.FILE);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Node.Entry> entries = new LinkedHashMap<>();
      map.forEach(
          (key, item) ->
              entries.put((String) key, new Node.Entry(SourceLocation.FILE, node(item))));
      return new Node.Entries(entries, Optional.empty(), SourceLocation.FILE);
    }
    return new Node.Made(value, SourceLocation.FILE);
  }

  /**
   * A key whose value is not its default.
   *
   * @param key path of the key, relative to the record: "length.max"
   * @param value the value, as written in a config
   * @param defaultValue the default, as written in a config; empty if the key is absent by default
   */
  public record Change(String key, String value, Optional<String> defaultValue) {}

  /**
   * Lists the keys of a record and its sections whose values are not their defaults, in the order
   * of the records. A section that is absent by default counts as one key.
   *
   * @throws ConfigException if a key has no default
   */
  public static List<Change> changes(Record config) {
    List<Change> changes = new ArrayList<>();
    changes(config, defaults(config.getClass()), "", changes);
    return List.copyOf(changes);
  }

  private static void changes(Record config, Record defaults, String path, List<Change> changes) {
    for (ConfigKey key : ConfigKey.of(config.getClass())) {
      String below = KeyPath.child(path, key.name());
      Object value = get(config, key);
      Object usual = get(defaults, key);
      if (value instanceof Record section) {
        changes(section, (Record) usual, below, changes);
      } else if (!value.equals(usual)) {
        changes.add(new Change(below, written(value), key.defaultValue()));
      }
    }
  }

  private static String written(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(ConfigRecords::written).orElse("nothing");
    }
    if (value instanceof Enum<?> constant) {
      return NamingConvention.value(constant);
    } else if (value instanceof Component<?> component) {
      return component.type();
    } else if (value instanceof List<?> list) {
      return list.stream().map(ConfigRecords::written).collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Record section) {
      return ConfigKey.of(section.getClass()).stream()
          .map(key -> key.name() + ": " + written(get(section, key)))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }

  /** Returns the value of a key in a record. */
  static Object get(Record config, ConfigKey key) {
    try {
      key.component().getAccessor().setAccessible(true); // config records may be package-private
      return key.component().getAccessor().invoke(config);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(key.component() + " cannot be read", e);
    }
  }
}
