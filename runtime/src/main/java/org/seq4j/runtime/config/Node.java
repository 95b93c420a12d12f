package org.seq4j.runtime.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A part of a configuration as it was written, before anything is known of types. */
sealed interface Node {

  SourceLocation place();

  /** What it is, for "expected a whole number, got ...". */
  String got();

  /** Whether it is YAML's null: nothing, {@code ~} or {@code null}. */
  default boolean isNull() {
    return false;
  }

  /**
   * A single value.
   *
   * @param text as written; without its quotes if it had any
   * @param quoted whether it can only be text
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
   * @param bare the value that stood here before an override set a key below it: {@code encoder:
   *     rnn} and {@code --set encoder.units=3}
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

    /** With a value for a key, which keeps its place if it was there. */
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

    /** Without the value that stood here before. */
    Entries withoutBare() {
      return new Entries(entries, Optional.empty(), place);
    }

    /** With the entries of another map for the keys that this one has not. */
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

  /** A config record or a component that a program has made already. */
  record Made(Object value, SourceLocation place) implements Node {
    @Override
    public String got() {
      return value.toString();
    }
  }

  /**
   * A key's value.
   *
   * @param keyPlace where the key is
   */
  record Entry(SourceLocation keyPlace, Node value) {}
}
