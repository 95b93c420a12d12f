package org.seq4j.core.plugin;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A component as a config file names it: its kind, the name behind {@code type:} and the other
 * keys, bound and checked, but nothing made yet.
 *
 * <p>A config record that uses another component has a field of this type; the component makes its
 * part in its own constructor with {@link #create}. Two are equal if kind, name and configuration
 * are, wherever they were written.
 *
 * @param <T> what it makes
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
   * A component that a program describes itself, made of its configuration alone.
   *
   * @param kind the interface of the kind that it is of
   * @param name as {@code type:} has it in a config file
   * @param config its configuration
   * @param maker makes it, often a constructor: {@code GruCell::new}
   */
  public static <T, C extends Record> Component<T> of(
      Class<T> kind, String name, C config, Function<? super C, ? extends T> maker) {
    return of(kind, name, config, (keys, context) -> maker.apply(keys));
  }

  /** The same for a component that is made of other components or of files. */
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
   * The same component, whose errors begin with a place and a path.
   *
   * @param place in a file: "g2p.yaml, line 14"
   * @param path of its key: "model.encoder"
   */
  public Component<T> at(String place, String path) {
    return new Component<>(kind, type, config, maker, place + ", " + path, Optional.of(path));
  }

  /** The same with another configuration of the same type. */
  public Component<T> withConfig(Record other) {
    return new Component<>(kind, type, config.getClass().cast(other), maker, where, path);
  }

  /** Its name in config files. */
  public String type() {
    return type;
  }

  /** The bound configuration. */
  public Record config() {
    return config;
  }

  /**
   * Makes the component anew.
   *
   * @throws ComponentException if the maker refuses the configuration, or fails
   */
  public T create(ComponentContext context) {
    try {
      return maker.apply(config, context);
    } catch (
        ComponentException alreadySaysWhere) { // of a part, made in the component's constructor
      throw alreadySaysWhere;
    } catch (IllegalArgumentException e) { // written for the user
      throw new ComponentException(where, path, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) { // whatever a plugin may throw
      throw new ComponentException(where, path, PluginErrors.of("making '" + type + "'", e), e);
    }
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
