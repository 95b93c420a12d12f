package org.seq4j.trainer.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/** A few of many, from all over: neighbours in data are often alike. */
public final class EvenSample {
  private EvenSample() {}

  /** At most so many items, equally far from each other. */
  public static <T> List<T> over(List<T> items, int most) {
    int count = Math.min(most, items.size());
    return IntStream.range(0, count)
        .mapToObj(i -> items.get((int) ((long) i * items.size() / count)))
        .toList();
  }
}
