package org.seq4j.trainer.training.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.search.LengthConfig;
import org.seq4j.runtime.search.SearchConfig;

/**
 * The search of validations: greedy, because a beam costs several times as much, and of bounded
 * length. A model that has not learned yet to end its answers would otherwise make each one as long
 * as the search permits, which for long sources with short targets takes longer than the training
 * in between. Answers of a trained model are shorter than the bound. Not thread-safe.
 */
final class ValidationSearch implements Function<ExampleValue, SearchConfig> {
  private static final int RATIO = 2; // the defaults of the search, relative to the source
  private static final int EXTRA = 10;

  private final SearchConfig greedy;
  private final SequenceCodec source;
  private final int maxSource;
  private final int bound;
  private final Map<Integer, SearchConfig> byLength = new HashMap<>();

  /**
   * Creates the search.
   *
   * @param configured the search of the experiment, whose rules and lengths stay
   * @param source the codec of sources
   * @param maxSource the number of tokens after which sources are truncated
   * @param longest the number of tokens of the longest reference
   */
  ValidationSearch(SearchConfig configured, SequenceCodec source, int maxSource, int longest) {
    this.greedy =
        configured.with(
            Map.of(
                "type",
                SearchConfig.Type.GREEDY,
                "size",
                1,
                "n_best",
                1,
                "diversity",
                Optional.empty(),
                "language_model", // it ranks checkpoints all the same
                Optional.empty()));
    this.source = source;
    this.maxSource = maxSource;
    this.bound = (int) Math.min((long) RATIO * longest + EXTRA, Integer.MAX_VALUE);
  }

  /** Returns the number of tokens of the longest text. */
  static int longest(SequenceCodec codec, List<ExampleValue> values) {
    return values.stream().mapToInt(codec::length).max().orElse(0);
  }

  @Override
  public SearchConfig apply(ExampleValue value) {
    return byLength.computeIfAbsent(Math.min(source.length(value), maxSource), this::ofLength);
  }

  private SearchConfig ofLength(int sourceLength) {
    LengthConfig length = greedy.length();
    boolean needed = length.maxFor(sourceLength) > bound && length.minFor(sourceLength) <= bound;
    return needed ? greedy.with("length.max", bound) : greedy;
  }
}
