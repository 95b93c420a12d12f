package org.seq4j.core.text;

import java.util.List;
import org.seq4j.core.plugin.Kind;

/**
 * Cuts text into symbols and joins them again. Thread-safe, deterministic, and total: any string
 * has its symbols, with control characters and unpaired surrogates, too.
 */
@Kind("tokenizer")
public interface Tokenizer {

  /**
   * Cuts a line of text into symbols, in the order of the text; see {@link Token} for their
   * offsets. The empty text has none.
   */
  List<Token> encode(String text);

  /** Joins symbols to text; the inverse of {@link #encode} as far as the tokenizer allows. */
  String decode(List<String> symbols);

  /** The symbols of a text alone. */
  default List<String> symbols(String text) {
    return encode(text).stream().map(Token::text).toList();
  }

  /**
   * Cuts a text to be trained on, which a tokenizer may do in another way each time, so that a
   * model sees more than one way to write a word.
   *
   * @param seed what the choice follows from, and from nothing else
   */
  default List<Token> sample(String text, long seed) {
    return encode(text);
  }

  /** Whether {@link #sample} depends on the seed. */
  default boolean samples() {
    return false;
  }
}
