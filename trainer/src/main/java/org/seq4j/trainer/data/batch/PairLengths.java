package org.seq4j.trainer.data.batch;

import java.util.List;

/** The lengths of pairs, in tokens or vectors, on which their division into batches depends. */
public interface PairLengths {

  /** Returns the number of pairs. */
  int size();

  /** Returns the length of the source of a pair. */
  int source(int pair);

  /** Returns the length of the target of a pair. */
  int target(int pair);

  /** Returns the lengths of pairs in memory. */
  static PairLengths of(List<EncodedPair> pairs) {
    return new PairLengths() {
      @Override
      public int size() {
        return pairs.size();
      }

      @Override
      public int source(int pair) {
        return pairs.get(pair).source().length();
      }

      @Override
      public int target(int pair) {
        return pairs.get(pair).target().length();
      }
    };
  }
}
