package org.seq4j.trainer.data.batch;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/** The pairs to learn from, epoch by epoch. */
public interface TrainPairs {

  /**
   * The pairs of an epoch in pieces, one after another, each of which is shuffled by itself. They
   * follow from the arguments alone.
   *
   * @param epoch from 0
   */
  Pieces epoch(long seed, long epoch);

  /** All pairs, if they are in memory and the same in each epoch. */
  Optional<EncodedExamples> all();

  /** The pieces of an epoch; closing them closes their files. */
  interface Pieces extends Iterator<List<EncodedPair>>, AutoCloseable {
    /** What was left out of the pieces so far. */
    SkippedExamples leftOut();

    @Override
    void close();
  }

  /** Pairs in memory: an epoch is one piece. */
  static TrainPairs inMemory(EncodedExamples examples) {
    return new TrainPairs() {
      @Override
      public Pieces epoch(long seed, long epoch) {
        return new OnePiece(examples);
      }

      @Override
      public Optional<EncodedExamples> all() {
        return Optional.of(examples);
      }
    };
  }

  /** All at once. */
  final class OnePiece implements Pieces {
    private final EncodedExamples examples;
    private boolean given;

    private OnePiece(EncodedExamples examples) {
      this.examples = examples;
    }

    @Override
    public boolean hasNext() {
      return !given;
    }

    @Override
    public List<EncodedPair> next() {
      if (given) {
        throw new NoSuchElementException();
      }
      given = true;
      return examples.pairs();
    }

    @Override
    public SkippedExamples leftOut() {
      return examples.leftOut();
    }

    @Override
    public void close() {
      // there is no file
    }
  }
}
