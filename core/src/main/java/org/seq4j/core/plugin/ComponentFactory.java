package org.seq4j.core.plugin;

/**
 * Makes components of one type from their configuration; the unit that a plugin provides.
 *
 * <p>Factories are found with {@link java.util.ServiceLoader} through the interface of their kind
 * ({@code EncoderFactory}, {@code TokenizerFactory}, ...; see {@link ComponentKind}), and named in
 * a config file by {@code type: NAME}.
 *
 * @param <T> what the factory makes
 * @param <C> the record that the component's config keys are bound to
 */
public interface ComponentFactory<T, C extends Record> {

  /**
   * The version of the plugin interface that this core serves. It is a compile-time constant, so a
   * factory that answers it from {@link #apiVersion()} tells the version it was compiled against.
   */
  int API_VERSION = 7;

  /** The name in config files; matches {@code [a-z][a-z0-9+-]*} and is unique within its kind. */
  String name();

  /** What it is, in a sentence or two for a user, with the paper where there is one. */
  default String doc() {
    return "";
  }

  /** Answers {@link #API_VERSION}: {@code return ComponentFactory.API_VERSION;}. */
  int apiVersion();

  /** The record whose components are the config keys, in snake_case. */
  Class<C> configType();

  /**
   * Makes a component.
   *
   * @throws IllegalArgumentException if the configuration cannot work; the message goes to the
   *     user, beside the place in the file
   */
  T create(C config, ComponentContext context);
}
