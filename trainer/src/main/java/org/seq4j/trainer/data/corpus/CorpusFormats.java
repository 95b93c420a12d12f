package org.seq4j.trainer.data.corpus;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.key.ComponentKind;
import org.seq4j.runtime.plugin.ComponentRegistry;

/** The available formats of corpora, which it chooses from. Immutable. */
public final class CorpusFormats {
  private static final Named PARALLEL = new Named("parallel", new ParallelFormat());
  private static final Named COLUMNS =
      new Named("columns", new ColumnsFormat(new ColumnsFormat.Config(false)));
  private static final Named CSV = new Named("csv", new CsvFormat(new CsvFormat.Config(true, ",")));
  private static final Named JSON_LINES = new Named("json-lines", new JsonLinesFormat());
  private static final Named NUMPY = new Named("numpy", new NumpyFormat());
  private static final List<Named> BUILT_INS = List.of(PARALLEL, COLUMNS, CSV, JSON_LINES, NUMPY);

  /** Formats of a single file, which do not apply to the sides of parallel files. */
  private static final List<Named> OF_ONE_FILE = List.of(COLUMNS, CSV, JSON_LINES);

  /** Extensions that always mean columns of text, whatever formats plugins add. */
  private static final List<String> TEXT =
      Stream.of(".txt", ".tab").map(Compression::endings).flatMap(List::stream).toList();

  /** The formats that come with Seq4j. */
  public static final CorpusFormats BUILT_IN = new CorpusFormats(BUILT_INS);

  private final List<Named> formats;

  /**
   * A named format.
   *
   * @param name its name in config files
   * @param format the format
   */
  public record Named(String name, CorpusFormat format) {}

  private CorpusFormats(List<Named> formats) {
    this.formats = List.copyOf(formats);
  }

  /** Returns the formats that come with Seq4j and those of plugins. */
  public static CorpusFormats of(ComponentRegistry registry, ComponentContext context) {
    List<Named> formats = new ArrayList<>(BUILT_INS);
    ComponentKind<CorpusFormat> kind = ComponentKind.of(CorpusFormat.class).orElseThrow();
    for (String name : registry.names(kind)) {
      if (BUILT_INS.stream().noneMatch(it -> it.name().equals(name))) {
        registry
            .find(kind, name)
            .flatMap(entry -> byDefault(entry, registry, context))
            .ifPresent(format -> formats.add(new Named(name, format)));
      }
    }
    return new CorpusFormats(formats);
  }

  /**
   * Returns these formats and more, which are chosen by file name extension only.
   *
   * @param more the formats by the names used in messages
   */
  public CorpusFormats with(Map<String, CorpusFormat> more) {
    List<Named> all = new ArrayList<>(formats);
    more.forEach((name, format) -> all.add(new Named(name, format)));
    return new CorpusFormats(all);
  }

  /**
   * Creates a format with default keys. Returns empty if it needs keys or rejects the defaults;
   * only {@code format:} then selects it.
   */
  private static Optional<CorpusFormat> byDefault(
      ComponentRegistry.Entry<CorpusFormat> entry,
      ComponentRegistry registry,
      ComponentContext context) {
    ConfigReader reader = new ConfigReader(registry);
    try {
      Record config =
          reader.bind(reader.parse(Path.of("defaults"), "{}", List.of()), entry.configType());
      return Optional.of(entry.component(config).create(context));
    } catch (ConfigException | ComponentException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the format of a corpus.
   *
   * @throws ComponentException if the format cannot be created
   * @throws IllegalArgumentException if several formats match the file
   */
  public Named of(CorpusConfig corpus, Path directory) {
    if (corpus.format().isPresent()) {
      Component<CorpusFormat> named = corpus.format().get();
      return new Named(named.type(), named.create(new ComponentContext(directory)));
    }
    CorpusFiles files = corpus.files(directory);
    if (files.file().isPresent()) {
      return byEnding(files.file().get().toString(), formats).orElse(COLUMNS);
    }
    // Parallel files may have any name: a .jsonl file is then a side, not a corpus.
    List<Named> ofSides = formats.stream().filter(it -> !OF_ONE_FILE.contains(it)).toList();
    return Stream.concat(files.source().stream(), files.target().stream())
        .flatMap(name -> byEnding(name, ofSides).stream())
        .findFirst()
        .orElse(PARALLEL);
  }

  private static Optional<Named> byEnding(String name, List<Named> formats) {
    String lower = name.toLowerCase(Locale.ROOT);
    List<Named> found =
        formats.stream()
            .filter(it -> it.format().extensions().stream().anyMatch(lower::endsWith))
            .toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "%s: the formats %s read such files; choose one with format:"
              .formatted(name, found.stream().map(Named::name).collect(joining(" and "))));
    }
    return found.stream().findFirst();
  }

  /**
   * Checks a corpus without the key format, unless a plugin's format may read it.
   *
   * @throws IllegalArgumentException if a key is missing or invalid
   */
  static void check(CorpusFiles files) {
    Optional<Path> file = files.file();
    if (file.isPresent() && !isOfSeq4j(file.get())) {
      return;
    }
    if (files.source().isEmpty()) {
      throw new IllegalArgumentException("source: expected a file or a column, got none");
    }
    if (files.target().isEmpty()) {
      throw new IllegalArgumentException("target: expected a file or a column, got none");
    }
    file.flatMap(path -> byEnding(path.toString(), BUILT_INS))
        .orElse(file.isPresent() ? COLUMNS : PARALLEL)
        .format()
        .check(files);
  }

  /** Returns true if a file's name says that a format of Seq4j reads it. */
  static boolean isOfSeq4j(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.indexOf('.') < 0
        || TEXT.stream().anyMatch(name::endsWith)
        || byEnding(name, BUILT_INS).isPresent();
  }
}
