package org.seq4j.runtime.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code> by an environment variable, and <code>${NAME:-default}</code> by
 * the default if the variable is not set or empty; <code>$${</code> is an escaped <code>${</code>.
 */
final class EnvironmentVariables {
  private static final Pattern NAME =
      Pattern.compile("(?<name>[A-Za-z_][A-Za-z0-9_]*)(:-(?<default>.*))?");

  private final UnaryOperator<String> environment;

  /** Creates an instance from a function that returns null for a variable that is not set. */
  EnvironmentVariables(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  static boolean in(String text) {
    return text.contains("${");
  }

  static String escape(String text) {
    return text.replace("${", "$${");
  }

  /**
   * Replaces all variables in a value.
   *
   * @throws ValueException if a variable is not set
   */
  String replace(String text) throws ValueException {
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        replaced.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        replaced.append(value(end < 0 ? "" : text.substring(at + 2, end), text));
        at = end + 1;
      } else {
        replaced.append(text.charAt(at));
        at++;
      }
    }
    return replaced.toString();
  }

  private String value(String variable, String text) throws ValueException {
    Matcher matcher = NAME.matcher(variable);
    if (!matcher.matches()) {
      throw new ValueException(
          "expected ${NAME} or ${NAME:-default}, an environment variable, got %s. For a plain ${ write $${"
              .formatted(text));
    }
    String name = matcher.group("name");
    String value = environment.apply(name);
    String byDefault = matcher.group("default");
    if (byDefault != null && (value == null || value.isEmpty())) {
      return byDefault;
    }
    if (value == null) {
      throw new ValueException(
          "the environment variable %s is not set. Set it, or write a value here, or a default: ${%s:-...}"
              .formatted(name, name));
    }
    return value;
  }
}
