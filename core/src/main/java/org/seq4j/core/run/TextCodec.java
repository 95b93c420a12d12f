package org.seq4j.core.run;

import java.util.Arrays;
import java.util.List;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.Vocabulary;

/**
 * One side of a model: between text and the ids of its symbols.
 *
 * @param tokenizer between text and symbols
 * @param vocabulary between symbols and ids
 * @param maxLength how many symbols a source is cut at
 */
public record TextCodec(Tokenizer tokenizer, Vocabulary vocabulary, int maxLength) {

  /** The symbols of a text, of which there may be more than {@link #maxLength()}. */
  public List<String> symbols(String text) {
    return tokenizer.symbols(text);
  }

  /** The ids of symbols, cut at the largest length. */
  public int[] cut(List<String> symbols) {
    int[] ids = vocabulary.encode(symbols);
    return ids.length <= maxLength ? ids : Arrays.copyOf(ids, maxLength);
  }
}
