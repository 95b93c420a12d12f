package org.seq4j.runtime.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A parsed config file with the overrides applied, before it is bound to a record. Immutable. */
public final class ConfigTree {
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[(\\d+)\\]");

  private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{[^}]*\\}");

  private final Path file;
  private final Node.Entries root;

  /** A line of a run's config: a value, which may have quotes, and a comment with its origin. */
  private static final Pattern WITH_ORIGIN =
      Pattern.compile(
          "(?:[^'\"#]++|(?<! )#|'[^']*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\")*+# (?<origin>.*)");

  private final List<ConfigProblem> problems;
  private final List<String> linesOfRun;

  /**
   * @param linesOfRun the lines of a run's config, whose comments name the origins of its values;
   *     empty for another config
   */
  ConfigTree(Path file, Node.Entries root, List<ConfigProblem> problems, List<String> linesOfRun) {
    this.file = file;
    this.root = root;
    this.problems = List.copyOf(problems);
    this.linesOfRun = List.copyOf(linesOfRun);
  }

  /** The file, as the user named it. */
  public Path file() {
    return file;
  }

  /** Returns a tree with only some of the top-level keys; problems of other keys are dropped. */
  public ConfigTree only(Set<String> keys) {
    Map<String, Node.Entry> kept = new LinkedHashMap<>(root.entries());
    kept.keySet().retainAll(keys);
    List<ConfigProblem> concerned =
        problems.stream()
            .filter(
                problem -> problem.path().isEmpty() || keys.contains(KeyPath.top(problem.path())))
            .toList();
    return new ConfigTree(
        file, new Node.Entries(kept, root.bare(), root.place()), concerned, linesOfRun);
  }

  /**
   * Returns a tree without one key of a top-level map, such as {@code model} and {@code output}.
   */
  public ConfigTree without(String section, String key) {
    return root.value(section).orElse(null) instanceof Node.Entries map
        ? new ConfigTree(file, root.with(section, map.without(key)), problems, linesOfRun)
        : this;
  }

  /** Returns the text of a key; empty if the key is absent, or is a list or a map. */
  public Optional<String> text(String path) {
    return find(path) instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  /** Returns true if a key is present. */
  public boolean has(String path) {
    return find(path) != null;
  }

  /** Returns the node of a path; null if it does not exist. */
  private Node find(String path) {
    Node node = root;
    Matcher steps = STEP.matcher(path);
    while (node != null && steps.find()) {
      node = below(node, steps);
    }
    return node;
  }

  /**
   * Creates a problem that was found after parsing, such as a missing file, at the location of its
   * key. If the key has a default value, the location is that of the nearest key above it.
   */
  public ConfigProblem problem(String path, String message) {
    Node node = root;
    Matcher steps = STEP.matcher(path);
    while (steps.find()) {
      Node below = below(node, steps);
      if (below == null) {
        break;
      }
      node = below;
    }
    return new ConfigProblem(node.place(), path, message);
  }

  /**
   * Returns the location at which the value of a key was written, with the environment variables in
   * it; empty if the value is a default.
   */
  Optional<String> origin(String path) {
    Node node = root;
    Matcher steps = STEP.matcher(path);
    while (steps.find()) {
      Node below = below(node, steps);
      boolean bareType = below == null && "type".equals(steps.group(1)) && isBare(node);
      if (below == null && !bareType) {
        return Optional.empty();
      }
      node = bareType ? node : below;
    }
    SourceLocation place = node.place();
    if (place.line() > 0 && !linesOfRun.isEmpty()) {
      Matcher line = WITH_ORIGIN.matcher(linesOfRun.get(place.line() - 1));
      return line.matches() ? Optional.of(line.group("origin")) : Optional.empty();
    }
    String where =
        place.line() > 0 && place.file().isEmpty() ? file.getFileName() + ", " + place : "" + place;
    return where.isEmpty() ? Optional.empty() : Optional.of(where + variables(node));
  }

  /** Returns true for a bare name, which is a component's type. */
  private static boolean isBare(Node node) {
    return node instanceof Node.Scalar && !node.isNull();
  }

  private static String variables(Node node) {
    if (!(node instanceof Node.Scalar scalar)) {
      return "";
    }
    return VARIABLE
        .matcher(scalar.text())
        .results()
        .map(found -> ", " + found.group())
        .collect(Collectors.joining());
  }

  /** Returns the node that a step of a path leads to; null if it does not exist. */
  private static Node below(Node node, Matcher step) {
    return step.group(1) != null
        ? key(node, step.group(1))
        : item(node, Integer.parseInt(step.group(2)));
  }

  private static Node key(Node node, String key) {
    return node instanceof Node.Entries map ? map.value(key).orElse(null) : null;
  }

  private static Node item(Node node, int index) {
    if (node instanceof Node.Items list) {
      return index < list.items().size() ? list.items().get(index) : null;
    }
    return index == 0 ? node : null; // a single value is a list of one
  }

  Node.Entries root() {
    return root;
  }

  List<ConfigProblem> problems() {
    return problems;
  }
}
