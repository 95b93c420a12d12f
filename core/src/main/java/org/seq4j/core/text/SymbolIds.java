package org.seq4j.core.text;

import java.util.Arrays;

/**
 * Symbols, by their ids in a vocabulary. Compared by identity of the array.
 *
 * @param ids without begin or end
 */
@SuppressWarnings("ArrayRecordComponent") // millions of these: no wrapper around each number
public record SymbolIds(int... ids) implements SequenceData {

  @Override
  public int length() {
    return ids.length;
  }

  @Override
  public SymbolIds cut(int most) {
    return ids.length <= most ? this : new SymbolIds(Arrays.copyOf(ids, most));
  }
}
