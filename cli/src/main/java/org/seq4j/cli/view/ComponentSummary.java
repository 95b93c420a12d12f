package org.seq4j.cli.view;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.runtime.config.key.ConfigDescription;

/** Describes a component in one line: "rnn (cell lstm, units 64, bidirectional true)". */
public final class ComponentSummary {
  private ComponentSummary() {}

  /** Returns its type, with the values that differ from defaults and all nested components. */
  public static String of(Component<?> component) {
    List<String> parts = new ArrayList<>();
    Class<? extends Record> type = component.config().getClass();
    List<ConfigDescription.Entry> keys = ConfigDescription.of(type).keys(); // in the record's order
    for (int i = 0; i < keys.size(); i++) {
      Object value = value(type.getRecordComponents()[i], component.config());
      part(keys.get(i), value).ifPresent(parts::add);
    }
    return parts.isEmpty()
        ? component.type()
        : component.type() + " (" + String.join(", ", parts) + ")";
  }

  private static Optional<String> part(ConfigDescription.Entry key, Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.flatMap(present -> part(key, present));
    }
    if (value instanceof Component<?> component) {
      return Optional.of(key.name() + " " + of(component));
    }
    String text =
        value instanceof Enum<?> constant
            ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
            : value.toString();
    boolean usual = key.defaultValue().map(yaml -> isSame(yaml, text)).orElse(false);
    return usual ? Optional.empty() : Optional.of(key.name() + " " + text);
  }

  /** Compares values; 1e-8 and 1.0E-8 are equal. */
  private static boolean isSame(String yaml, String value) {
    try {
      return Double.parseDouble(yaml) == Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return yaml.equals(value) || yaml.equals("'" + value + "'");
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
