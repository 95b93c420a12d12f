package org.seq4j.trainer.data.corpus;

import java.util.EnumMap;
import java.util.Map;

/** Counts of skipped examples by reason. Not thread-safe. */
public final class SkippedExamples {

  /** The reason why an example is skipped. */
  public enum Reason {
    /** Its line is malformed, and data.on_error is skip. */
    MALFORMED("malformed"),
    /** The same pair, or the same source, occurred before. */
    DUPLICATE("that occurred before"),
    /** Too few of its letters belong to the required script. */
    SCRIPT("in another script"),
    /** Its source has no tokens. */
    EMPTY_SOURCE("with an empty source"),
    /** Its source is longer than source.max_length. */
    LONG_SOURCE("with a source that is too long"),
    /** Its target is longer than target.max_length, and its source is not too long. */
    LONG_TARGET("with a target that is too long"),
    /** One of its sides has fewer tokens than data.filter.min_length. */
    SHORT("too short"),
    /** The ratio of the lengths of its sides exceeds data.filter.max_ratio. */
    RATIO("with too different lengths");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** Returns the phrase that follows a number in messages: "with a source that is too long". */
    public String words() {
      return words;
    }
  }

  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

  /** Counts a skipped example. */
  public void add(Reason reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  /** Adds other counts. */
  public void addAll(SkippedExamples other) {
    other.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
  }

  /** Returns the number of examples skipped for a reason. */
  public long count(Reason reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** Returns the counts by reason; reasons that did not occur are absent. */
  public Map<Reason, Long> counts() {
    return Map.copyOf(counts).isEmpty() ? Map.of() : new EnumMap<>(counts);
  }
}
