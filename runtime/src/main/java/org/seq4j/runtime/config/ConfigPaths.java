package org.seq4j.runtime.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.seq4j.core.plugin.Component;

/** Replaces the paths in config records, including those of components. */
public final class ConfigPaths {
  private ConfigPaths() {}

  /** Replaces the paths in a configuration. */
  public static <C extends Record> C map(C config, UnaryOperator<Path> to) {
    RecordComponent[] keys = config.getClass().getRecordComponents();
    Object[] values = new Object[keys.length];
    try {
      for (int i = 0; i < keys.length; i++) {
        keys[i].getAccessor().setAccessible(true); // config records may be package-private
        values[i] = value(keys[i].getAccessor().invoke(config), to);
      }
      Class<?>[] types = Arrays.stream(keys).map(RecordComponent::getType).toArray(Class<?>[]::new);
      @SuppressWarnings("unchecked") // the class of a C
      Constructor<C> constructor = ((Class<C>) config.getClass()).getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(config + " cannot be created again", e);
    }
  }

  /** Replaces the paths in a component's configuration. */
  public static <T> Component<T> map(Component<T> component, UnaryOperator<Path> to) {
    return component.withConfig(map(component.config(), to));
  }

  private static Object value(Object value, UnaryOperator<Path> to) {
    if (value instanceof Path path) {
      return to.apply(path);
    } else if (value instanceof Optional<?> optional) {
      return optional.map(present -> value(present, to));
    } else if (value instanceof List<?> list) {
      return list.stream().map(item -> value(item, to)).toList();
    } else if (value instanceof Component<?> component) {
      return map(component, to);
    } else if (value instanceof Record config) {
      return map(config, to);
    }
    return value;
  }
}
