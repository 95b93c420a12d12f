package org.seq4j.trainer.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/** Evenly spaced samples of a list, because neighbours in data are often similar. */
public final class EvenSample {
  private EvenSample() {}

  /** Returns up to {@code most} evenly spaced items. */
  public static <T> List<T> over(List<T> items, int most) {
    int count = Math.min(most, items.size());
    return IntStream.range(0, count)
        .mapToObj(i -> items.get((int) ((long) i * items.size() / count)))
        .toList();
  }
}
