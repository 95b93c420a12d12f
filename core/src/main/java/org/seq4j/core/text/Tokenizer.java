package org.seq4j.core.text;

import java.util.List;

/** Cuts text into symbols and joins them again. Thread-safe and deterministic. */
public interface Tokenizer {

  /** Cuts a line of text, which may be empty, into symbols, none of which is empty. */
  List<Token> encode(String text);

  /** Joins symbols to text; the inverse of {@link #encode} as far as the tokenizer allows. */
  String decode(List<String> symbols);

  /** The symbols of a text alone. */
  default List<String> symbols(String text) {
    return encode(text).stream().map(Token::text).toList();
  }
}
