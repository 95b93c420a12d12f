package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Reads an epoch in pieces of the size of the shuffle buffer; it holds only one piece in memory.
 */
final class StreamedPieces implements TrainPairs.Pieces {
  /** Number of examples that are encoded at a time, in parallel. */
  private static final int CHUNK = 10_000;

  private final TrainStream examples;
  private final PairEncoder encoder;
  private final int buffer;
  private final long seed;
  private final SkippedExamples leftOut = new SkippedExamples();
  private final List<EncodedPair> ready = new ArrayList<>(); // pairs of the next piece
  private long chunks;
  private boolean ended;

  StreamedPieces(TrainStream examples, PairEncoder encoder, int buffer, long seed) {
    this.examples = examples;
    this.encoder = encoder;
    this.buffer = buffer;
    this.seed = seed;
  }

  @Override
  public boolean hasNext() {
    if (ready.isEmpty()) {
      fill(1);
    }
    return !ready.isEmpty();
  }

  @Override
  public List<EncodedPair> next() {
    fill(buffer);
    if (ready.isEmpty()) {
      throw new NoSuchElementException();
    }
    List<EncodedPair> piece = new ArrayList<>(ready.subList(0, Math.min(buffer, ready.size())));
    ready.subList(0, piece.size()).clear();
    return piece;
  }

  /** Reads and encodes until {@code count} pairs are ready or the data end. */
  private void fill(int count) {
    while (ready.size() < count && !ended) {
      List<Example> chunk = new ArrayList<>();
      while (chunk.size() < Math.min(CHUNK, Math.max(count - ready.size(), 1))) {
        Optional<Example> example = examples.next();
        if (example.isEmpty()) {
          ended = true;
          break;
        }
        chunk.add(example.get());
      }
      EncodedExamples encoded = encoder.sample(chunk, StableRandom.mix(seed + chunks));
      chunks++;
      leftOut.addAll(encoded.leftOut());
      ready.addAll(encoded.pairs());
    }
  }

  @Override
  public SkippedExamples leftOut() {
    SkippedExamples all = new SkippedExamples();
    all.addAll(leftOut);
    all.addAll(examples.leftOut());
    return all;
  }

  @Override
  public void close() {
    examples.close();
  }
}
