package org.seq4j.trainer.data.corpus;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts of skipped examples by reason, and of examples that are used with a part of their source.
 * Not thread-safe.
 */
public final class SkippedExamples {

  /** The reason why an example is skipped. */
  public enum Reason {
    /** Its line is malformed, and data.on_error is skip. */
    MALFORMED("malformed", "data.on_error: skip"),
    /** The same pair, or the same source, occurred before. */
    DUPLICATE("that occurred before", "data.filter.duplicates"),
    /** Too few of its letters belong to the required script. */
    SCRIPT("in another script", "data.filter.source_script and target_script"),
    /** Its source has no tokens. */
    EMPTY_SOURCE("with an empty source", "a source needs a token"),
    /** Its source is longer than source.max_length. */
    LONG_SOURCE("with a source that is too long", "source.max_length"),
    /** Its target is longer than target.max_length, and its source is not too long. */
    LONG_TARGET("with a target that is too long", "target.max_length"),
    /** One of its sides has fewer tokens than data.filter.min_length. */
    SHORT("too short", "data.filter.min_length"),
    /** The ratio of the lengths of its sides exceeds data.filter.max_ratio. */
    RATIO("with too different lengths", "data.filter.max_ratio");

    private final String words;
    private final String rule;

    Reason(String words, String rule) {
      this.words = words;
      this.rule = rule;
    }

    /** Returns the phrase that follows a number in messages: "with a source that is too long". */
    public String words() {
      return words;
    }
  }

  private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);
  private long cut;

  /** Counts a skipped example. */
  public void add(Reason reason) {
    add(reason, 1);
  }

  /** Counts skipped examples. */
  public void add(Reason reason, long count) {
    if (count > 0) {
      counts.merge(reason, count, Long::sum);
    }
  }

  /** Counts an example that is used, but whose source is cut to {@code source.max_length}. */
  public void addCut() {
    addCut(1);
  }

  /** Counts examples that are used, but whose sources are cut. */
  public void addCut(long count) {
    cut += count;
  }

  /** Returns the number of used examples whose source is cut to {@code source.max_length}. */
  public long cut() {
    return cut;
  }

  /** Adds other counts. */
  public void addAll(SkippedExamples other) {
    cut += other.cut;
    other.counts.forEach((reason, count) -> counts.merge(reason, count, Long::sum));
  }

  /** Returns the number of examples skipped for a reason. */
  public long count(Reason reason) {
    return counts.getOrDefault(reason, 0L);
  }

  /** Returns the number of all skipped examples. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the exception that all training examples are skipped, with the reasons. */
  public DataException nothingLeft() {
    String reasons =
        counts.entrySet().stream()
            .map(it -> it.getValue() + " " + it.getKey().words + " (" + it.getKey().rule + ")")
            .collect(Collectors.joining(", "));
    return new DataException(
        "train: no example is left to train on"
            + (reasons.isEmpty() ? "" : "; skipped: " + reasons));
  }

  /** Returns the counts by reason; reasons that did not occur are absent. */
  public Map<Reason, Long> counts() {
    return Map.copyOf(counts).isEmpty() ? Map.of() : new EnumMap<>(counts);
  }
}
