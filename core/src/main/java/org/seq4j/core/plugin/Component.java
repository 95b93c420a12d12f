package org.seq4j.core.plugin;

/**
 * A component as a config file names it: the factory behind {@code type:} and the other keys, bound
 * and checked, but nothing made yet.
 *
 * <p>A config record that uses another component has a field of this type; the component makes its
 * part in its own constructor with {@link #create}.
 *
 * @param <T> what it makes
 */
public final class Component<T> {
  private final ComponentFactory<? extends T, ?> factory;
  private final Record config;

  private <C extends Record> Component(ComponentFactory<? extends T, C> factory, C config) {
    this.factory = factory;
    this.config = config;
  }

  /** Pairs a factory with its configuration, as the config reader does and library users may. */
  public static <T, C extends Record> Component<T> of(
      ComponentFactory<? extends T, C> factory, C config) {
    return new Component<>(factory, factory.configType().cast(config));
  }

  /** The name of its factory. */
  public String type() {
    return factory.name();
  }

  /** The bound configuration. */
  public Record config() {
    return config;
  }

  /** The factory that makes it. */
  public ComponentFactory<? extends T, ?> factory() {
    return factory;
  }

  /** Makes the component anew. */
  public T create(ComponentContext context) {
    return create(factory, context);
  }

  private <C extends Record> T create(
      ComponentFactory<? extends T, C> typed, ComponentContext context) {
    return typed.create(typed.configType().cast(config), context);
  }

  @Override
  public String toString() {
    return type() + " " + config;
  }
}
