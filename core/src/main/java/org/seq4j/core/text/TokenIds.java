package org.seq4j.core.text;

import java.util.Arrays;

/**
 * Symbols, by their ids in a vocabulary. Compared by identity of the arrays.
 *
 * <p>For a model that copies from its source, a symbol that its target vocabulary of V symbols does
 * not know has the number V + p, where p is the first position in the source at which it stands.
 *
 * @param ids without begin or end
 * @param copies what a model that copies sees: of a source, ids in the target vocabulary, or such
 *     numbers; of a target, likewise, and the unknown symbol for what is not in the source either.
 *     The same array as {@code ids} where nothing is copied
 */
@SuppressWarnings("ArrayRecordComponent") // millions of these: no wrapper around each number
public record TokenIds(int[] ids, int[] copies) implements SequenceData {

  /** Checks that there are as many of one as of the other. */
  public TokenIds {
    if (ids.length != copies.length) {
      throw new IllegalArgumentException(
          ids.length + " ids and " + copies.length + " to copy by: expected as many");
    }
  }

  /** Without copying. */
  public TokenIds(int... ids) {
    this(ids, ids);
  }

  @Override
  public int length() {
    return ids.length;
  }

  @Override
  public TokenIds cut(int most) {
    return ids.length <= most
        ? this
        : new TokenIds(Arrays.copyOf(ids, most), Arrays.copyOf(copies, most));
  }
}
