package org.seq4j.runtime.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.plugin.ComponentRegistry;

/**
 * Reads config files, YAML or (by the name {@code *.json}) JSON, and binds them to records.
 *
 * <p>The components of a config record are the keys, in snake_case, described by {@link Key}. They
 * may be of the types boolean, int, long, float, double, String, {@link Literal}, {@link Path},
 * {@link java.time.Duration}, enums (written in lower case with hyphens), {@code Optional}, {@code
 * List}, {@code Map<String, ...>}, other config records, and {@link
 * org.seq4j.core.plugin.Component}. A single value where a list is expected is a list of one; a
 * bare value may stand for a record with a {@linkplain Key#shorthand() shorthand}; a bare name, for
 * a component with all defaults; and a component's map without a type is about the one that is the
 * default.
 *
 * <p>The type that is expected decides how a value is read, and nothing is converted: 8.7, 1e3 and
 * 010 are not whole numbers, {@code yes} is not true, 1.10 without quotes is not text. A key
 * without a value is {@code Optional.empty()}, a record or component with every key left out, or
 * else a problem; it never is a default silently. {@code ${NAME}} in a value is replaced by the
 * environment variable (<code>$${</code> stays <code>${</code>), and read as if it had been written
 * there. Relative paths start from the file's folder, in overrides and in included files too.
 *
 * <p>A key that has a new name or place since, see {@link MovedKey}, is a problem that says it.
 *
 * <p>{@code include} at the top names a file, or several, whose keys count where this one has none,
 * at any depth; of several files the later one wins. Lists are not merged, nor are components of
 * different types.
 */
public final class ConfigReader {
  private final ComponentRegistry registry;
  private final EnvironmentVariables variables;
  private final boolean ofRun;

  /** For these components and the environment of this process. */
  public ConfigReader(ComponentRegistry registry) {
    this(registry, System::getenv);
  }

  /**
   * For these components and an environment.
   *
   * @param environment answers null for a variable that is not set
   */
  public ConfigReader(ComponentRegistry registry, UnaryOperator<String> environment) {
    this(registry, new EnvironmentVariables(environment), false);
  }

  private ConfigReader(ComponentRegistry registry, EnvironmentVariables variables, boolean ofRun) {
    this.registry = registry;
    this.variables = variables;
    this.ofRun = ofRun;
  }

  /**
   * Reads the configs of runs, which nobody edits: keys that were moved since count as what they
   * are now. In overrides they are problems, as they are everywhere else.
   */
  public ConfigReader ofRuns() {
    return new ConfigReader(registry, variables, true);
  }

  /**
   * Parses a file.
   *
   * @param overrides {@code a.b=c} or {@code a.list[0].x=c}, with the values in YAML; later ones
   *     win
   * @throws ConfigException if it cannot be parsed; what is wrong inside is said by {@link #bind},
   *     with the rest
   */
  public ConfigTree read(Path file, List<String> overrides) {
    return parse(file, text(file), overrides);
  }

  /** Parses a text as if it were in a file. */
  public ConfigTree parse(Path file, String text, List<String> overrides) {
    List<ConfigProblem> problems = new ArrayList<>();
    Node.Entries root = root(file, text, "", problems);
    root = new Includes(ConfigReader::included, problems).resolve(root, file);
    for (String override : overrides) {
      root = ConfigOverride.apply(override, root, problems);
    }
    return new ConfigTree(file, root, problems);
  }

  /**
   * Binds all of a tree to a record.
   *
   * @throws ConfigException with everything that is wrong
   * @throws IllegalArgumentException if a record has a component that cannot be a key
   */
  public <C extends Record> C bind(ConfigTree tree, Class<C> type) {
    Path folder = tree.file().toAbsolutePath().getParent();
    Scalars scalars = new Scalars(variables, folder);
    Binder binder = new Binder(scalars, registry, tree.file().toString(), ofRun);
    Optional<Record> bound = binder.record(type, tree.root(), "");
    List<ConfigProblem> problems = new ArrayList<>(tree.problems());
    problems.addAll(binder.problems());
    if (!problems.isEmpty()) {
      throw new ConfigException(tree.file(), problems);
    }
    return type.cast(bound.orElseThrow());
  }

  private static Node.Entries included(Path file, List<ConfigProblem> problems) {
    return root(file, text(file), file.toString(), problems);
  }

  /** What is in a file; its places tell its name if it is an included one. */
  private static Node.Entries root(
      Path file, String written, String name, List<ConfigProblem> problems) {
    String text = written.startsWith("\ufeff") ? written.substring(1) : written;
    try {
      boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
      Node root =
          (json ? JsonSource.file(text, name, problems) : YamlSource.file(text, name, problems))
              .orElseThrow(
                  () -> broken(file, SourceLocation.FILE, "is empty. Expected keys and values"));
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
    try {
      byte[] bytes = Files.readAllBytes(file);
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw broken(
          file,
          SourceLocation.FILE,
          "there is no such file. Check its name; it was looked for at " + file.toAbsolutePath());
    } catch (AccessDeniedException e) {
      throw broken(file, SourceLocation.FILE, "you may not read this file. Change its permissions");
    } catch (CharacterCodingException e) {
      throw broken(file, SourceLocation.FILE, "is not text in UTF-8. Save it as UTF-8");
    } catch (IOException e) {
      String message =
          Files.isDirectory(file) ? "is a folder. Name the file in it" : "cannot be read: " + e;
      throw broken(file, SourceLocation.FILE, message);
    }
  }

  private static ConfigException broken(Path file, SourceLocation place, String message) {
    return new ConfigException(file, List.of(new ConfigProblem(place, "", message)));
  }
}
