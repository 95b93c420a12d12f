package org.seq4j.runtime.codec;

import java.util.List;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.model.batch.SequenceSpace;

/**
 * One side of a model: between a value, as a line of text or vectors, and what the model reads or
 * writes.
 */
public sealed interface SequenceCodec permits TextCodec, FeatureCodec {

  /** What the model reads or writes there. */
  SequenceSpace space();

  /** The largest number of positions; a source is cut at it. */
  int maxLength();

  /**
   * Reads a value as one of this side: numbers that are written as text are parsed, here and never
   * again.
   *
   * @throws SequenceFormatException if it cannot be one of this side
   */
  ExampleValue read(ExampleValue value);

  /**
   * A value as the model reads it, however many positions it has.
   *
   * @throws SequenceFormatException if it cannot be one of this side
   */
  SequenceData encode(ExampleValue value);

  /**
   * The first positions of a value as the model reads them.
   *
   * @param shown those positions, as {@link #symbols(ExampleValue)} shows them: a text is tokenized
   *     once
   * @throws SequenceFormatException if it cannot be one of this side
   */
  SequenceData encode(ExampleValue value, List<String> shown);

  /** The tokens of the vocabulary by id; none for vectors. */
  List<String> knownTokens();

  /** A value, position by position, as it is shown. */
  List<String> symbols(ExampleValue value);

  /** The same with the place of each in the value's text. */
  List<Token> tokens(ExampleValue value);

  /** How many positions a value has. */
  int length(ExampleValue value);

  /**
   * A line, position by position; there may be more of them than {@link #maxLength()}.
   *
   * @throws SequenceFormatException if the line is not of that form
   */
  List<String> symbols(String line);

  /**
   * A line to be trained on, which a tokenizer may cut in another way each time.
   *
   * @param seed what that follows from
   */
  default List<String> sample(String line, long seed) {
    return symbols(line);
  }

  /** Whether {@link #sample} depends on the seed. */
  default boolean samples() {
    return false;
  }

  /**
   * Positions as the model reads them, however many.
   *
   * @throws SequenceFormatException if one is not of that form
   */
  SequenceData encode(List<String> symbols);

  /**
   * Checks a line.
   *
   * @throws SequenceFormatException if it is not of that form
   */
  default void check(String line) {
    read(new TextValue(line));
  }
}
