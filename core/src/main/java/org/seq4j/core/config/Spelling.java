package org.seq4j.core.config;

import java.util.Locale;

/** How names in Java are written in config files. */
public final class Spelling {
  private Spelling() {}

  /** The key of a record's component: {@code learning_rate} for {@code learningRate}. */
  public static String key(String component) {
    return component
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** The value that stands for a constant: {@code inverse-sqrt} for {@code INVERSE_SQRT}. */
  public static String value(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
