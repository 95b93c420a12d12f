package org.seq4j.runtime.config.key;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.core.plugin.Component;

/** The type of a key's value, derived from the type of a record component. */
public sealed interface ValueType {

  /** Describes the type, without an article: "whole number, at least 1". */
  String words();

  /** Describes several values of the type. */
  String plural();

  /** Describes the type, with an article. */
  default String expected() {
    return ("aeiou".indexOf(words().charAt(0)) < 0 ? "a " : "an ") + words();
  }

  /** {@code boolean}. */
  record Flag() implements ValueType {
    @Override
    public String words() {
      return "true or false";
    }

    @Override
    public String plural() {
      return words();
    }

    @Override
    public String expected() {
      return words();
    }
  }

  /** {@code int}, {@code long}. */
  record Whole(boolean wide, Bounds bounds) implements ValueType {
    @Override
    public String words() {
      return "whole number" + bounds;
    }

    @Override
    public String plural() {
      return "whole numbers" + bounds;
    }
  }

  /** {@code float}, {@code double}. */
  record Decimal(boolean wide, Bounds bounds) implements ValueType {
    @Override
    public String words() {
      return "number" + bounds;
    }

    @Override
    public String plural() {
      return "numbers" + bounds;
    }
  }

  /** {@code String}. */
  record Text() implements ValueType {
    @Override
    public String words() {
      return "text";
    }

    @Override
    public String plural() {
      return "texts";
    }

    @Override
    public String expected() {
      return words();
    }
  }

  /** {@link Literal}. */
  record Any() implements ValueType {
    @Override
    public String words() {
      return "text or number";
    }

    @Override
    public String plural() {
      return "texts or numbers";
    }

    @Override
    public String expected() {
      return "text or a number";
    }
  }

  /** An enum. */
  record Choice(Class<?> type) implements ValueType {
    /** The values, as written in a config. */
    public List<String> names() {
      return Stream.of(type.getEnumConstants())
          .map(Enum.class::cast)
          .map(NamingConvention::value)
          .toList();
    }

    @Override
    public String words() {
      return "one of " + String.join(", ", names());
    }

    @Override
    public String plural() {
      return names().stream().collect(joining(", ", "any of ", ""));
    }

    @Override
    public String expected() {
      return words();
    }
  }

  /** {@link Path}. */
  record File() implements ValueType {
    @Override
    public String words() {
      return "path";
    }

    @Override
    public String plural() {
      return "paths";
    }
  }

  /** {@link Duration}. */
  record Time() implements ValueType {
    @Override
    public String words() {
      return "time such as 45m, 90s or 1h30m";
    }

    @Override
    public String plural() {
      return "times such as 45m, 90s or 1h30m";
    }
  }

  /** {@link Optional}. */
  record Maybe(ValueType of) implements ValueType {
    @Override
    public String words() {
      return of.words();
    }

    @Override
    public String plural() {
      return of.plural();
    }

    @Override
    public String expected() {
      return of.expected();
    }
  }

  /** {@link List}. */
  record Many(ValueType of) implements ValueType {
    @Override
    public String words() {
      return "list of " + of.plural();
    }

    @Override
    public String plural() {
      return "lists of " + of.plural();
    }
  }

  /** {@link Map} with text keys. */
  record Named(ValueType of) implements ValueType {
    @Override
    public String words() {
      return "map from names to " + of.plural();
    }

    @Override
    public String plural() {
      return "maps from names to " + of.plural();
    }
  }

  /** A config record. */
  record Section(Class<? extends Record> type) implements ValueType {
    @Override
    public String words() {
      List<String> keys = ConfigKey.of(type).stream().map(ConfigKey::name).toList();
      return keys.isEmpty() ? "map" : "map with the keys " + String.join(", ", keys);
    }

    @Override
    public String plural() {
      return "maps";
    }
  }

  /** {@link Component}. */
  record Part(ComponentKind<?> kind) implements ValueType {
    @Override
    public String words() {
      return kind.name();
    }

    @Override
    public String plural() {
      return kind.name() + "s";
    }
  }

  /**
   * Returns the type of a record component.
   *
   * @throws IllegalArgumentException if config records do not support it, which is a programming
   *     error
   */
  static ValueType of(Type type, Bounds bounds) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return ofGeneric((Class<?>) generic.getRawType(), arguments, bounds);
    }
    if (!(type instanceof Class<?> plain)) {
      throw unsupported(type);
    }
    if (plain == boolean.class || plain == Boolean.class) {
      return new Flag();
    } else if (plain == int.class || plain == Integer.class) {
      return new Whole(false, bounds);
    } else if (plain == long.class || plain == Long.class) {
      return new Whole(true, bounds);
    } else if (plain == float.class || plain == Float.class) {
      return new Decimal(false, bounds);
    } else if (plain == double.class || plain == Double.class) {
      return new Decimal(true, bounds);
    } else if (plain == String.class) {
      return new Text();
    } else if (plain == Literal.class) {
      return new Any();
    } else if (plain == Path.class) {
      return new File();
    } else if (plain == Duration.class) {
      return new Time();
    } else if (plain.isEnum()) {
      return new Choice(plain);
    } else if (plain.isRecord()) {
      return new Section(plain.asSubclass(Record.class));
    }
    throw unsupported(type);
  }

  private static ValueType ofGeneric(Class<?> raw, Type[] arguments, Bounds bounds) {
    if (raw == Optional.class) {
      return new Maybe(of(arguments[0], bounds));
    } else if (raw == List.class) {
      return new Many(of(arguments[0], bounds));
    } else if (raw == Map.class && arguments[0] == String.class) {
      return new Named(of(arguments[1], bounds));
    } else if (raw == Component.class && arguments[0] instanceof Class<?> component) {
      return new Part(ComponentKind.of(component).orElseThrow(() -> unsupported(component)));
    }
    throw unsupported(raw);
  }

  private static IllegalArgumentException unsupported(Type type) {
    return new IllegalArgumentException(
        type.getTypeName()
            + " cannot be the type of a config key; see ConfigReader for the supported types");
  }
}
