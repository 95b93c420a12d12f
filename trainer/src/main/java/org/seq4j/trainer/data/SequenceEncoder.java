package org.seq4j.trainer.data;

import java.util.function.ToIntFunction;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Turns the text of one side into ids. It adds no begin and no end: where those belong is the
 * model's matter.
 *
 * @param tokenizer cuts the text
 * @param ids the id of a symbol, or that of the unknown one
 * @param maxLength the greatest number of symbols that a model is given
 */
public record SequenceEncoder(Tokenizer tokenizer, ToIntFunction<String> ids, int maxLength) {

  /** Checks the length. */
  public SequenceEncoder {
    if (maxLength < 1) {
      throw new IllegalArgumentException("max_length: expected at least 1, got " + maxLength);
    }
  }

  /** The ids of a text, however long. */
  int[] encode(String text) {
    return tokenizer.encode(text).stream().map(Token::text).mapToInt(ids).toArray();
  }
}
