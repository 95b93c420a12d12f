package org.seq4j.runtime.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigRecords;

/**
 * The configuration of a search. A program creates one from another by config keys: {@code
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
                "The search algorithm. greedy: take the best token at each step; beam: keep"
                    + " the best hypotheses at each step; sampling: sample tokens from the model's"
                    + " distribution.",
            defaultValue = "beam")
        Type type,
    @Key(
            doc =
                "The beam size: the number of hypotheses kept for each source; 1 in a greedy"
                    + " search.",
            defaultValue = "5",
            min = 1,
            max = 1000)
        int size,
    @Key(
            doc =
                "The number of hypotheses to return for each source, best first: at most the"
                    + " beam size, and 1 for a greedy search. With sampling, the number of"
                    + " samples.",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int nBest,
    @Key(doc = "Bounds of the number of tokens of a hypothesis.", defaultValue = "{}")
        LengthConfig length,
    @Key(doc = "The ranking of hypotheses.", defaultValue = "{}") RankingConfig ranking,
    @Key(doc = "The options of type: sampling.", defaultValue = "{}") SamplingConfig sampling,
    @Key(doc = "Diverse beam search (Vijayakumar et al. 2018). Absent: one group.")
        Optional<DiversityConfig> diversity,
    @Key(doc = "Rules for the tokens of a hypothesis.", defaultValue = "{}") RulesConfig rules,
    @Key(
            doc = "CTC scores of hypotheses. Needs a model trained with the objective ctc.",
            defaultValue = "{}")
        CtcConfig ctc,
    @Key(
            doc =
                "A language model that scores hypotheses, too: shallow fusion (Gulcehre et al."
                    + " 2015). Absent: none.")
        Optional<LanguageModelConfig> languageModel,
    @Key(
            doc =
                "With ctc or language_model: the number of best next tokens of the model that these"
                    + " score for each hypothesis, beside the end token; other tokens are not"
                    + " considered.",
            defaultValue = "40",
            min = 1)
        int preBeam,
    @Key(
            doc =
                "The treatment of unknown tokens in the output. keep: they are kept; copy:"
                    + " each is replaced by the source token with the most attention, or by its"
                    + " translation in a lexicon (Luong et al. 2015). Suited to tokens that are"
                    + " words.",
            defaultValue = "keep")
        Unknown unknown,
    @Key(doc = "Additional constraints, which are components.", defaultValue = "[]")
        List<Component<SearchConstraint>> constraints) {

  private static final String SECTION = "search";
  private static final SearchConfig DEFAULT = ConfigRecords.defaults(SearchConfig.class);

  /** The search algorithm. */
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
    /** {@code ((5 + length) / 6)} to the power of alpha. */
    GNMT,
    /** The length to the power of alpha. */
    POWER,
    /** The length. */
    AVERAGE
  }

  /** The treatment of unknown tokens in the output. */
  public enum Unknown {
    /** They are kept. */
    KEEP,
    /** A source token or its translation replaces them. */
    COPY
  }

  /** Checks that the search has as many hypotheses as are returned. */
  public SearchConfig {
    constraints = List.copyOf(constraints);
    if (type == Type.GREEDY && nBest > 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "n_best is %d, but a greedy search has one hypothesis: set type: beam, or n_best: 1",
              nBest));
    }
    if (type == Type.BEAM && nBest > size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "n_best is %d, but the beam has %d hypotheses: set size: %d or larger, or"
                  + " reduce n_best",
              nBest,
              size,
              nBest));
    }
    int groups = diversity.map(DiversityConfig::groups).orElse(1);
    if (type == Type.BEAM && size % groups != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "diversity.groups: expected a divisor of the beam size, %d, got %d",
              size,
              groups));
    }
  }

  /** Creates a greedy search with defaults. */
  public static SearchConfig greedy() {
    return DEFAULT.with(Map.of("type", Type.GREEDY, "size", 1));
  }

  /** Creates a beam search with defaults. */
  public static SearchConfig beam(int size) {
    return DEFAULT.with("size", size);
  }

  /** Creates a sampling search with defaults. */
  public static SearchConfig sampling(int draws, SamplingConfig how) {
    return DEFAULT.with(Map.of("type", Type.SAMPLING, "n_best", draws, "sampling", how));
  }

  /**
   * Returns a copy with another value.
   *
   * @param key path of the key in the section, "length.max"
   * @param value value as in {@link ConfigRecords}; null for none
   * @throws ConfigException if there is no such key, the value is invalid, or values are in
   *     conflict
   */
  public SearchConfig with(String key, Object value) {
    return ConfigRecords.with(this, key, value, SECTION);
  }

  /**
   * Returns a copy with several other values, such as a size and a number of hypotheses.
   *
   * @param values values by key; a map changes the named keys of a section
   * @throws ConfigException if there is no such key, a value is invalid, or values are in conflict
   */
  public SearchConfig with(Map<String, ?> values) {
    return ConfigRecords.with(this, values, SECTION);
  }

  /** Returns a copy with a beam search of another size. */
  public SearchConfig withSize(int hypotheses) {
    return with(Map.of("type", Type.BEAM, "size", hypotheses));
  }

  /** Returns a copy with another number of hypotheses to return, at most the beam size. */
  public SearchConfig withNBest(int hypotheses) {
    return with("n_best", hypotheses);
  }

  /**
   * Returns the configuration without the keys that may differ between sources searched in one
   * batch.
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
        ctc,
        languageModel,
        preBeam,
        DEFAULT.unknown,
        DEFAULT.constraints);
  }

  /** Returns true if the search needs attention weights. */
  public boolean needsAttention() {
    return ranking.coveragePenalty() > 0 || unknown == Unknown.COPY;
  }
}
