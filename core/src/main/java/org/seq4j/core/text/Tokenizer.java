package org.seq4j.core.text;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Kind;

/**
 * Splits text into tokens and joins tokens to text. Thread-safe and deterministic. It accepts every
 * string, also one with control characters or unpaired surrogates.
 */
@Kind("tokenizer")
public interface Tokenizer {

  /**
   * Splits a line of text into tokens, in the order of the text. See {@link Token} for their
   * offsets.
   *
   * @param text one line
   * @return empty for the empty text
   */
  List<Token> tokenize(String text);

  /**
   * Joins tokens to text: the inverse of {@link #tokenize}, except for what the tokenizer discards.
   */
  String detokenize(List<String> tokens);

  /** Splits a line of text into tokens without offsets: the texts of {@link #tokenize}. */
  default List<String> tokens(String text) {
    return tokenize(text).stream().map(Token::text).toList();
  }

  /**
   * Samples one of the tokenizations of a text, for training (subword regularization, Kudo 2018;
   * BPE-dropout, Provilkov et al. 2020). The default returns {@link #tokenize}.
   *
   * @param seed the only source of randomness: the same text and seed give the same tokens
   */
  default List<Token> sampleTokenization(String text, long seed) {
    return tokenize(text);
  }

  /** Returns true if {@link #sampleTokenization} depends on the seed. */
  default boolean isStochastic() {
    return false;
  }

  /**
   * Returns the columns of a text that has several, with a mark between the tokens of two columns:
   * {@code e v <sep> N PL}. An encoder can then read each column separately. The default returns
   * none.
   */
  default Optional<Columns> columns() {
    return Optional.empty();
  }

  /**
   * The columns of a text. A text may end before its last column.
   *
   * @param count the number of columns
   * @param mark the token between the tokens of two columns, and only there
   * @param aligned true if a text is valid only if each column after the first has as many tokens
   *     as the first, or a single one, which belongs to all of them
   */
  record Columns(int count, String mark, boolean aligned) {}
}
