package org.seq4j.trainer.data.batch;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/**
 * An endless stream of the batches of all epochs, from any position. Its user decides when to stop.
 */
public final class BatchStream implements Iterator<TrainingBatch>, AutoCloseable {
  private final Batching batching;
  private final TrainPairs pairs;
  private final long seed;
  private int epoch;
  private TrainPairs.Pieces pieces;
  private long piece; // number of pieces started
  private Batches batches; // of the current piece
  private int next;
  private volatile SkippedExamples leftOut = new SkippedExamples(); // of the last complete epoch

  /** Starts at a position. For streamed data, the part of the epoch before it is read again. */
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
      throw all.nothingLeft();
    }
  }

  /** Advances to the next piece that has batches. Returns false if there is none. */
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
      if (left > 0 && !nextPiece()) { // the checkpoint belongs to other data
        throw new NoSuchElementException("epoch " + epoch + " has no batch " + count);
      }
    }
  }

  /** Returns the number of batches in the current epoch; empty if the data are streamed. */
  public Optional<Integer> batchesInEpoch() {
    return pairs.all().map(all -> batches.size());
  }

  /** Returns the examples skipped in the last complete epoch, counted by reason. */
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
