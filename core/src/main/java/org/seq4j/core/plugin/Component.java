package org.seq4j.core.plugin;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The description of a component in a config: its kind, its name (the value of {@code type:}) and
 * its configuration, bound and checked. {@link #create} makes the component.
 *
 * <p>A component that uses other components has fields of this type in its config record, and calls
 * {@link #create} in its constructor. Two descriptions are equal if kind, name and configuration
 * are equal.
 *
 * @param <T> type of the component
 */
public final class Component<T> {
  private final Class<T> kind;
  private final String type;
  private final Record config;
  private final BiFunction<? super Record, ComponentContext, ? extends T> maker;
  private final String where;
  private final Optional<String> path;

  private Component(
      Class<T> kind,
      String type,
      Record config,
      BiFunction<? super Record, ComponentContext, ? extends T> maker,
      String where,
      Optional<String> path) {
    this.kind = kind;
    this.type = type;
    this.config = config;
    this.maker = maker;
    this.where = where;
    this.path = path;
  }

  /**
   * Creates a description in a program, of a component that needs its configuration only.
   *
   * @param kind interface of the kind
   * @param name value of {@code type:} in a config file
   * @param config configuration of the component
   * @param maker makes the component, often a constructor: {@code GruCell::new}
   */
  public static <T, C extends Record> Component<T> of(
      Class<T> kind, String name, C config, Function<? super C, ? extends T> maker) {
    return of(kind, name, config, (keys, context) -> maker.apply(keys));
  }

  /** Creates a description in a program, of a component that uses other components or files. */
  public static <T, C extends Record> Component<T> of(
      Class<T> kind,
      String name,
      C config,
      BiFunction<? super C, ComponentContext, ? extends T> maker) {
    @SuppressWarnings("unchecked") // a record's class has no subclass: it is exactly C's
    Class<C> keys = (Class<C>) config.getClass();
    return new Component<>(
        kind,
        name,
        config,
        (record, context) -> maker.apply(keys.cast(record), context),
        name,
        Optional.empty());
  }

  /**
   * Returns a copy whose errors begin with a location and a path.
   *
   * @param location location in a file: {@code g2p.yaml, line 14}
   * @param path path of the component's key: {@code model.encoder}
   */
  public Component<T> at(String location, String path) {
    return new Component<>(kind, type, config, maker, location + ", " + path, Optional.of(path));
  }

  /** Returns a copy with another configuration of the same record type. */
  public Component<T> withConfig(Record other) {
    return new Component<>(kind, type, config.getClass().cast(other), maker, where, path);
  }

  /**
   * Returns a copy with another value of a key: {@code decoder.with("attention", mine)}.
   *
   * @param key the key in config files; a path leads into sections and components, {@code
   *     cell.units}
   * @param value the value, in the key's type in the record; of an {@link Optional} key, also the
   *     value itself
   * @throws IllegalArgumentException if there is no such key, or the value has another type or is
   *     invalid
   */
  public Component<T> with(String key, Object value) {
    return withConfig(RecordKeys.with(config, key, value));
  }

  /** The interface of the component's kind. */
  public Class<T> kind() {
    return kind;
  }

  /** The name of the component in config files, the value of {@code type:}. */
  public String type() {
    return type;
  }

  /** The configuration. */
  public Record config() {
    return config;
  }

  /**
   * Makes a new component.
   *
   * @throws ComponentException if the maker rejects the configuration or fails
   */
  public T create(ComponentContext context) {
    String making = "making '" + type + "'";
    T made;
    try {
      made = maker.apply(config, context);
    } catch (ComponentException alreadySaysWhere) { // of a nested component
      throw alreadySaysWhere;
    } catch (IllegalArgumentException e) { // its message is for the user
      throw failed(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) { // a plugin may throw anything
      throw failed(PluginErrors.of(making, e), e);
    }
    if (!kind.isInstance(made)) {
      String result = made == null ? "null" : made.getClass().getName();
      throw failed(making + " returned " + result + " instead of " + kind.getName(), null);
    }
    return made;
  }

  private ComponentException failed(String problem, Throwable cause) {
    Kind named = kind.getAnnotation(Kind.class);
    String component = (named == null ? kind.getSimpleName() : named.value()) + " '" + type + "'";
    return new ComponentException(where, path, component, problem, cause);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Component<?> that
        && kind.equals(that.kind)
        && type.equals(that.type)
        && config.equals(that.config);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + config.hashCode();
  }

  @Override
  public String toString() {
    return type + " " + config;
  }
}
