package org.seq4j.cli.view;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.CountedVocabulary;

/** Counts the source tokens that are not in the model's vocabulary. */
public final class UnknownTokens {
  private static final int SHOWN = 5;

  private final Optional<CountedVocabulary> vocabulary; // empty for vectors
  private final Map<String, Long> unknown = new HashMap<>();
  private long all;

  public UnknownTokens(SequenceCodec source) {
    this.vocabulary =
        source instanceof TextCodec text ? Optional.of(text.vocabulary()) : Optional.empty();
  }

  public void count(List<String> tokens) {
    if (vocabulary.isPresent()) {
      all += tokens.size();
      tokens.stream()
          .filter(token -> vocabulary.get().id(token) == Vocabulary.UNKNOWN)
          .forEach(token -> unknown.merge(token, 1L, Long::sum));
    }
  }

  /** Returns a warning for the user if there were any. */
  public Optional<String> warning() {
    long count = unknown.values().stream().mapToLong(Long::longValue).sum();
    if (count == 0) {
      return Optional.empty();
    }
    String most =
        unknown.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
            .limit(SHOWN)
            .map(it -> "'" + it.getKey() + "' " + NumberFormats.count(it.getValue()))
            .collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s of %s (%.2f %%) of the sources %s not in the model's vocabulary: %s%s",
            NumberFormats.count(count),
            NumberFormats.count(all, "token"),
            100.0 * count / all,
            count == 1 ? "is" : "are",
            most,
            unknown.size() > SHOWN ? " and others" : ""));
  }
}
