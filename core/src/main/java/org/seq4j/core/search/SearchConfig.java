package org.seq4j.core.search;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.plugin.Component;

/**
 * How target sequences are searched for. In code, one is made from another: {@code
 * SearchConfig.beam(5).change().noRepeatNgram(3).build()}.
 */
public record SearchConfig(
    @Key(
            doc =
                "greedy: take the best symbol at each step; beam: keep the best few hypotheses at"
                    + " each step; sampling: draw symbols by their probabilities.",
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
                "How many hypotheses to return for each source, the best first: at most the size of"
                    + " the beam, and 1 for a greedy search; of sampling, how many are drawn.",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int nBest,
    @Key(
            doc =
                "What hypotheses of different lengths are ranked by, with length_penalty as alpha"
                    + " and the end counted: gnmt: log-probability / ((5 + length) / 6)^alpha (Wu et"
                    + " al. 2016, eq. 14); power: log-probability / length^alpha; average:"
                    + " log-probability / length, whatever alpha is.",
            defaultValue = "gnmt")
        LengthNormalization lengthNormalization,
    @Key(
            doc =
                "See length_normalization. 0 ranks by log-probability alone; larger values favour"
                    + " longer hypotheses, 0.6 to 1 are usual.",
            defaultValue = "0",
            min = 0)
        double lengthPenalty,
    @Key(
            doc = "Added to the rank for each symbol, the end counted; below 0 favours short ones.",
            defaultValue = "0")
        double wordReward,
    @Key(
            doc =
                "Beta of Wu et al. 2016, eq. 14: how much hypotheses lose that leave parts of the"
                    + " source without attention. Needs a model with attention.",
            defaultValue = "0",
            min = 0)
        double coveragePenalty,
    @Key(
            doc = "The least number of symbols to generate, the end symbol not counted.",
            defaultValue = "0",
            min = 0)
        int minLength,
    @Key(
            doc =
                "The least number of symbols by the source's: at least min_length_ratio x source length.",
            defaultValue = "0",
            min = 0)
        double minLengthRatio,
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
        int maxLengthExtra,
    @Key(doc = "How type: sampling draws.", defaultValue = "{}") SamplingConfig sampling,
    @Key(doc = "Keeps the hypotheses of a beam apart (Vijayakumar et al. 2018). Absent: one group.")
        Optional<DiversityConfig> diversity,
    @Key(
            doc = "No sequence of so many symbols comes twice in a hypothesis. 0: no such rule.",
            defaultValue = "0",
            min = 0)
        int noRepeatNgram,
    @Key(
            doc =
                "The log-probability of symbols that the hypothesis has said is multiplied by this"
                    + " (after Keskar et al. 2019); 1.2 is usual. 1: no such rule.",
            defaultValue = "1",
            min = 1)
        double repetitionPenalty,
    @Key(doc = "A text that every hypothesis begins with. Absent: none.") Optional<String> prefix,
    @Key(
            doc =
                "Texts that every hypothesis holds, in any order (with a beam, places are kept for"
                    + " those that come nearer: Post and Vilar 2018).",
            defaultValue = "[]")
        List<String> required,
    @Key(doc = "Texts that no hypothesis holds.", defaultValue = "[]") List<String> forbidden,
    @Key(
            doc =
                "What is done with unknown symbols of an answer. keep: they stay; copy: the source"
                    + " symbol that most of the attention was on takes their place, or what a"
                    + " lexicon has for it (Luong et al. 2015). For symbols that are words.",
            defaultValue = "keep")
        Unknown unknown,
    @Key(doc = "Further rules, which are plugins.", defaultValue = "[]")
        List<Component<SearchConstraint>> constraints) {

  private static final int LARGEST = 1000;

  /** The kinds of search. */
  public enum Type {
    /** See {@link GreedySearch}. */
    GREEDY,
    /** See {@link BeamSearch}. */
    BEAM,
    /** See {@link SamplingSearch}. */
    SAMPLING
  }

  /** What a log-probability is divided by. */
  public enum LengthNormalization {
    /** ((5 + length) / 6) to the power of alpha. */
    GNMT,
    /** The length to the power of alpha. */
    POWER,
    /** The length. */
    AVERAGE
  }

  /** What is done with unknown symbols of an answer. */
  public enum Unknown {
    /** They stay. */
    KEEP,
    /** A source symbol takes their place. */
    COPY
  }

  /** Checks the bounds, and that there are as many hypotheses as are to be returned. */
  public SearchConfig {
    required = List.copyOf(required);
    forbidden = List.copyOf(forbidden);
    constraints = List.copyOf(constraints);
    require(size >= 1 && size <= LARGEST, "size", "a number from 1 to " + LARGEST, size);
    require(nBest >= 1 && nBest <= LARGEST, "n_best", "a number from 1 to " + LARGEST, nBest);
    require(isLength(lengthPenalty), "length_penalty", "a number, at least 0", lengthPenalty);
    require(Double.isFinite(wordReward), "word_reward", "a number", wordReward);
    require(isLength(coveragePenalty), "coverage_penalty", "a number, at least 0", coveragePenalty);
    require(minLength >= 0, "min_length", "a number, at least 0", minLength);
    require(isLength(minLengthRatio), "min_length_ratio", "a number, at least 0", minLengthRatio);
    require(isLength(maxLengthRatio), "max_length_ratio", "a number, at least 0", maxLengthRatio);
    require(maxLengthExtra >= 0, "max_length_extra", "a number, at least 0", maxLengthExtra);
    require(noRepeatNgram >= 0, "no_repeat_ngram", "a number, at least 0", noRepeatNgram);
    require(
        Double.isFinite(repetitionPenalty) && repetitionPenalty >= 1,
        "repetition_penalty",
        "a number, at least 1",
        repetitionPenalty);
    int least = minLength;
    maxLength.ifPresent(
        it -> {
          require(it >= 1, "max_length", "a number, at least 1", it);
          require(it >= least, "min_length", "at most max_length, which is " + it, least);
        });
    checkHypotheses(type, size, nBest, diversity);
  }

  private static void checkHypotheses(
      Type type, int size, int nBest, Optional<DiversityConfig> diversity) {
    if (type == Type.GREEDY && nBest > 1) {
      throw new IllegalArgumentException(
          "n_best is %d, but a greedy search has one hypothesis: set type: beam, or n_best: 1"
              .formatted(nBest));
    }
    if (type == Type.BEAM && nBest > size) {
      throw new IllegalArgumentException(
          "n_best is %d, but the beam has %d hypotheses: set size: %d or larger, or a smaller n_best"
              .formatted(nBest, size, nBest));
    }
    int groups = diversity.map(DiversityConfig::groups).orElse(1);
    if (type == Type.BEAM && size % groups != 0) {
      throw new IllegalArgumentException(
          "diversity.groups: expected a number that divides the size of the beam, %d, got %d"
              .formatted(size, groups));
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
    return new Builder().type(Type.GREEDY).size(1).build();
  }

  /** A beam search of a size, all else by default. */
  public static SearchConfig beam(int size) {
    return new Builder().size(size).build();
  }

  /** Draws a number of targets, all else by default. */
  public static SearchConfig sampling(int draws, SamplingConfig how) {
    return new Builder().type(Type.SAMPLING).nBest(draws).sampling(how).build();
  }

  /** The same as a beam search of another size. */
  public SearchConfig withSize(int hypotheses) {
    return change().type(Type.BEAM).size(hypotheses).build();
  }

  /** The same with another number of hypotheses to return, which the beam must hold. */
  public SearchConfig withNBest(int hypotheses) {
    return change().nBest(hypotheses).build();
  }

  /** What another configuration is made from this one with. */
  public Builder change() {
    return new Builder(this);
  }

  /**
   * What one search for several sources at once has in common: the same without what differs from
   * source to source.
   */
  public SearchConfig common() {
    return new Builder()
        .type(type)
        .size(size)
        .nBest(nBest)
        .lengthNormalization(lengthNormalization)
        .lengthPenalty(lengthPenalty)
        .wordReward(wordReward)
        .coveragePenalty(coveragePenalty)
        .sampling(sampling)
        .diversity(diversity)
        .build();
  }

  /** The largest number of symbols, end not counted, for a source of so many symbols or frames. */
  public int maxLength(int sourceLength) {
    return maxLength.orElseGet(
        () ->
            (int) Math.min(maxLengthRatio * sourceLength + maxLengthExtra, Integer.MAX_VALUE - 8));
  }

  /** The least number of symbols, end not counted; never more than the largest. */
  public int minLength(int sourceLength) {
    double least = Math.max(minLength, Math.ceil(minLengthRatio * sourceLength));
    return (int) Math.min(least, maxLength(sourceLength));
  }

  /** Whether it needs to know where the model looked. */
  public boolean needsAttention() {
    return coveragePenalty > 0 || unknown == Unknown.COPY;
  }

  /** Makes configurations; what is not set is by default, or as in what it was made from. */
  public static final class Builder {
    private Type type = Type.BEAM;
    private int size = 5;
    private int nBest = 1;
    private LengthNormalization lengthNormalization = LengthNormalization.GNMT;
    private double lengthPenalty;
    private double wordReward;
    private double coveragePenalty;
    private int minLength;
    private double minLengthRatio;
    private Optional<Integer> maxLength = Optional.empty();
    private double maxLengthRatio = 2;
    private int maxLengthExtra = 10;
    private SamplingConfig sampling = SamplingConfig.plain(1);
    private Optional<DiversityConfig> diversity = Optional.empty();
    private int noRepeatNgram;
    private double repetitionPenalty = 1;
    private Optional<String> prefix = Optional.empty();
    private List<String> required = List.of();
    private List<String> forbidden = List.of();
    private Unknown unknown = Unknown.KEEP;
    private List<Component<SearchConstraint>> constraints = List.of();

    private Builder() {}

    private Builder(SearchConfig from) {
      type = from.type;
      size = from.size;
      nBest = from.nBest;
      lengthNormalization = from.lengthNormalization;
      lengthPenalty = from.lengthPenalty;
      wordReward = from.wordReward;
      coveragePenalty = from.coveragePenalty;
      minLength = from.minLength;
      minLengthRatio = from.minLengthRatio;
      maxLength = from.maxLength;
      maxLengthRatio = from.maxLengthRatio;
      maxLengthExtra = from.maxLengthExtra;
      sampling = from.sampling;
      diversity = from.diversity;
      noRepeatNgram = from.noRepeatNgram;
      repetitionPenalty = from.repetitionPenalty;
      prefix = from.prefix;
      required = from.required;
      forbidden = from.forbidden;
      unknown = from.unknown;
      constraints = from.constraints;
    }

    /** Sets it; see {@link SearchConfig#type()}. */
    public Builder type(Type value) {
      type = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#size()}. */
    public Builder size(int value) {
      size = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#nBest()}. */
    public Builder nBest(int value) {
      nBest = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#lengthNormalization()}. */
    public Builder lengthNormalization(LengthNormalization value) {
      lengthNormalization = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#lengthPenalty()}. */
    public Builder lengthPenalty(double value) {
      lengthPenalty = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#wordReward()}. */
    public Builder wordReward(double value) {
      wordReward = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#coveragePenalty()}. */
    public Builder coveragePenalty(double value) {
      coveragePenalty = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#minLength()}. */
    public Builder minLength(int value) {
      minLength = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#minLengthRatio()}. */
    public Builder minLengthRatio(double value) {
      minLengthRatio = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#maxLength()}. */
    public Builder maxLength(Optional<Integer> value) {
      maxLength = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#maxLengthRatio()}. */
    public Builder maxLengthRatio(double value) {
      maxLengthRatio = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#maxLengthExtra()}. */
    public Builder maxLengthExtra(int value) {
      maxLengthExtra = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#sampling()}. */
    public Builder sampling(SamplingConfig value) {
      sampling = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#diversity()}. */
    public Builder diversity(Optional<DiversityConfig> value) {
      diversity = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#noRepeatNgram()}. */
    public Builder noRepeatNgram(int value) {
      noRepeatNgram = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#repetitionPenalty()}. */
    public Builder repetitionPenalty(double value) {
      repetitionPenalty = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#prefix()}. */
    public Builder prefix(Optional<String> value) {
      prefix = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#required()}. */
    public Builder required(List<String> value) {
      required = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#forbidden()}. */
    public Builder forbidden(List<String> value) {
      forbidden = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#unknown()}. */
    public Builder unknown(Unknown value) {
      unknown = value;
      return this;
    }

    /** Sets it; see {@link SearchConfig#constraints()}. */
    public Builder constraints(List<Component<SearchConstraint>> value) {
      constraints = value;
      return this;
    }

    /**
     * Makes it.
     *
     * @throws IllegalArgumentException if values do not go together
     */
    public SearchConfig build() {
      return new SearchConfig(
          type,
          size,
          nBest,
          lengthNormalization,
          lengthPenalty,
          wordReward,
          coveragePenalty,
          minLength,
          minLengthRatio,
          maxLength,
          maxLengthRatio,
          maxLengthExtra,
          sampling,
          diversity,
          noRepeatNgram,
          repetitionPenalty,
          prefix,
          required,
          forbidden,
          unknown,
          constraints);
    }
  }
}
