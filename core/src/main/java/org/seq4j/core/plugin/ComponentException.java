package org.seq4j.core.plugin;

import java.util.Optional;

/**
 * Reports that a component cannot be made, although each key of its configuration is valid. The
 * message begins with the location in the config file.
 */
public final class ComponentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final String path; // null if there is none: an Optional is not serializable
  private final String component;
  private final String problem;

  ComponentException(
      String location, Optional<String> path, String component, String problem, Throwable cause) {
    super(location + ": " + problem, cause);
    this.location = location;
    this.path = path.orElse(null);
    this.component = component;
    this.problem = problem;
  }

  /**
   * Reports that a method of a component returned null or something else that its interface
   * excludes: a fault in the component's code.
   */
  public static final class WrongResult extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final Class<?> component;

    /**
     * Creates an exception.
     *
     * @param component class of the component
     * @param message the result, and the expected one
     */
    public WrongResult(Class<?> component, String message) {
      super(message);
      this.component = component;
    }

    /** The class of the component. */
    public Class<?> component() {
      return component;
    }
  }

  /**
   * Returns the result of a component's method.
   *
   * @param component the component
   * @param method name of the method
   * @throws WrongResult if the result is null
   */
  public static <T> T notNull(Object component, String method, T result) {
    if (result == null) {
      throw new WrongResult(
          component.getClass(),
          "%s.%s returned null".formatted(component.getClass().getName(), method));
    }
    return result;
  }

  /**
   * Returns a message that the code of a plugin failed and why, with a remedy if one is known.
   *
   * @param what what failed, the beginning of the message: {@code making 'lstm'}
   * @param thrown what the code threw
   */
  public static String message(String what, Throwable thrown) {
    return PluginErrors.of(what, thrown);
  }

  /**
   * The location of the component that could not be made, {@code g2p.yaml, line 14,
   * model.encoder.cell}, or its type if it is not from a file. The component may be nested in the
   * requested one.
   */
  public String location() {
    return location;
  }

  /** The path of that component's key, {@code model.encoder.cell}, if it is from a file. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /** The component that could not be made, {@code cell 'lstm'}. */
  public String component() {
    return component;
  }

  /**
   * Returns true if the component rejected its configuration, false if its code failed, which the
   * configuration cannot help.
   */
  public boolean isRejection() {
    return getCause() instanceof IllegalArgumentException;
  }

  /** The message without the location. */
  public String problem() {
    return problem;
  }
}
