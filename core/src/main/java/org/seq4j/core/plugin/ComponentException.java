package org.seq4j.core.plugin;

import java.util.Optional;

/**
 * A component cannot be made from a configuration that is valid by itself. The message begins with
 * the place in the config file.
 */
public final class ComponentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final String path; // null if there is none: an Optional is not serializable
  private final String complaint;

  ComponentException(String where, Optional<String> path, String complaint, Throwable cause) {
    super(where + ": " + complaint, cause);
    this.where = where;
    this.path = path.orElse(null);
    this.complaint = complaint;
  }

  /**
   * The place of the component that could not be made, which may be a part of the one that was
   * asked for: "g2p.yaml, line 14, model.encoder.cell", or its type if it is of no file.
   */
  public String where() {
    return where;
  }

  /** The path of that component's key, "model.encoder.cell", if it is of a file. */
  public Optional<String> path() {
    return Optional.ofNullable(path);
  }

  /** What is wrong, without the place. */
  public String complaint() {
    return complaint;
  }
}
