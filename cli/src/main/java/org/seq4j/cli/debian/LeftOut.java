package org.seq4j.cli.debian;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** Counts of what was left out, by reason. */
final class LeftOut {
  private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);

  void add(Reason reason) {
    add(reason, 1);
  }

  void add(Reason reason, int number) {
    if (number > 0) {
      counts.merge(reason, number, Integer::sum);
    }
  }

  void addAll(LeftOut others) {
    others.counts.forEach(this::add);
  }

  /** Returns the counts that are not 0, in the order of the reasons. */
  Map<Reason, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }
}
