package org.seq4j.core.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a config says of a corpus. The keys {@code source}, {@code target} and {@code alignment} are
 * given as they are written, since only the format knows what they mean: a column, a key, or the
 * name of a file.
 *
 * @param directory the folder that relative paths start from
 * @param file the file, resolved
 * @param source what the source consists of; what several name is joined by a space where it is
 *     text
 * @param target what the target consists of
 * @param alternatives whether further references may follow the first target
 * @param alignment where alignments are
 */
public record CorpusFiles(
    Path directory,
    Optional<Path> file,
    List<String> source,
    Optional<String> target,
    boolean alternatives,
    Optional<String> alignment) {

  /** Makes the list unchangeable. */
  public CorpusFiles {
    source = List.copyOf(source);
  }

  /** One file, and nothing else. */
  public static CorpusFiles of(Path file) {
    return new CorpusFiles(
        Path.of(""), Optional.of(file), List.of(), Optional.empty(), false, Optional.empty());
  }

  /** The same file with fields for source and target. */
  public CorpusFiles with(String newSource, String newTarget) {
    return new CorpusFiles(
        directory, file, List.of(newSource), Optional.of(newTarget), alternatives, alignment);
  }

  /** A path, resolved. */
  public Path resolve(String name) {
    return directory.resolve(name);
  }
}
