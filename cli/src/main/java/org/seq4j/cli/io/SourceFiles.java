package org.seq4j.cli.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.SequenceFormatException;

/**
 * Reads files that are the sources of a model.
 *
 * @param codec reads their content
 */
public record SourceFiles(Console console, FileCodec codec) {
  /** Files that are read before the model gets them: sounds are large, so few are in memory. */
  private static final int CHUNK = 8;

  /**
   * Reads a file; one that cannot be read is reported and left out.
   *
   * @param place what is written before the message, such as the line of a list
   */
  public Optional<VectorsValue> read(Path file, String place) {
    try {
      return Optional.of(codec.readFile(file.toString(), Files.readAllBytes(file)));
    } catch (SequenceFormatException e) {
      console.err().println("seq4j: " + place + e.getMessage());
    } catch (IOException e) {
      String problem = CorpusException.unreadable(file.toString(), e).getMessage();
      console.err().println("seq4j: " + place + problem);
    }
    return Optional.empty();
  }

  /** Returns true if no more files should be read before the model gets these. */
  public boolean areEnough(List<VectorsValue> files) {
    long positions = files.stream().mapToLong(it -> it.vectors().length()).sum();
    return files.size() >= CHUNK || positions > (long) CHUNK * codec.maxLength();
  }
}
