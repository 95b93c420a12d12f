package org.seq4j.runtime.translate;

import java.util.List;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;

/**
 * A source in the form that a model reads; for an ensemble, its first model.
 *
 * @param value text, or parsed vectors
 * @param tokens tokens that the model reads
 * @param data encoded tokens or vectors
 * @param cut whether the source was truncated
 */
record ReadSource(ExampleValue value, List<Token> tokens, SequenceData data, boolean cut) {

  String text() {
    return value.text();
  }

  List<String> tokenTexts() {
    return tokens.stream().map(Token::text).toList();
  }

  boolean isEmpty() {
    return data.length() == 0;
  }

  ReadSource with(SequenceData other) {
    return new ReadSource(value, tokens, other, cut);
  }
}
