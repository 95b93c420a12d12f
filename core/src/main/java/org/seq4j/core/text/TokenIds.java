package org.seq4j.core.text;

import java.util.Arrays;

/**
 * A sequence of tokens, by their ids in a vocabulary. Equality compares the identity of the arrays.
 *
 * <p>A model that copies has extended ids (See et al. 2017, section 2.2). With a target vocabulary
 * of V tokens, a token of the vocabulary keeps its id; another token of the source has the id V +
 * p, where p is its first position in the source.
 *
 * @param ids ids in the vocabulary, without begin and end tokens
 * @param copies extended ids of the same tokens; in a target, {@link Vocabulary#UNKNOWN} for tokens
 *     that are neither in the vocabulary nor in the source. The array {@code ids} itself for a
 *     model that does not copy
 */
@SuppressWarnings("ArrayRecordComponent") // millions of instances: no wrapper around each number
public record TokenIds(int[] ids, int[] copies) implements SequenceData {

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if the arrays differ in size
   */
  public TokenIds {
    if (ids.length != copies.length) {
      throw new IllegalArgumentException(
          ids.length + " ids and " + copies.length + " extended ids: expected equal numbers");
    }
  }

  /** Creates a sequence for a model that does not copy. */
  public TokenIds(int... ids) {
    this(ids, ids);
  }

  @Override
  public int length() {
    return ids.length;
  }

  @Override
  public TokenIds truncate(int maxLength) {
    return ids.length <= maxLength
        ? this
        : new TokenIds(Arrays.copyOf(ids, maxLength), Arrays.copyOf(copies, maxLength));
  }
}
