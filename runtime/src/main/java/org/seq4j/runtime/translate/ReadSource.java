package org.seq4j.runtime.translate;

import java.util.List;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;

/**
 * A source as a model reads it; of an ensemble, as the first model does.
 *
 * @param value text, or vectors that are parsed
 * @param tokens those that the model reads
 * @param data the same as the model is fed
 * @param cut whether the source has more tokens
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
