package org.seq4j.runtime.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.plugin.ComponentRegistry;

/**
 * Reads config files in YAML, or in JSON if the name ends in {@code .json}, and binds them to
 * records.
 *
 * <p>The components of a config record are the keys, in snake_case, described by {@link Key}. Their
 * types may be boolean, int, long, float, double, String, {@link Literal}, {@link Path}, {@link
 * java.time.Duration}, enums (written in lower case with hyphens), {@code Optional}, {@code List},
 * {@code Map<String, ...>}, other config records, and {@link org.seq4j.core.plugin.Component}. A
 * single value where a list is expected is a list of one. A bare value can replace a record with a
 * {@linkplain Key#shorthand() shorthand}. A bare name is a component with all defaults. A
 * component's map without a type configures the default component.
 *
 * <p>The expected type determines how a value is read, and nothing is converted: 8.7, 1e3 and 010
 * are not whole numbers, {@code yes} is not true, 1.10 without quotes is not text. A key without a
 * value is {@code Optional.empty()}, a record or component with all defaults, or else a problem; it
 * never silently gets its default. {@code ${NAME}} in a value is replaced by the environment
 * variable and read as if it had been written there, also in quotes; <code>${NAME:-0.1}</code> has
 * a default; <code>$${</code> is an escaped <code>${</code>. Relative paths are resolved against
 * the file's folder, also in included files; those of overrides against the working directory.
 *
 * <p>Keys that begin with {@code x-} are ignored, at any depth: they are places for YAML's anchors.
 *
 * <p>Of two keys that exclude each other, see {@link Key#excludes}, the one that takes precedence
 * counts: an override replaces a key of the file, and a key of the file one of an included file.
 *
 * <p>A key that was renamed or moved, see {@link MovedKey}, is reported with its new path.
 *
 * <p>{@code include} at the top level names one or more files. Their keys apply where this file
 * lacks a key, at any depth; a later file overrides an earlier one. Lists are not merged, nor are
 * components of different types.
 */
public final class ConfigReader {
  private final ComponentRegistry registry;
  private final EnvironmentVariables variables;
  private final boolean ofRun;
  private final boolean overridesOfFile;

  /** Creates a reader for components and the environment of this process. */
  public ConfigReader(ComponentRegistry registry) {
    this(registry, System::getenv);
  }

  /**
   * Creates a reader for components and an environment.
   *
   * @param environment returns the value of a variable, or null if it is not set
   */
  public ConfigReader(ComponentRegistry registry, UnaryOperator<String> environment) {
    this(registry, new EnvironmentVariables(environment), false, false);
  }

  private ConfigReader(
      ComponentRegistry registry,
      EnvironmentVariables variables,
      boolean ofRun,
      boolean overridesOfFile) {
    this.registry = registry;
    this.variables = variables;
    this.ofRun = ofRun;
    this.overridesOfFile = overridesOfFile;
  }

  /**
   * Returns a reader for the configs of runs, which nobody edits: moved keys are read as the new
   * ones. In overrides they are still reported.
   */
  public ConfigReader ofRuns() {
    return new ConfigReader(registry, variables, true, overridesOfFile);
  }

  /**
   * Returns a reader that resolves the relative paths of overrides as if they were in the file: a
   * sweep's file has them.
   */
  public ConfigReader withOverridesOfFile() {
    return new ConfigReader(registry, variables, ofRun, true);
  }

  /**
   * Parses a file.
   *
   * @param overrides {@code a.b=c} or {@code a.list[0].x=c}, with the values in YAML; a later one
   *     takes precedence
   * @throws ConfigException if the file cannot be parsed; invalid keys and values are reported by
   *     {@link #bind}
   */
  public ConfigTree read(Path file, List<String> overrides) {
    return parse(file, text(file), overrides);
  }

  /** Parses a text as the content of a file. */
  public ConfigTree parse(Path file, String text, List<String> overrides) {
    List<ConfigProblem> problems = new ArrayList<>();
    Node.Entries root = root(file, text, SourceFile.MAIN, problems);
    root = new Includes(ConfigReader::included, problems).resolve(root, file);
    for (String override : overrides) {
      root = ConfigOverride.apply(override, root, problems);
    }
    return new ConfigTree(file, root, problems, ofRun ? text.lines().toList() : List.of());
  }

  /**
   * Binds a whole tree to a record.
   *
   * @throws ConfigException with all problems
   * @throws IllegalArgumentException if a record has a component that cannot be a key
   */
  public <C extends Record> C bind(ConfigTree tree, Class<C> type) {
    Path folder = tree.file().toAbsolutePath().getParent();
    Path overrides = overridesOfFile ? folder : Path.of("").toAbsolutePath();
    Scalars scalars = new Scalars(variables, folder, overrides);
    Binder binder = new Binder(scalars, registry, tree.file().toString(), ofRun);
    Optional<Record> bound = binder.record(type, tree.root(), "");
    List<ConfigProblem> problems = new ArrayList<>(tree.problems());
    problems.addAll(binder.problems());
    if (!problems.isEmpty()) {
      throw new ConfigException(tree.file(), problems);
    }
    return type.cast(bound.orElseThrow());
  }

  private static Node.Entries included(Path file, SourceFile source, List<ConfigProblem> problems) {
    return root(file, text(file), source, problems);
  }

  /** Parses the content of a file; locations name the file if it is included. */
  private static Node.Entries root(
      Path file, String text, SourceFile source, List<ConfigProblem> problems) {
    try {
      boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
      Node root =
          (json ? JsonSource.file(text, source, problems) : YamlSource.file(text, source, problems))
              .orElseThrow(
                  () -> broken(file, SourceLocation.FILE, "empty file. Expected keys and values"));
      if (root instanceof Node.Entries entries) {
        return entries;
      }
      throw broken(
          file, root.place(), "expected a map of keys and values, got %s".formatted(root.got()));
    } catch (SourceException e) {
      throw broken(file, e.place(), e.getMessage());
    }
  }

  private static String text(Path file) {
    if (!Files.exists(file)) {
      throw broken(
          file,
          SourceLocation.FILE,
          "there is no such file. Check its name; its full path is " + file.toAbsolutePath());
    }
    if (Files.isDirectory(file)) {
      throw broken(file, SourceLocation.FILE, "this is a folder. Name the file in it");
    }
    try {
      return String.join("\n", TextValue.Lines.all(file));
    } catch (CorpusException e) {
      // The file is named before the message.
      String message =
          e.getMessage().replaceFirst("^" + Pattern.quote(file.toString()) + "[:,] ", "");
      throw broken(file, SourceLocation.FILE, message);
    }
  }

  private static ConfigException broken(Path file, SourceLocation place, String message) {
    return new ConfigException(file, List.of(new ConfigProblem(place, "", message)));
  }
}
