package org.seq4j.core.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a config key means and allows, on the component of a config record. The key is the
 * component's name in snake_case.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {

  /** What it means, in one sentence, with the paper where there is one. */
  String doc();

  /**
   * The value if the key is absent, written as in a config file (YAML). Without one the key is
   * required, unless its type is {@link java.util.Optional}.
   */
  String defaultValue() default NONE;

  /** A usual value of a required key, to be shown to those who ask how it is written. */
  String example() default NONE;

  /** The smallest value that is allowed, for a number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest value that is allowed, for a number. */
  double max() default Double.POSITIVE_INFINITY;

  /**
   * Marks the one component of a record that a bare value stands for: {@code source: 64} is short
   * for {@code source: {units: 64}}.
   */
  boolean shorthand() default false;

  /** Stands for the absence of a default; no YAML document is this. */
  String NONE = "\u0000";
}
