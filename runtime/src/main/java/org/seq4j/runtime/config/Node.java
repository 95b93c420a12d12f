package org.seq4j.runtime.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A part of a parsed configuration, before its type is known. */
sealed interface Node {

  SourceLocation place();

  /** Describes the node, for "expected a whole number, got ...". */
  String got();

  /** Returns true for YAML's null: no value, {@code ~} or {@code null}. */
  default boolean isNull() {
    return false;
  }

  /**
   * A single value.
   *
   * @param text the value as written, without quotes
   * @param quoted whether it was quoted, and so can only be text
   */
  record Scalar(String text, boolean quoted, SourceLocation place) implements Node {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final int SHOWN = 60;

    @Override
    public boolean isNull() {
      return !quoted && NULLS.contains(text);
    }

    @Override
    public String got() {
      String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
      return isNull() ? "nothing" : quoted ? "the text '" + shown + "'" : shown;
    }
  }

  /** A list. */
  record Items(List<Node> items, SourceLocation place) implements Node {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String got() {
      return "a list";
    }
  }

  /**
   * A map.
   *
   * @param bare the value that an override of a key below it replaced, as in {@code encoder: rnn}
   *     with {@code --set encoder.units=3}
   */
  record Entries(Map<String, Entry> entries, Optional<Node> bare, SourceLocation place)
      implements Node {
    public Entries {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    static Entries empty(SourceLocation place) {
      return new Entries(Map.of(), Optional.empty(), place);
    }

    Optional<Node> value(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** Returns a copy with another value for a key; an existing key keeps its position. */
    Entries with(String key, Node value) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      Entry old = entries.get(key);
      changed.put(key, new Entry(old == null ? value.place() : old.keyPlace(), value));
      return new Entries(changed, bare, place);
    }

    Entries without(String key) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.remove(key);
      return new Entries(changed, bare, place);
    }

    /** Returns a copy without the replaced bare value. */
    Entries withoutBare() {
      return new Entries(entries, Optional.empty(), place);
    }

    /** Returns a copy with the entries of another map for missing keys. */
    Entries orElse(Entries other) {
      Map<String, Entry> merged = new LinkedHashMap<>(entries);
      other.entries.forEach(merged::putIfAbsent);
      return new Entries(merged, bare.or(other::bare), place);
    }

    @Override
    public String got() {
      return "a map";
    }
  }

  /** A config record or a component that a program created. */
  record Made(Object value, SourceLocation place) implements Node {
    @Override
    public String got() {
      return value.toString();
    }
  }

  /**
   * A value and its key.
   *
   * @param keyPlace location of the key
   */
  record Entry(SourceLocation keyPlace, Node value) {}
}
