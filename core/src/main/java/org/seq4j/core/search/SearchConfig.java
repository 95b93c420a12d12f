package org.seq4j.core.search;

import java.util.Optional;
import org.seq4j.core.config.Key;

/** How target sequences are searched for. */
public record SearchConfig(
    @Key(
            doc =
                "greedy: take the best symbol at each step; beam: keep the best few hypotheses at"
                    + " each step.",
            defaultValue = "beam")
        Type type,
    @Key(
            doc = "How many hypotheses a beam keeps for each source; a greedy search has one.",
            defaultValue = "5",
            min = 1,
            max = 1000)
        int size,
    @Key(
            doc =
                "Alpha of the length normalization of Wu et al. 2016, eq. 14: hypotheses are ranked"
                    + " by log-probability / ((5 + length) / 6)^alpha, where the length counts the"
                    + " end symbol. 0 ranks by log-probability alone; larger values favour longer"
                    + " hypotheses, 0.6 to 1 are usual.",
            defaultValue = "0",
            min = 0)
        double lengthPenalty,
    @Key(
            doc =
                "How many hypotheses to return for each source, the best first: at most the size of"
                    + " the beam, and 1 for a greedy search.",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int nBest,
    @Key(
            doc =
                "The largest number of symbols to generate for any source, the end symbol not"
                    + " counted. Absent: max_length_ratio and max_length_extra give it by the"
                    + " source's length.",
            min = 1)
        Optional<Integer> maxLength,
    @Key(
            doc =
                "Without max_length, a hypothesis has at most max_length_ratio x source length +"
                    + " max_length_extra symbols.",
            defaultValue = "2",
            min = 0)
        double maxLengthRatio,
    @Key(
            doc = "See max_length_ratio; it leaves room for short sources.",
            defaultValue = "10",
            min = 0)
        int maxLengthExtra) {

  private static final int LARGEST = 1000;

  /** The kinds of search. */
  public enum Type {
    /** See {@link GreedySearch}. */
    GREEDY,
    /** See {@link BeamSearch}. */
    BEAM
  }

  /** Checks the bounds, and that there are as many hypotheses as are to be returned. */
  public SearchConfig {
    require(size >= 1 && size <= LARGEST, "size", "a number from 1 to " + LARGEST, size);
    require(nBest >= 1 && nBest <= LARGEST, "n_best", "a number from 1 to " + LARGEST, nBest);
    require(isLength(lengthPenalty), "length_penalty", "a number, at least 0", lengthPenalty);
    require(isLength(maxLengthRatio), "max_length_ratio", "a number, at least 0", maxLengthRatio);
    require(maxLengthExtra >= 0, "max_length_extra", "a number, at least 0", maxLengthExtra);
    maxLength.ifPresent(it -> require(it >= 1, "max_length", "a number, at least 1", it));
    int hypotheses = type == Type.GREEDY ? 1 : size;
    if (nBest > hypotheses) {
      throw new IllegalArgumentException(
          type == Type.GREEDY
              ? "n_best is %d, but a greedy search has one hypothesis: set type: beam, or n_best: 1"
                  .formatted(nBest)
              : "n_best is %d, but the beam has %d hypotheses: set size: %d or larger, or a smaller n_best"
                  .formatted(nBest, size, nBest));
    }
  }

  private static boolean isLength(double value) {
    return Double.isFinite(value) && value >= 0;
  }

  private static void require(boolean good, String key, String expected, Object got) {
    if (!good) {
      throw new IllegalArgumentException("%s: expected %s, got %s".formatted(key, expected, got));
    }
  }

  /** A greedy search, all else by default. */
  public static SearchConfig greedy() {
    return new SearchConfig(Type.GREEDY, 1, 0, 1, Optional.empty(), 2, 10);
  }

  /** A beam search of a size, all else by default. */
  public static SearchConfig beam(int size) {
    return new SearchConfig(Type.BEAM, size, 0, 1, Optional.empty(), 2, 10);
  }

  /** The same as a beam search of another size. */
  public SearchConfig withSize(int hypotheses) {
    return new SearchConfig(
        Type.BEAM, hypotheses, lengthPenalty, nBest, maxLength, maxLengthRatio, maxLengthExtra);
  }

  /** The same with another number of hypotheses to return, which the beam must hold. */
  public SearchConfig withNBest(int hypotheses) {
    return new SearchConfig(
        type, size, lengthPenalty, hypotheses, maxLength, maxLengthRatio, maxLengthExtra);
  }

  /** The largest number of symbols, end not counted, for a source of so many symbols or frames. */
  public int maxLength(int sourceLength) {
    return maxLength.orElseGet(
        () ->
            (int) Math.min(maxLengthRatio * sourceLength + maxLengthExtra, Integer.MAX_VALUE - 8));
  }
}
