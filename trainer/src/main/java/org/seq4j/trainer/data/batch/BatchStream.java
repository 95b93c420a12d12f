package org.seq4j.trainer.data.batch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/**
 * The batches of all epochs, one after another, from any place on. Without end: whoever uses it
 * knows how many epochs there are to be.
 */
public final class BatchStream implements Iterator<TrainingBatch>, AutoCloseable {
  private final Batching batching;
  private final TrainPairs pairs;
  private final long seed;
  private int epoch;
  private TrainPairs.Pieces pieces;
  private long piece; // how many have been begun
  private Batches batches; // of the piece at hand
  private int next;
  private volatile SkippedExamples leftOut =
      new SkippedExamples(); // of the last epoch that came to its end

  /** Begins at a position; in an epoch that is streamed, what is before it is read again. */
  public BatchStream(Batching batching, TrainPairs pairs, BatchPosition position) {
    this.batching = batching;
    this.pairs = pairs;
    this.seed = position.seed();
    this.epoch = position.epoch();
    begin();
    boolean placed = false;
    try {
      skip(position.batch());
      placed = true;
    } finally {
      if (!placed) {
        pieces.close();
      }
    }
  }

  private void begin() {
    pieces = pairs.epoch(seed, epoch);
    piece = 0;
    if (!nextPiece()) {
      SkippedExamples all = pieces.leftOut();
      pieces.close();
      throw new DataException(
          "train: no pair is left to train on"
              + (all.counts().isEmpty() ? "" : ": " + all.counts()));
    }
  }

  /** Goes to the next piece that has batches; whether there is one. */
  private boolean nextPiece() {
    while (pieces.hasNext()) {
      batches = batching.piece(pieces.next(), seed, epoch, piece);
      piece++;
      next = 0;
      if (batches.size() > 0) {
        return true;
      }
    }
    return false;
  }

  private void skip(int count) {
    int left = count;
    while (left > 0) {
      int here = Math.min(left, batches.size() - next);
      next += here;
      left -= here;
      if (left > 0 && !nextPiece()) { // a checkpoint of other data
        throw new NoSuchElementException("epoch " + epoch + " has no batch " + count);
      }
    }
  }

  /** How many batches the epoch at hand has, if that can be known. */
  public Optional<Integer> batchesInEpoch() {
    return pairs.all().map(all -> batches.size());
  }

  /** What was left out of the last epoch that came to its end. */
  public SkippedExamples leftOut() {
    return leftOut;
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public TrainingBatch next() {
    if (next == batches.size() && !nextPiece()) {
      pieces.close();
      epoch++;
      begin();
    }
    Batches here = batches;
    int at = next;
    next++;
    boolean last = next == here.size() && !pieces.hasNext();
    if (last) {
      leftOut = pieces.leftOut();
    }
    return new TrainingBatch(here.get(at), last);
  }

  @Override
  public void close() {
    pieces.close();
  }
}
