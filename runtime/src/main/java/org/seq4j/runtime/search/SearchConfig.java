package org.seq4j.runtime.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigRecords;

/**
 * The configuration of a search. In code, one is made from another by the keys of a config: {@code
 * SearchConfig.beam(5).with("rules.no_repeat_ngram", 3).with("length.max", 60)}.
 */
@MovedKey(from = "min_length", to = "length.min")
@MovedKey(from = "min_length_ratio", to = "length.min_ratio")
@MovedKey(from = "max_length", to = "length.max")
@MovedKey(from = "max_length_ratio", to = "length.max_ratio")
@MovedKey(from = "max_length_extra", to = "length.max_extra")
@MovedKey(from = "length_normalization", to = "ranking.length_normalization")
@MovedKey(from = "length_penalty", to = "ranking.length_penalty")
@MovedKey(from = "word_reward", to = "ranking.word_reward")
@MovedKey(from = "coverage_penalty", to = "ranking.coverage_penalty")
@MovedKey(from = "no_repeat_ngram", to = "rules.no_repeat_ngram")
@MovedKey(from = "repetition_penalty", to = "rules.repetition_penalty")
@MovedKey(from = "prefix", to = "rules.prefix")
@MovedKey(from = "required", to = "rules.required")
@MovedKey(from = "forbidden", to = "rules.forbidden")
public record SearchConfig(
    @Key(
            doc =
                "greedy: take the best token at each step; beam: keep the best few hypotheses at"
                    + " each step; sampling: draw tokens by their probabilities.",
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
    @Key(doc = "How many tokens a hypothesis may have.", defaultValue = "{}") LengthConfig length,
    @Key(doc = "What hypotheses are ranked by.", defaultValue = "{}") RankingConfig ranking,
    @Key(doc = "How type: sampling draws.", defaultValue = "{}") SamplingConfig sampling,
    @Key(doc = "Keeps the hypotheses of a beam apart (Vijayakumar et al. 2018). Absent: one group.")
        Optional<DiversityConfig> diversity,
    @Key(doc = "What may be in a hypothesis.", defaultValue = "{}") RulesConfig rules,
    @Key(
            doc =
                "What is done with unknown tokens of an answer. keep: they stay; copy: the source"
                    + " token that most of the attention was on takes their place, or what a"
                    + " lexicon has for it (Luong et al. 2015). For tokens that are words.",
            defaultValue = "keep")
        Unknown unknown,
    @Key(doc = "Further rules, which are plugins.", defaultValue = "[]")
        List<Component<SearchConstraint>> constraints) {

  private static final String SECTION = "search";
  private static final SearchConfig DEFAULT = ConfigRecords.defaults(SearchConfig.class);

  /** The kinds of search. */
  public enum Type {
    /** See {@link GreedySearch}. */
    GREEDY,
    /** See {@link BeamSearch}. */
    BEAM,
    /** See {@link SamplingSearch}. */
    SAMPLING
  }

  /** The divisor of a log-probability. */
  public enum LengthNormalization {
    /** ((5 + length) / 6) to the power of alpha. */
    GNMT,
    /** The length to the power of alpha. */
    POWER,
    /** The length. */
    AVERAGE
  }

  /** The treatment of unknown tokens in an answer. */
  public enum Unknown {
    /** They stay. */
    KEEP,
    /** A source token takes their place. */
    COPY
  }

  /** Checks that there are as many hypotheses as are to be returned. */
  public SearchConfig {
    constraints = List.copyOf(constraints);
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

  /** A greedy search, all else by default. */
  public static SearchConfig greedy() {
    return DEFAULT.with(Map.of("type", Type.GREEDY, "size", 1));
  }

  /** A beam search of a size, all else by default. */
  public static SearchConfig beam(int size) {
    return DEFAULT.with("size", size);
  }

  /** Draws a number of targets, all else by default. */
  public static SearchConfig sampling(int draws, SamplingConfig how) {
    return DEFAULT.with(Map.of("type", Type.SAMPLING, "n_best", draws, "sampling", how));
  }

  /**
   * Replaces a value.
   *
   * @param key its path in the section, "length.max"
   * @param value as {@link ConfigRecords} says; null for nothing
   * @throws ConfigException if there is no such key, it has no such values, or values do not go
   *     together
   */
  public SearchConfig with(String key, Object value) {
    return ConfigRecords.with(this, key, value, SECTION);
  }

  /**
   * Replaces several values at once, such as a size and as many hypotheses.
   *
   * @param values by key; a map changes some keys of a section
   * @throws ConfigException if there is no such key, it has no such values, or values do not go
   *     together
   */
  public SearchConfig with(Map<String, ?> values) {
    return ConfigRecords.with(this, values, SECTION);
  }

  /** Makes it a beam search of another size. */
  public SearchConfig withSize(int hypotheses) {
    return with(Map.of("type", Type.BEAM, "size", hypotheses));
  }

  /** Replaces the number of hypotheses to return, which the beam must hold. */
  public SearchConfig withNBest(int hypotheses) {
    return with("n_best", hypotheses);
  }

  /**
   * The part that sources searched together have in common: the configuration without what differs
   * from source to source.
   */
  public SearchConfig common() {
    return new SearchConfig(
        type,
        size,
        nBest,
        DEFAULT.length,
        ranking,
        sampling,
        diversity,
        DEFAULT.rules,
        DEFAULT.unknown,
        DEFAULT.constraints);
  }

  /** Whether it needs to know where the model looked. */
  public boolean needsAttention() {
    return ranking.coveragePenalty() > 0 || unknown == Unknown.COPY;
  }
}
