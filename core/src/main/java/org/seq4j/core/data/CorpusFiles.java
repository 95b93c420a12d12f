package org.seq4j.core.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The entry of a corpus in a config. The values of {@code source}, {@code target} and {@code
 * alignment} are passed on unchanged, because their meaning depends on the format: a column, a key,
 * or the name of a file.
 *
 * @param directory the folder that relative paths are resolved against
 * @param file the file of the corpus, resolved
 * @param source the fields of the source
 * @param separator the text between the texts of several fields of a source
 * @param target the field of the target
 * @param alternatives whether an example may have further references after its first target
 * @param alignment the field of the alignments
 */
public record CorpusFiles(
    Path directory,
    Optional<Path> file,
    List<String> source,
    String separator,
    Optional<String> target,
    boolean alternatives,
    Optional<String> alignment) {

  /** Copies the list. */
  public CorpusFiles {
    source = List.copyOf(source);
  }

  /** Creates the entry of one file, without fields. */
  public static CorpusFiles of(Path file) {
    return new CorpusFiles(
        Path.of(""), Optional.of(file), List.of(), " ", Optional.empty(), false, Optional.empty());
  }

  /** Returns a copy with the given fields for source and target. */
  public CorpusFiles with(String newSource, String newTarget) {
    return new CorpusFiles(
        directory,
        file,
        List.of(newSource),
        separator,
        Optional.of(newTarget),
        alternatives,
        alignment);
  }

  /** Resolves a path against {@link #directory}. */
  public Path resolve(String name) {
    return directory.resolve(name);
  }
}
