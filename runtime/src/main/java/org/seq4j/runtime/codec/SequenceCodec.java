package org.seq4j.runtime.codec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.text.ReversedTokenizer;
import org.seq4j.runtime.text.SequenceConfig;

/**
 * Converts the values of one side of a model, text or vectors, to the sequences that the model
 * reads.
 */
public sealed interface SequenceCodec permits TextCodec, FeatureCodec, FileCodec, NoSourceCodec {

  /**
   * Creates the codec of a side without a vocabulary: of vectors in lines or in files, or of no
   * source; it reads no files by name, see {@link FileCodec#in}.
   */
  static SequenceCodec withoutVocabulary(SequenceConfig side, ComponentContext context) {
    if (side.type() == SequenceConfig.Type.NONE) {
      return new NoSourceCodec();
    }
    return side.reader().isPresent()
        ? new FileCodec(side.reader().get().create(context), side.maxPositions(), Optional.empty())
        : new FeatureCodec(side.depth().orElseThrow(), side.maxPositions());
  }

  /** The kind and size of the positions. */
  SequenceSpace space();

  /** Returns true if there is no source, because the model is a language model. */
  default boolean isAbsent() {
    return space().isAbsent();
  }

  /** The maximum number of positions; a longer source is truncated. */
  int maxLength();

  /**
   * Converts a value to one of this side. Vectors that are written as text are parsed here, once.
   *
   * @throws SequenceFormatException if the value does not fit this side
   */
  ExampleValue read(ExampleValue value);

  /** Returns the codec for paths of files that start from a folder; other values have no paths. */
  default SequenceCodec in(Path folder) {
    return this;
  }

  /**
   * Encodes all positions of a value.
   *
   * @throws SequenceFormatException if the value does not fit this side
   */
  SequenceData encode(ExampleValue value);

  /**
   * Encodes the first positions of a value.
   *
   * @param shown the positions as text, from {@link #tokens(ExampleValue)}, so that a text is
   *     tokenized once
   * @throws SequenceFormatException if the value does not fit this side
   */
  default SequenceData encode(ExampleValue value, List<String> shown) {
    return encode(value).truncate(shown.size());
  }

  /** The tokens of the vocabulary by id; none for vectors. */
  default List<String> knownTokens() {
    return List.of();
  }

  /** Returns true if the positions have the reverse order of the text. */
  default boolean isReversed() {
    return false;
  }

  /** Turns positions from the order of the model into that of the text, or the other way round. */
  default <T> List<T> turned(List<T> positions) {
    return isReversed() ? ReversedTokenizer.reversed(positions) : positions;
  }

  /** Splits a value into positions as text: tokens, or vectors as written. */
  List<String> tokens(ExampleValue value);

  /** Splits a value into positions, with their ranges in the text of the value. */
  List<Token> tokenize(ExampleValue value);

  /** Counts the positions of a value. */
  int length(ExampleValue value);

  /**
   * Splits a line into positions, without truncation to {@link #maxLength()}.
   *
   * @throws SequenceFormatException if the line does not fit this side
   */
  List<String> tokens(String line);

  /**
   * Splits a line for training; a stochastic tokenizer samples one of several tokenizations.
   *
   * @param seed seed of the sample
   */
  default List<String> sample(String line, long seed) {
    return tokens(line);
  }

  /**
   * Encodes a value for training; a stochastic tokenizer or reader varies it.
   *
   * @param seed seed of the sample
   */
  default SequenceData sample(ExampleValue value, long seed) {
    return encode(value);
  }

  /** Returns true if a sample depends on the seed. */
  default boolean samples() {
    return false;
  }

  /**
   * Encodes positions, without truncation.
   *
   * @throws SequenceFormatException if a position does not fit this side
   */
  SequenceData encode(List<String> tokens);

  /**
   * Checks a line.
   *
   * @throws SequenceFormatException if the line does not fit this side
   */
  default void check(String line) {
    read(new TextValue(line));
  }
}
