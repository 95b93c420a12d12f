package org.seq4j.runtime.codec;

import java.util.List;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.model.batch.SequenceSpace;

/**
 * One side of a model: turns values, which are text or vectors, into the sequences that the model
 * reads.
 */
public sealed interface SequenceCodec permits TextCodec, FeatureCodec {

  /** The kind and size of its positions. */
  SequenceSpace space();

  /** The largest number of positions; a source is cut at it. */
  int maxLength();

  /**
   * Reads a value as one of this side. Vectors that are written as text are parsed here, once.
   *
   * @throws SequenceFormatException if it cannot be one of this side
   */
  ExampleValue read(ExampleValue value);

  /**
   * Encodes all positions of a value.
   *
   * @throws SequenceFormatException if it cannot be one of this side
   */
  SequenceData encode(ExampleValue value);

  /**
   * Encodes the first positions of a value.
   *
   * @param shown those positions, as {@link #tokens(ExampleValue)} shows them, so that a text is
   *     tokenized once
   * @throws SequenceFormatException if it cannot be one of this side
   */
  SequenceData encode(ExampleValue value, List<String> shown);

  /** The tokens of the vocabulary by id; none for vectors. */
  List<String> knownTokens();

  /** Splits a value into positions as text: tokens, or vectors as they are written. */
  List<String> tokens(ExampleValue value);

  /** Splits a value likewise, with the place of each position in the value's text. */
  List<Token> tokenize(ExampleValue value);

  /** Counts the positions of a value. */
  int length(ExampleValue value);

  /**
   * Splits a line into positions, which may be more than {@link #maxLength()}.
   *
   * @throws SequenceFormatException if the line is not of that form
   */
  List<String> tokens(String line);

  /**
   * Splits a line for training, where a tokenizer may sample one of several tokenizations.
   *
   * @param seed of the sample
   */
  default List<String> sample(String line, long seed) {
    return tokens(line);
  }

  /** Whether {@link #sample} depends on the seed. */
  default boolean samples() {
    return false;
  }

  /**
   * Encodes positions, however many.
   *
   * @throws SequenceFormatException if one is not of that form
   */
  SequenceData encode(List<String> tokens);

  /**
   * Checks a line.
   *
   * @throws SequenceFormatException if it is not of that form
   */
  default void check(String line) {
    read(new TextValue(line));
  }
}
