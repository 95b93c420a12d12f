package org.seq4j.core.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes values in config records by the names of their keys. */
final class RecordKeys {
  private RecordKeys() {}

  /** Implements {@link Component#with(String, Object)}. */
  static Record with(Record config, String path, Object value) {
    int dot = path.indexOf('.');
    String key = dot < 0 ? path : path.substring(0, dot);
    RecordComponent[] components = config.getClass().getRecordComponents();
    Object[] values = Stream.of(components).map(component -> get(config, component)).toArray();
    int index = index(config, components, key);
    Object changed =
        dot < 0 ? value : inside(values[index], config, key, path.substring(dot + 1), value);
    values[index] = typed(components[index], key, changed);
    return create(config.getClass(), components, values);
  }

  private static int index(Record config, RecordComponent[] components, String key) {
    for (int i = 0; i < components.length; i++) {
      if (name(components[i]).equals(key)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "%s has no key '%s'. It has: %s"
            .formatted(
                config.getClass().getName(),
                key,
                Stream.of(components).map(RecordKeys::name).collect(Collectors.joining(", "))));
  }

  /** Returns the name of a component in snake_case, as in config files. */
  private static String name(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static Object inside(Object found, Record config, String key, String rest, Object value) {
    if (found instanceof Optional<?> optional && optional.isPresent()) {
      return Optional.of(inside(optional.get(), config, key, rest, value));
    }
    if (found instanceof Component<?> component) {
      return component.with(rest, value);
    }
    if (found instanceof Record section) {
      return with(section, rest, value);
    }
    throw new IllegalArgumentException(
        "%s.%s has no keys; got the path %s.%s"
            .formatted(config.getClass().getName(), key, key, rest));
  }

  private static Object typed(RecordComponent component, String key, Object value) {
    boolean maybe = component.getType() == Optional.class && !(value instanceof Optional);
    Object given = maybe ? Optional.ofNullable(value) : value;
    if (!fits(component.getGenericType(), given)) {
      throw new IllegalArgumentException(
          "%s: expected %s, got %s"
              .formatted(
                  key,
                  component.getGenericType().getTypeName(),
                  value == null ? "null" : value.getClass().getName() + " " + value));
    }
    return given;
  }

  /** Returns true if a value has a type; erasure would let a component of another kind pass. */
  private static boolean fits(Type type, Object value) {
    if (value == null) {
      return false;
    }
    if (type instanceof Class<?> plain) {
      return plain.isPrimitive() || plain.isInstance(value);
    }
    if (!(type instanceof ParameterizedType full)) {
      return true;
    }
    Type of = full.getActualTypeArguments()[0];
    if (value instanceof Optional<?> optional) {
      return fits(full.getRawType(), value) && optional.map(it -> fits(of, it)).orElse(true);
    }
    if (value instanceof List<?> list) {
      return fits(full.getRawType(), value) && list.stream().allMatch(it -> fits(of, it));
    }
    return value instanceof Component<?> part
        ? fits(full.getRawType(), value) && part.kind().equals(of)
        : fits(full.getRawType(), value);
  }

  private static Object get(Record config, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true); // config records may be package-private
      return component.getAccessor().invoke(config);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static Record create(
      Class<? extends Record> type, RecordComponent[] components, Object[] values) {
    try {
      Constructor<? extends Record> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException rejected) {
        throw rejected;
      }
      throw new IllegalStateException(type.getName() + " cannot be created", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be created", e);
    }
  }
}
