package org.seq4j.core.run;

import java.util.List;
import org.seq4j.core.model.SequenceSpace;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;

/** One side of a model: between a line of text and what the model reads or writes. */
public sealed interface SequenceCodec permits TextCodec, FrameCodec {

  /** What the model reads or writes there. */
  SequenceSpace space();

  /** The largest number of positions; a source is cut at it. */
  int maxLength();

  /**
   * A line, position by position; there may be more of them than {@link #maxLength()}.
   *
   * @throws SequenceFormatException if the line is not of that form
   */
  List<String> symbols(String line);

  /** The same with the place of each in the line. */
  List<Token> tokens(String line);

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
  void check(String line);

  /** As {@link #encode}, cut at the largest length. */
  default SequenceData cut(List<String> symbols) {
    return encode(symbols).cut(maxLength());
  }
}
