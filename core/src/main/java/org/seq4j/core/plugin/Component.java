package org.seq4j.core.plugin;

import java.util.Optional;

/**
 * A component as a config file names it: the factory behind {@code type:} and the other keys, bound
 * and checked, but nothing made yet.
 *
 * <p>A config record that uses another component has a field of this type; the component makes its
 * part in its own constructor with {@link #create}. Two are equal if factory and configuration are,
 * wherever they were written.
 *
 * @param <T> what it makes
 */
public final class Component<T> {
  private final ComponentFactory<? extends T, ?> factory;
  private final Record config;
  private final String where;
  private final Optional<String> path;

  private Component(
      ComponentFactory<? extends T, ?> factory,
      Record config,
      String where,
      Optional<String> path) {
    this.factory = factory;
    this.config = config;
    this.where = where;
    this.path = path;
  }

  /** Pairs a factory with its configuration, as the config reader does and library users may. */
  public static <T, C extends Record> Component<T> of(
      ComponentFactory<? extends T, C> factory, C config) {
    return new Component<>(
        factory, factory.configType().cast(config), factory.name(), Optional.empty());
  }

  /**
   * The same component, whose errors begin with a place and a path.
   *
   * @param place in a file: "g2p.yaml, line 14"
   * @param path of its key: "model.encoder"
   */
  public Component<T> at(String place, String path) {
    return new Component<>(factory, config, place + ", " + path, Optional.of(path));
  }

  /** The same with another configuration of the same type. */
  public Component<T> withConfig(Record other) {
    return new Component<>(factory, factory.configType().cast(other), where, path);
  }

  /** The name of its factory. */
  public String type() {
    return factory.name();
  }

  /** The bound configuration. */
  public Record config() {
    return config;
  }

  /**
   * Makes the component anew.
   *
   * @throws ComponentException if the factory refuses the configuration, or fails
   */
  public T create(ComponentContext context) {
    try {
      return create(factory, context);
    } catch (
        ComponentException alreadySaysWhere) { // of a part, made in the component's constructor
      throw alreadySaysWhere;
    } catch (IllegalArgumentException e) { // written for the user
      throw new ComponentException(where, path, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) { // whatever a plugin may throw
      throw new ComponentException(where, path, Failures.of("making '" + type() + "'", e), e);
    }
  }

  private <C extends Record> T create(
      ComponentFactory<? extends T, C> typed, ComponentContext context) {
    return typed.create(typed.configType().cast(config), context);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Component<?> that
        && factory.equals(that.factory)
        && config.equals(that.config);
  }

  @Override
  public int hashCode() {
    return 31 * factory.hashCode() + config.hashCode();
  }

  @Override
  public String toString() {
    return type() + " " + config;
  }
}
