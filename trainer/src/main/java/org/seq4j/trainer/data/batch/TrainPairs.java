package org.seq4j.trainer.data.batch;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/** The encoded training pairs of each epoch. */
public interface TrainPairs {

  /**
   * Returns the pairs of an epoch in pieces; each piece is shuffled separately. They are a
   * deterministic function of the arguments.
   *
   * @param epoch the index of the epoch, from 0
   */
  Pieces epoch(long seed, long epoch);

  /** Returns all pairs, if they are in memory and the same in each epoch. */
  Optional<EncodedExamples> all();

  /** Returns the lengths of all pairs, if they are known and the same in each epoch. */
  default Optional<PairLengths> lengths() {
    return all().map(it -> PairLengths.of(it.pairs()));
  }

  /** Returns the pairs of each worker, if they are divided among workers already. */
  default List<TrainPairs> divided() {
    return List.of();
  }

  /** The pieces of an epoch; closing them closes their files. */
  interface Pieces extends Iterator<List<EncodedPair>>, AutoCloseable {
    /** Returns the examples skipped in the pieces so far, counted by reason. */
    SkippedExamples leftOut();

    @Override
    void close();
  }

  /** Returns pairs in memory: each epoch is a single piece. */
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

  /** A single piece with all pairs. */
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
      // has no files
    }
  }
}
