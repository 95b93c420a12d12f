package org.seq4j.runtime.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.model.batch.SequenceSpace;

/**
 * Reads vectors from files. As text, a value is the path of its file, and a position is its number,
 * from 0.
 *
 * @param reader reads the content of a file
 * @param maxLength maximum number of vectors of a source, which is truncated to it
 * @param folder the folder from which paths start; if it is empty, text is refused, because nobody
 *     who sends a text to a server may read its files
 */
public record FileCodec(VectorsValue.Reader reader, int maxLength, Optional<Path> folder)
    implements SequenceCodec {

  @Override
  public FileCodec in(Path start) {
    return new FileCodec(reader, maxLength, Optional.of(start));
  }

  @Override
  public SequenceSpace space() {
    return SequenceSpace.ofVectors(reader.depth());
  }

  @Override
  public VectorsValue read(ExampleValue value) {
    if (value instanceof VectorsValue vectors) {
      return new VectorsValue(checked(vectors.vectors()), vectors.written());
    }
    Path start =
        folder.orElseThrow(
            () ->
                new SequenceFormatException(
                    "expected the content of a file, got text; transcribe reads files"));
    String name = value.text();
    try {
      Path file = start.resolve(name);
      return new VectorsValue(read(file.toString(), Files.readAllBytes(file)), Optional.of(name));
    } catch (InvalidPathException e) {
      throw new SequenceFormatException("expected the path of a file, got '" + name + "'", e);
    } catch (IOException e) {
      throw new SequenceFormatException(
          CorpusException.unreadable(start.resolve(name).toString(), e).getMessage(), e);
    }
  }

  /**
   * Reads the content of a file as a source.
   *
   * @param name name of the file, for messages
   * @throws SequenceFormatException if the content is invalid
   */
  public VectorsValue readFile(String name, byte[] content) {
    return new VectorsValue(read(name, content), Optional.of(name));
  }

  private FeatureSequence read(String name, byte[] content) {
    try {
      return checked(ComponentException.notNull(reader, "read", reader.read(content)));
    } catch (IllegalArgumentException e) {
      throw new SequenceFormatException(name + ": " + e.getMessage(), e);
    }
  }

  private FeatureSequence checked(FeatureSequence vectors) {
    if (vectors.depth() != reader.depth() && vectors.length() > 0) {
      throw new SequenceFormatException(
          String.format(
              Locale.ROOT,
              "expected vectors of %d numbers, got %d",
              reader.depth(),
              vectors.depth()));
    }
    return vectors;
  }

  @Override
  public FeatureSequence encode(ExampleValue value) {
    return read(value).vectors();
  }

  @Override
  public FeatureSequence sample(ExampleValue value, long seed) {
    return checked(
        ComponentException.notNull(reader, "sample", reader.sample(encode(value), seed)));
  }

  @Override
  public boolean samples() {
    return reader.isStochastic();
  }

  @Override
  public List<String> tokens(ExampleValue value) {
    return IntStream.range(0, length(value)).mapToObj(Integer::toString).toList();
  }

  /** Positions are not in the text, the path of the file: the range of each is empty. */
  @Override
  public List<Token> tokenize(ExampleValue value) {
    return tokens(value).stream().map(position -> new Token(position, 0, 0)).toList();
  }

  @Override
  public int length(ExampleValue value) {
    return read(value).vectors().length();
  }

  @Override
  public List<String> tokens(String line) {
    throw new SequenceFormatException("a line has the path of a file, not positions");
  }

  @Override
  public SequenceData encode(List<String> tokens) {
    throw new SequenceFormatException("positions of a file cannot be written as text");
  }
}
