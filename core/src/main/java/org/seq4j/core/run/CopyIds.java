package org.seq4j.core.run;

import java.util.List;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.SymbolIds;
import org.seq4j.core.text.Vocabulary;

/**
 * The numbers by which symbols are copied, see {@link SymbolIds}.
 *
 * @param source the symbols of a source, as far as the model reads them
 * @param target the target's vocabulary
 */
public record CopyIds(List<String> source, Vocabulary target) {

  /** A source with what can be copied of it; as it is where a side consists of vectors. */
  public static SequenceData source(
      List<String> symbols, SequenceData encoded, SequenceCodec target) {
    return encoded instanceof SymbolIds ids && target instanceof TextCodec codec
        ? new CopyIds(symbols, codec.vocabulary()).ofSource(ids)
        : encoded;
  }

  /** A target with what it copies of a source; as it is where it consists of vectors. */
  public static SequenceData target(
      List<String> source, List<String> symbols, SequenceData encoded, SequenceCodec target) {
    return encoded instanceof SymbolIds ids && target instanceof TextCodec codec
        ? new CopyIds(source, codec.vocabulary()).ofTarget(symbols, ids)
        : encoded;
  }

  /** The source, whose ids are given, with what can be copied of it. */
  public SymbolIds ofSource(SymbolIds ids) {
    int[] copies = new int[ids.length()];
    for (int i = 0; i < copies.length; i++) {
      String symbol = source.get(i);
      copies[i] = isKnown(symbol) ? target.id(symbol) : number(symbol);
    }
    return new SymbolIds(ids.ids(), copies);
  }

  /** A target, whose ids are given, with what it copies. */
  public SymbolIds ofTarget(List<String> symbols, SymbolIds ids) {
    int[] copies = ids.ids().clone();
    for (int i = 0; i < copies.length; i++) {
      if (copies[i] == Vocabulary.UNKNOWN && source.contains(symbols.get(i))) {
        copies[i] = number(symbols.get(i));
      }
    }
    return new SymbolIds(ids.ids(), copies);
  }

  private boolean isKnown(String symbol) {
    return target.id(symbol) != Vocabulary.UNKNOWN;
  }

  private int number(String symbol) {
    return target.size() + source.indexOf(symbol);
  }

  /** The symbol of a number. */
  public String symbol(int number) {
    return number < target.size() ? target.symbol(number) : source.get(number - target.size());
  }

  /** The symbols of a hypothesis; padding, begin and end are left out. */
  public List<String> decode(List<Integer> numbers) {
    return numbers.stream()
        .filter(it -> it != Vocabulary.PAD && it != Vocabulary.BEGIN && it != Vocabulary.END)
        .map(this::symbol)
        .toList();
  }
}
