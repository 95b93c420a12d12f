package org.seq4j.runtime.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * The tokens of another tokenizer in reverse order, the last of the text first. It has no columns.
 *
 * @param forward the other tokenizer
 */
public record ReversedTokenizer(Tokenizer forward) implements Tokenizer {

  /** Returns a reversed copy. */
  public static <T> List<T> reversed(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.reverse(copy);
    return copy;
  }

  @Override
  public List<Token> tokenize(String text) {
    return reversed(forward.tokenize(text));
  }

  @Override
  public List<String> tokens(String text) {
    return reversed(forward.tokens(text));
  }

  @Override
  public List<Token> sampleTokenization(String text, long seed) {
    return reversed(forward.sampleTokenization(text, seed));
  }

  @Override
  public boolean isStochastic() {
    return forward.isStochastic();
  }

  @Override
  public String detokenize(List<String> tokens) {
    return forward.detokenize(reversed(tokens));
  }
}
