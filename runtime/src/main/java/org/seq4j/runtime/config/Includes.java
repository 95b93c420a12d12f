package org.seq4j.runtime.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.runtime.platform.FileNames;

/**
 * Merges included files into a config file: its own keys take precedence, and a later included file
 * takes precedence over an earlier one. Lists are not merged, nor are components of different
 * types.
 */
final class Includes {
  static final String KEY = "include";
  private static final String TYPE = "type";

  /** Reads an included file, without the files that it includes. */
  @FunctionalInterface
  interface Source {
    Node.Entries read(Path file, SourceFile source, List<ConfigProblem> problems);
  }

  private final Source source;
  private final List<ConfigProblem> problems;
  private int layers; // files are read in the order of their precedence

  Includes(Source source, List<ConfigProblem> problems) {
    this.source = source;
    this.problems = problems;
  }

  /** Merges a file with all files that it includes. */
  Node.Entries resolve(Node.Entries root, Path file) {
    return resolve(root, file, List.of(file.toAbsolutePath().normalize()));
  }

  private Node.Entries resolve(Node.Entries root, Path file, List<Path> way) {
    Optional<Node> written = root.value(KEY);
    if (written.isEmpty()) {
      return root;
    }
    Node.Entries result = root.without(KEY);
    List<Node> names =
        written.get() instanceof Node.Items several ? several.items() : List.of(written.get());
    for (int i = names.size() - 1; i >= 0; i--) { // a later file takes precedence
      Optional<Node.Entries> below = included(names.get(i), file, way);
      if (below.isPresent()) {
        result = over(result, below.get());
      }
    }
    return result;
  }

  private Optional<Node.Entries> included(Node name, Path file, List<Path> way) {
    if (!(name instanceof Node.Scalar scalar) || scalar.isNull()) {
      problems.add(
          new ConfigProblem(
              name.place(), KEY, "expected the path of a file, or a list, got " + name.got()));
      return Optional.empty();
    }
    try {
      Path other = file.resolveSibling(scalar.text());
      Path normal = other.toAbsolutePath().normalize();
      if (way.contains(normal)) {
        problems.add(new ConfigProblem(name.place(), KEY, scalar.text() + " includes itself"));
        return Optional.empty();
      }
      List<Path> further = new ArrayList<>(way);
      further.add(normal);
      return Optional.of(resolve(source.read(other, layer(other), problems), other, further));
    } catch (InvalidPathException e) {
      problems.add(new ConfigProblem(name.place(), KEY, "not a path: " + FileNames.reason(e)));
    } catch (ConfigException e) {
      for (ConfigProblem problem : e.problems()) {
        boolean placed = problem.place().line() > 0;
        problems.add(
            new ConfigProblem(
                placed ? problem.place() : name.place(),
                KEY,
                placed ? problem.message() : scalar.text() + ": " + problem.message()));
      }
    }
    return Optional.empty();
  }

  private SourceFile layer(Path file) {
    layers++;
    return new SourceFile(file.toString(), layers);
  }

  private static Node.Entries over(Node.Entries upper, Node.Entries lower) {
    Map<String, Node.Entry> merged = new LinkedHashMap<>(lower.entries());
    upper
        .entries()
        .forEach(
            (key, entry) ->
                merged.merge(
                    key,
                    entry,
                    (below, above) ->
                        new Node.Entry(above.keyPlace(), over(above.value(), below.value()))));
    return new Node.Entries(merged, upper.bare().or(lower::bare), upper.place());
  }

  private static Node over(Node upper, Node lower) {
    if (!(upper instanceof Node.Entries above)) {
      return upper;
    }
    if (lower instanceof Node.Entries below) {
      return isOfAnotherType(above, below) ? above : over(above, below);
    }
    boolean named = above.value(TYPE).isPresent() || !(lower instanceof Node.Scalar);
    return named ? above : new Node.Entries(above.entries(), Optional.of(lower), above.place());
  }

  private static boolean isOfAnotherType(Node.Entries above, Node.Entries below) {
    Optional<String> type = type(above);
    return type.isPresent() && !type.equals(type(below));
  }

  private static Optional<String> type(Node.Entries component) {
    return component
        .value(TYPE)
        .filter(Node.Scalar.class::isInstance)
        .map(type -> ((Node.Scalar) type).text());
  }
}
