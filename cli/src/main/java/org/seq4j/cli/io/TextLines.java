package org.seq4j.cli.io;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;

/**
 * Reads lines of text in chunks of the available lines; it waits only for the first line of a
 * chunk. So a user at a terminal, or a program that waits for each result, gets it at once, and a
 * file is read in large chunks.
 */
public final class TextLines {
  private final TextValue.Lines lines;
  private Optional<CommandException> malformed = Optional.empty();

  /**
   * Reads from a stream, which the caller closes.
   *
   * @param name name of the stream or file, for messages
   */
  public TextLines(InputStream in, String name) {
    this.lines = new TextValue.Lines(name, in);
  }

  /**
   * Returns the next lines without their line ends: at least one, or none at the end.
   *
   * @param most the maximum number
   * @throws CommandException if the stream cannot be read, or a line is not UTF-8; the lines before
   *     it are returned first
   */
  public List<String> next(int most) {
    List<String> chunk = new ArrayList<>();
    try {
      while (chunk.size() < most && malformed.isEmpty() && (chunk.isEmpty() || lines.isReady())) {
        Optional<String> next = lines.next();
        if (next.isEmpty()) {
          break;
        }
        chunk.add(next.get());
      }
    } catch (BadExampleException e) {
      malformed = Optional.of(new CommandException(e.getMessage(), e));
    } catch (CorpusException e) {
      throw new CommandException(e.getMessage(), e);
    }
    if (chunk.isEmpty() && malformed.isPresent()) {
      throw malformed.get();
    }
    return chunk;
  }
}
