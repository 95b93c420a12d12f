package org.seq4j.trainer.data.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;

/**
 * The division of training pairs among workers. It depends only on what the pairs are, not on their
 * order: a pair belongs to the worker that a hash of it names, and each worker's pairs are sorted.
 */
public final class Shards {
  private static final Comparator<EncodedPair> BY_CONTENT =
      Comparator.comparing(EncodedPair::source, Shards::compare)
          .thenComparing(EncodedPair::target, Shards::compare);

  private Shards() {}

  /**
   * Divides pairs among workers; a single one has all, as they are.
   *
   * @return the pairs of each worker
   * @throws IllegalArgumentException if several workers would have streamed pairs, or one has none
   */
  public static List<TrainPairs> of(TrainPairs pairs, int workers) {
    if (workers == 1) {
      return List.of(pairs);
    }
    if (!pairs.divided().isEmpty()) {
      return checked(pairs.divided(), workers);
    }
    return of(
        pairs
            .all()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "pairs are divided among workers in memory, but here they are streamed,"
                            + " because of a weight of a corpus or a tokenizer that samples. Remove"
                            + " these, or set workers to 1")),
        workers);
  }

  private static List<TrainPairs> of(EncodedExamples examples, int workers) {
    List<List<EncodedPair>> shards = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      shards.add(new ArrayList<>());
    }
    examples.pairs().forEach(pair -> shards.get(workerOf(pair, workers)).add(pair));
    shards.forEach(Shards::sort);
    return checked(
        shards.stream().map(pairs -> TrainPairs.inMemory(EncodedExamples.all(pairs))).toList(),
        workers);
  }

  private static List<TrainPairs> checked(List<TrainPairs> shards, int workers) {
    List<Integer> sizes = shards.stream().map(it -> it.lengths().orElseThrow().size()).toList();
    if (sizes.contains(0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%,d training pairs leave none for worker %d of %d: expected fewer workers or more"
                  + " pairs",
              sizes.stream().mapToLong(it -> it).sum(),
              sizes.indexOf(0) + 1,
              workers));
    }
    return shards;
  }

  /** Returns the number of the worker that a pair belongs to, from 0. */
  public static int workerOf(EncodedPair pair, int workers) {
    return (int) (hash(pair) % workers);
  }

  /** Puts the pairs of a worker into their order. */
  public static void sort(List<EncodedPair> ofWorker) {
    ofWorker.sort(BY_CONTENT);
  }

  private static long hash(EncodedPair pair) {
    CRC32C hash = new CRC32C();
    update(hash, pair.source());
    update(hash, pair.target());
    return hash.getValue();
  }

  private static void update(CRC32C hash, SequenceData sequence) {
    update(hash, sequence.length());
    if (sequence instanceof TokenIds tokens) {
      for (int id : tokens.copies()) {
        update(hash, id);
      }
    } else if (sequence instanceof FeatureSequence frames) {
      for (int i = 0; i < frames.size(); i++) {
        update(hash, Float.floatToIntBits(frames.value(i)));
      }
    }
  }

  private static void update(CRC32C hash, int bits) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      hash.update(bits >>> shift);
    }
  }

  private static int compare(SequenceData a, SequenceData b) {
    if (a instanceof TokenIds some && b instanceof TokenIds others) {
      int byId = Arrays.compare(some.ids(), others.ids());
      return byId != 0 ? byId : Arrays.compare(some.copies(), others.copies());
    }
    if (a instanceof FeatureSequence some && b instanceof FeatureSequence others) {
      return compare(some, others);
    }
    throw new IllegalArgumentException("expected sequences of one kind"); // a side has one kind
  }

  private static int compare(FeatureSequence a, FeatureSequence b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = Float.compare(a.value(i), b.value(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }
}
