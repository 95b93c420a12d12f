package org.seq4j.runtime.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.config.key.ConfigKey;
import org.seq4j.runtime.config.key.ValueType;

/** Binds a map to a record. */
final class RecordBinding {
  /** Prefix of keys in files that are ignored. */
  static final String IGNORED = "x-";

  /** A message of a record that begins with the path of a key in it. */
  private static final Pattern OF_KEY =
      Pattern.compile("(?<key>[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*): (?<rest>.*)", Pattern.DOTALL);

  private static final Pattern DOT = Pattern.compile("\\.");

  private final Binder binder;
  private final Class<? extends Record> type;
  private final List<ConfigKey> keys;
  private Node.Entries given; // without the keys that others replace
  private final String path;
  private final Optional<Record> base; // supplies the values of missing keys
  private final Set<String> misspelt = new HashSet<>(); // known keys, likely misspelt

  RecordBinding(
      Binder binder,
      Class<? extends Record> type,
      List<ConfigKey> keys,
      Node.Entries given,
      String path,
      Optional<Record> base) {
    this.binder = binder;
    this.type = type;
    this.keys = keys;
    this.given = given;
    this.path = path;
    this.base = base;
  }

  Optional<Record> bind() {
    boolean allKnown = checkKeys();
    boolean together = replaceExcluded();
    List<Object> values = new ArrayList<>();
    for (ConfigKey key : keys) {
      value(key).ifPresent(values::add);
    }
    return allKnown && together && values.size() == keys.size()
        ? construct(values)
        : Optional.empty();
  }

  /**
   * Removes keys that another one of higher precedence excludes.
   *
   * @return false if keys of one source exclude each other, which is reported
   */
  private boolean replaceExcluded() {
    boolean together = true;
    for (ConfigKey key : keys) {
      for (String other : key.excludes()) {
        Optional<Node> one = given.value(key.name()).filter(it -> !it.isNull());
        Optional<Node> two = given.value(other).filter(it -> !it.isNull());
        if (one.isEmpty() || two.isEmpty()) {
          continue;
        }
        int layer = one.get().place().layer();
        int layerOfOther = two.get().place().layer();
        if (layer == layerOfOther) {
          together = false;
          SourceLocation later = later(one.get().place(), two.get().place());
          binder.complain(
              later, path, "set either %s or %s, not both".formatted(other, key.name()));
        } else {
          given = given.without(layer < layerOfOther ? other : key.name());
        }
      }
    }
    return together;
  }

  private static SourceLocation later(SourceLocation one, SourceLocation two) {
    return one.line() >= two.line() ? one : two;
  }

  /** Returns true if a key that is given excludes another one, whose value in the base is void. */
  private boolean isExcluded(ConfigKey key) {
    return keys.stream()
        .filter(it -> it.excludes().contains(key.name()) || key.excludes().contains(it.name()))
        .anyMatch(it -> given.value(it.name()).filter(value -> !value.isNull()).isPresent());
  }

  /** Reports unknown keys. */
  private boolean checkKeys() {
    List<String> known = keys.stream().map(ConfigKey::name).toList();
    List<String> missing = known.stream().filter(key -> given.value(key).isEmpty()).toList();
    for (String key : List.copyOf(given.entries().keySet())) {
      if (key.startsWith(IGNORED) && given.entries().get(key).keyPlace().line() > 0) {
        given = given.without(key);
      }
    }
    given
        .entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                Optional<String> meant = Suggestions.closest(key, missing);
                meant.ifPresent(misspelt::add);
                String help =
                    meant.isPresent()
                        ? "Did you mean '%s'?".formatted(meant.get())
                        : known.isEmpty()
                            ? "There are none here"
                            : "Known: " + String.join(", ", known);
                binder.complain(entry.keyPlace(), KeyPath.child(path, key), "unknown key. " + help);
              }
            });
    return known.containsAll(given.entries().keySet());
  }

  private Optional<?> value(ConfigKey key) {
    String below = KeyPath.child(path, key.name());
    Optional<Node> written = given.value(key.name());
    if (written.isPresent()) {
      return written(key, written.get(), below);
    }
    if (base.isPresent()) {
      return Optional.of(isExcluded(key) ? Optional.empty() : ConfigRecords.get(base.get(), key));
    }
    if (key.defaultValue().isPresent()) {
      return byDefault(key, below);
    }
    if (key.type() instanceof ValueType.Maybe) {
      return Optional.of(Optional.empty());
    }
    if (!misspelt.contains(key.name())) {
      String doc = key.doc().isEmpty() ? "" : ". " + key.doc();
      binder.complain(given.place(), below, "missing. Expected " + key.type().expected() + doc);
    }
    return Optional.empty();
  }

  /** Binds the default. If it is wrong, the author of the record is at fault, not the user. */
  private Optional<?> byDefault(ConfigKey key, String below) {
    int before = binder.problems().size();
    Optional<?> value = binder.bind(key.type(), defaultOf(key), below);
    if (binder.problems().size() > before) {
      throw wrongDefault(key, binder.problems().get(before).message(), null);
    }
    return value;
  }

  private Optional<?> written(ConfigKey key, Node node, String below) {
    boolean mayBeNothing =
        key.type() instanceof ValueType.Maybe
            || key.type() instanceof ValueType.Section
            || key.type() instanceof ValueType.Named
            || key.type() instanceof ValueType.Part;
    if (node.isNull() && !mayBeNothing && key.defaultValue().isPresent()) {
      String message = "expected %s, got nothing. Remove the key to use its default, %s";
      binder.complain(
          node.place(), below, message.formatted(key.type().expected(), key.defaultValue().get()));
      return Optional.empty();
    }
    Optional<Record> section = section(key).filter(before -> node instanceof Node.Entries);
    if (section.isPresent()) {
      Optional<Record> changed = binder.record(section.get().getClass(), node, below, section);
      return key.type() instanceof ValueType.Maybe && changed.isPresent()
          ? Optional.of(changed)
          : changed;
    }
    return binder.bind(key.type(), withDefault(key, node), below);
  }

  /** Returns the section that a map of this key changes; empty if it starts from the defaults. */
  private Optional<Record> section(ConfigKey key) {
    Object before = base.map(record -> ConfigRecords.get(record, key)).orElse(null);
    Object present = before instanceof Optional<?> maybe ? maybe.orElse(null) : before;
    return present instanceof Record section ? Optional.of(section) : Optional.empty();
  }

  /**
   * Completes a map without a type with the default component, also in a list whose default is one
   * component with keys.
   */
  private Node withDefault(ConfigKey key, Node node) {
    boolean maybe = key.type() instanceof ValueType.Maybe;
    ValueType type = key.type() instanceof ValueType.Maybe some ? some.of() : key.type();
    boolean turnedOff = maybe && node.isNull();
    if (node instanceof Node.Made || key.defaultValue().isEmpty() || turnedOff) {
      return node;
    }
    if (type instanceof ValueType.Part part) {
      return ComponentBinding.orDefault(part.kind(), node, defaultOf(key));
    }
    return type instanceof ValueType.Many many && many.of() instanceof ValueType.Part part
        ? itemOrDefault(part, node, defaultOf(key))
        : node;
  }

  private Node itemOrDefault(ValueType.Part part, Node node, Node defaultValue) {
    if (defaultValue instanceof Node.Items || !binder.hasKeys(part.kind(), defaultValue)) {
      return node;
    }
    if (node instanceof Node.Entries map) {
      return ComponentBinding.orDefault(part.kind(), map, defaultValue);
    }
    return node instanceof Node.Items list
            && list.items().size() == 1
            && list.items().get(0) instanceof Node.Entries map
        ? new Node.Items(
            List.of(ComponentBinding.orDefault(part.kind(), map, defaultValue)), list.place())
        : node;
  }

  private Node defaultOf(ConfigKey key) {
    List<ConfigProblem> problems = new ArrayList<>();
    try {
      Node node = YamlSource.value(key.defaultValue().orElseThrow(), "", given.place(), problems);
      if (problems.isEmpty()) {
        return node;
      }
      throw wrongDefault(key, problems.get(0).message(), null);
    } catch (SourceException e) {
      throw wrongDefault(key, e.getMessage(), e);
    }
  }

  private IllegalStateException wrongDefault(ConfigKey key, String message, Exception cause) {
    IllegalStateException wrong =
        new ComponentException.WrongResult(
            type,
            "the default of %s.%s, %s: %s"
                .formatted(
                    type.getName(),
                    key.component().getName(),
                    key.defaultValue().orElse(""),
                    message));
    wrong.initCause(cause);
    return wrong;
  }

  /** Reports a violated rule of the record, at the key that its message begins with. */
  private void complain(String message) {
    Matcher ofKey = OF_KEY.matcher(message);
    if (!ofKey.matches()) {
      binder.complain(given.place(), path, message);
      return;
    }
    SourceLocation place = given.place();
    Node node = given;
    for (String key : DOT.split(ofKey.group("key"), -1)) {
      Optional<Node> below = node instanceof Node.Entries map ? map.value(key) : Optional.empty();
      if (below.isEmpty()) {
        break;
      }
      node = below.get();
      place = node.place();
    }
    binder.complain(place, KeyPath.child(path, ofKey.group("key")), ofKey.group("rest"));
  }

  private Optional<Record> construct(List<Object> values) {
    Class<?>[] parameters =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      Constructor<? extends Record> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true); // config records are mostly package-private
      return Optional.of(constructor.newInstance(values.toArray()));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException rule) {
        complain(String.valueOf(rule.getMessage()));
        return Optional.empty();
      }
      throw new IllegalStateException("the constructor of " + type.getName() + " failed", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " cannot be created", e);
    }
  }
}
