package org.seq4j.trainer.data.corpus;

import java.util.EnumMap;
import java.util.Map;

/** How many examples were left out, and why. Not thread-safe. */
public final class SkippedExamples {

  /** Why an example is left out. */
  public enum Reason {
    /** Its line is not what it should be, and such lines are skipped. */
    MALFORMED("malformed"),
    /** The same pair, or the same source, was there before. */
    DUPLICATE("that were there before"),
    /** Too few of its letters are of the script that is asked for. */
    SCRIPT("in another script"),
    /** Its source has no tokens. */
    EMPTY_SOURCE("without a source"),
    /** Its source has more tokens than are allowed. */
    LONG_SOURCE("with too long a source"),
    /** Its target has more tokens than are allowed, and its source has not. */
    LONG_TARGET("with too long a target"),
    /** One of its sides has fewer tokens than are asked for. */
    SHORT("too short"),
    /** One of its sides is too many times as long as the other. */
    RATIO("of too unlike lengths");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** As it follows a number: "with too long a source". */
    public String words() {
      return words;
    }
  }

  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

  /** Counts one. */
  public void add(Reason reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  /** Counts those of another. */
  public void addAll(SkippedExamples other) {
    other.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
  }

  /** How many were left out for a reason. */
  public long count(Reason reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** The reasons that there were, with their counts. */
  public Map<Reason, Long> counts() {
    return Map.copyOf(counts).isEmpty() ? Map.of() : new EnumMap<>(counts);
  }
}
