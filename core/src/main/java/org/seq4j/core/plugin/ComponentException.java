package org.seq4j.core.plugin;

/**
 * A component cannot be made from a configuration that is valid by itself. The message begins with
 * the place in the config file.
 */
public final class ComponentException extends IllegalArgumentException {

  ComponentException(String where, IllegalArgumentException cause) {
    super(where + ": " + cause.getMessage(), cause);
  }
}
