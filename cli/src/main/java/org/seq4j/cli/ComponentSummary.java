package org.seq4j.cli;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.plugin.Component;

/** A component and its parts in one line: "rnn (cell lstm, units 64, bidirectional true)". */
final class ComponentSummary {
  private ComponentSummary() {}

  /** What differs from the defaults, and every part that is a component itself. */
  static String of(Component<?> component) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent key : component.config().getClass().getRecordComponents()) {
      part(key, component.config()).ifPresent(parts::add);
    }
    return parts.isEmpty()
        ? component.type()
        : component.type() + " (" + String.join(", ", parts) + ")";
  }

  private static Optional<String> part(RecordComponent key, Record config) {
    Object value = value(key, config);
    if (value instanceof Optional<?> optional) {
      value = optional.orElse(null);
    }
    if (value == null) {
      return Optional.empty();
    }
    String name = key.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    if (value instanceof Component<?> component) {
      return Optional.of(name + " " + of(component));
    }
    String text =
        value instanceof Enum<?> constant
            ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
            : value.toString();
    Key described = key.getAnnotation(Key.class);
    boolean usual = described != null && isSame(described.defaultValue(), text);
    return usual ? Optional.empty() : Optional.of(name + " " + text);
  }

  /** 1e-8 and 1.0E-8 are the same. */
  private static boolean isSame(String yaml, String value) {
    try {
      return Double.parseDouble(yaml) == Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return yaml.equals(value);
    }
  }

  private static Object value(RecordComponent key, Record config) {
    try {
      key.getAccessor().setAccessible(true); // config records of plugins may be package-private
      return key.getAccessor().invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(key + " cannot be read", e);
    }
  }
}
