package org.seq4j.core.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents a config key, on a component of a config record, and sets its default and bounds. The
 * name of the key is that of the record component, in snake_case.
 *
 * <p>The type of a key is boolean, int, long, float, double, String, {@link java.nio.file.Path},
 * {@link java.time.Duration}, an enum (its values are written in lower case with hyphens), a record
 * of further keys, or a {@link Component}; or an {@code Optional}, a {@code List} or a {@code
 * Map<String, ...>} of one of these.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {

  /** The meaning of the key, in one sentence, with the paper if there is one. */
  String doc();

  /**
   * The value if the key is absent, in YAML. Without a default the key is required, unless its type
   * is {@link java.util.Optional}.
   */
  String defaultValue() default NONE;

  /** A typical value of a required key, in YAML, for examples in help texts. */
  String example() default NONE;

  /** The minimum of a number, inclusive. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The maximum of a number, inclusive. */
  double max() default Double.POSITIVE_INFINITY;

  /**
   * Marks the one key of a record that may be written without its name: {@code source: 64} is short
   * for {@code source: {units: 64}}.
   */
  boolean shorthand() default false;

  /**
   * Names of keys of the same record that cannot be given together with this one. If an override or
   * an including file gives one of them, it replaces the other.
   */
  String[] excludes() default {};

  /** Means that there is no default; it is not valid YAML. */
  String NONE = "\u0000";
}
