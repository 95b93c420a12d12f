package org.seq4j.trainer.data.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Groups pairs of similar length into batches.
 *
 * <p>Each epoch, pairs are shuffled and divided into pools of about {@value #POOL} batches. Each
 * pool is sorted by length and cut into batches; then all batches are shuffled. Without pools,
 * sorting would put the same pairs together in every epoch.
 */
public final class Batching {
  private static final int POOL = 100;

  private final BatchConfig config;

  /** Creates a batching with the configured size. */
  public Batching(BatchConfig config) {
    this.config = config;
  }

  /**
   * Returns the batches of a training epoch, a deterministic function of the arguments.
   *
   * @param epoch the index of the epoch, from 0; each epoch has its own order
   */
  public Batches epoch(List<EncodedPair> pairs, long seed, long epoch) {
    return piece(pairs, seed, epoch, 0);
  }

  /**
   * Returns the batches of a piece of an epoch.
   *
   * @param piece the index of the piece, from 0
   */
  public Batches piece(List<EncodedPair> pairs, long seed, long epoch, long piece) {
    return new Batches(pairs, divided(PairLengths.of(pairs), seed, epoch, piece));
  }

  /** Returns the number of batches of {@link #epoch} for pairs of these lengths. */
  public int count(PairLengths pairs, long seed, long epoch) {
    return divided(pairs, seed, epoch, 0).size();
  }

  private List<int[]> divided(PairLengths pairs, long seed, long epoch, long piece) {
    StableRandom random = new StableRandom(seed, epoch + (piece << 32));
    int[] order = IntStream.range(0, pairs.size()).toArray();
    random.shuffle(order);
    List<int[]> batches = new ArrayList<>();
    for (int start = 0; start < order.length; ) {
      int end = poolEnd(pairs, order, start);
      cut(pairs, sorted(pairs, Arrays.copyOfRange(order, start, end)), batches);
      start = end;
    }
    int[] places = IntStream.range(0, batches.size()).toArray();
    random.shuffle(places);
    return Arrays.stream(places).mapToObj(batches::get).toList();
  }

  /**
   * Returns the batches of an evaluation: all pairs by length, longest first, so that a batch too
   * large for memory fails immediately. {@link Batch#indices} gives the original order of the
   * pairs.
   */
  public Batches byLength(List<EncodedPair> pairs) {
    PairLengths lengths = PairLengths.of(pairs);
    int[] order = sorted(lengths, IntStream.range(0, pairs.size()).toArray());
    List<int[]> batches = new ArrayList<>();
    cut(lengths, reversed(order), batches);
    return new Batches(pairs, batches);
  }

  private int poolEnd(PairLengths pairs, int[] order, int start) {
    long room = (long) POOL * config.size();
    int end = start;
    while (end < order.length && room > 0) {
      room -= config.unit() == BatchConfig.Unit.SEQUENCES ? 1 : longer(pairs, order[end]);
      end++;
    }
    return end;
  }

  /**
   * Sorts by target length, then by source length, alternately ascending and descending: a batch
   * that spans two target lengths then does not mix the longest and the shortest sources.
   */
  private static int[] sorted(PairLengths pairs, int[] order) {
    Comparator<Integer> byTarget = Comparator.comparingInt(pairs::target);
    Comparator<Integer> byBoth =
        byTarget.thenComparingInt(
            pair -> pairs.target(pair) % 2 == 0 ? pairs.source(pair) : -pairs.source(pair));
    return Arrays.stream(order).boxed().sorted(byBoth).mapToInt(Integer::intValue).toArray();
  }

  private static int[] reversed(int[] order) {
    int last = order.length - 1;
    return IntStream.rangeClosed(0, last).map(i -> order[last - i]).toArray();
  }

  private void cut(PairLengths pairs, int[] order, List<int[]> batches) {
    int start = 0;
    int longest = 0;
    for (int i = 0; i < order.length; i++) {
      longest = Math.max(longest, longer(pairs, order[i]));
      if (i > start && !fits(i - start + 1, longest)) {
        batches.add(Arrays.copyOfRange(order, start, i));
        start = i;
        longest = longer(pairs, order[i]);
      }
    }
    if (start < order.length) {
      batches.add(Arrays.copyOfRange(order, start, order.length));
    }
  }

  private boolean fits(int rows, int longest) {
    return switch (config.unit()) {
      case SEQUENCES -> rows <= config.size();
      case TOKENS -> (long) rows * longest <= config.size();
    };
  }

  /**
   * Returns the length of the longer side; at least 1, so that batches of empty pairs are bounded,
   * too.
   */
  private static int longer(PairLengths pairs, int pair) {
    return Math.max(1, Math.max(pairs.source(pair), pairs.target(pair)));
  }
}
