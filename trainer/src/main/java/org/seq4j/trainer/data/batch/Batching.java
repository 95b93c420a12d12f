package org.seq4j.trainer.data.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Cuts data into batches of pairs of similar length.
 *
 * <p>An epoch is shuffled, sorted by length within pools of {@value #POOL} batches' worth, cut, and
 * the batches are shuffled. Pools, because sorting all of the data would put the same pairs
 * together in every epoch.
 */
public final class Batching {
  private static final int POOL = 100;

  private final BatchConfig config;

  /** Cuts batches of the configured size. */
  public Batching(BatchConfig config) {
    this.config = config;
  }

  /**
   * The batches of a training epoch. They follow from the arguments alone.
   *
   * @param epoch from 0; each has another order
   */
  public Batches epoch(List<EncodedPair> pairs, long seed, long epoch) {
    return piece(pairs, seed, epoch, 0);
  }

  /**
   * The batches of a piece of an epoch.
   *
   * @param piece which, from 0
   */
  public Batches piece(List<EncodedPair> pairs, long seed, long epoch, long piece) {
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
    return new Batches(pairs, Arrays.stream(places).mapToObj(batches::get).toList());
  }

  /**
   * The batches of an evaluation: all pairs by length, the longest first, so that a batch too large
   * for the memory shows at once. {@link Batch#indices} leads back to the order of the pairs.
   */
  public Batches byLength(List<EncodedPair> pairs) {
    int[] order = sorted(pairs, IntStream.range(0, pairs.size()).toArray());
    List<int[]> batches = new ArrayList<>();
    cut(pairs, reversed(order), batches);
    return new Batches(pairs, batches);
  }

  private int poolEnd(List<EncodedPair> pairs, int[] order, int start) {
    long room = (long) POOL * config.size();
    int end = start;
    while (end < order.length && room > 0) {
      room -= config.unit() == BatchConfig.Unit.SEQUENCES ? 1 : longer(pairs.get(order[end]));
      end++;
    }
    return end;
  }

  /**
   * By target length, then by source length, up and down in turn: a batch that goes over from one
   * target length to the next does not hold the longest and the shortest sources at once.
   */
  private static int[] sorted(List<EncodedPair> pairs, int[] order) {
    Comparator<EncodedPair> byTarget = Comparator.comparingInt(pair -> pair.target().length());
    Comparator<EncodedPair> byBoth =
        byTarget.thenComparingInt(
            pair ->
                pair.target().length() % 2 == 0 ? pair.source().length() : -pair.source().length());
    return Arrays.stream(order)
        .boxed()
        .sorted(Comparator.comparing(pairs::get, byBoth))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int[] reversed(int[] order) {
    int last = order.length - 1;
    return IntStream.rangeClosed(0, last).map(i -> order[last - i]).toArray();
  }

  private void cut(List<EncodedPair> pairs, int[] order, List<int[]> batches) {
    int start = 0;
    int longest = 0;
    for (int i = 0; i < order.length; i++) {
      longest = Math.max(longest, longer(pairs.get(order[i])));
      if (i > start && !fits(i - start + 1, longest)) {
        batches.add(Arrays.copyOfRange(order, start, i));
        start = i;
        longest = longer(pairs.get(order[i]));
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

  /** The longer side; at least 1, so that a batch of empty pairs has an end, too. */
  private static int longer(EncodedPair pair) {
    return Math.max(1, Math.max(pair.source().length(), pair.target().length()));
  }
}
