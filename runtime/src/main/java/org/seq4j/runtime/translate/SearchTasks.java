package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.Contradictions;
import org.seq4j.runtime.search.RulesConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchRules;
import org.seq4j.runtime.search.SearchTask;

/** Creates the search tasks of sources. Thread-safe. */
final class SearchTasks {
  private final TextCodec target;
  private final boolean copies;
  private final ComponentContext context;
  private final Map<List<Component<SearchConstraint>>, List<SearchConstraint>> made =
      new ConcurrentHashMap<>();

  /**
   * Creates a factory of tasks for a target codec.
   *
   * @param copies true if the model can copy tokens of the source
   * @param context context of the constraints
   */
  SearchTasks(TextCodec target, boolean copies, ComponentContext context) {
    this.target = target;
    this.copies = copies;
    this.context = context;
  }

  /**
   * Creates the task of a source.
   *
   * @param source source tokens that the model reads
   * @param seed seed of the samples for this source
   * @param onProgress called after each step with the best hypothesis so far; returning false stops
   *     the search
   * @throws RequestException if a required text or a prefix contains a token that the model cannot
   *     generate, or if rules exclude each other
   */
  SearchTask of(
      SearchConfig config,
      List<String> source,
      long seed,
      Optional<Predicate<List<Integer>>> onProgress) {
    ExtendedVocabulary vocabulary =
        new ExtendedVocabulary(copies ? source : List.of(), target.vocabulary());
    RulesConfig possible = withoutImpossible(config.rules(), vocabulary);
    Function<String, List<Integer>> encode = text -> ids(text, vocabulary);
    Contradictions.check(possible, encode);
    List<SearchConstraint.Rule> rules = new ArrayList<>(SearchRules.of(possible, encode));
    for (SearchConstraint constraint : made.computeIfAbsent(config.constraints(), this::make)) {
      SearchConstraint.Rule rule =
          ComponentException.notNull(
              constraint,
              "ruleFor",
              constraint.ruleFor(new SearchConstraint.Source(source, target.vocabulary())));
      rules.add(new CheckedRule(rule, target.vocabulary().size() + source.size()));
    }
    int asked = // required tokens need space
        config.rules().prefix().map(text -> encode.apply(text).size()).orElse(0)
            + rules.stream().mapToInt(SearchConstraint.Rule::goal).sum();
    int longest = Math.max(asked, config.length().maxFor(source.size()));
    return new SearchTask(
        config.length().minFor(source.size()), longest, source.size(), seed, rules, onProgress);
  }

  private List<SearchConstraint> make(List<Component<SearchConstraint>> components) {
    return components.stream().map(component -> component.create(context)).toList();
  }

  /** Returns rules that do not forbid what the model cannot generate anyway. */
  private RulesConfig withoutImpossible(RulesConfig rules, ExtendedVocabulary vocabulary) {
    return new RulesConfig(
        rules.noRepeatNgram(),
        rules.repetitionPenalty(),
        rules.prefix(),
        rules.required(),
        rules.forbidden().stream().filter(text -> impossible(text, vocabulary).isEmpty()).toList());
  }

  /** Returns the first token of a text that the model cannot generate for a source. */
  private Optional<String> impossible(String text, ExtendedVocabulary vocabulary) {
    return target.tokens(text).stream()
        .filter(token -> vocabulary.id(token) == Vocabulary.UNKNOWN)
        .findFirst();
  }

  private List<Integer> ids(String text, ExtendedVocabulary vocabulary) {
    impossible(text, vocabulary)
        .ifPresent(
            token -> {
              throw new RequestException(
                  "search: '%s' contains the token '%s', which the model cannot generate"
                      .formatted(text, token));
            });
    return target.tokens(text).stream().map(vocabulary::id).toList();
  }

  /** Returns a sentence for each rule that has no effect with this model, for any source. */
  List<String> warnings(SearchConfig config) {
    if (copies) {
      return List.of(); // it depends on the source
    }
    ExtendedVocabulary vocabulary = new ExtendedVocabulary(List.of(), target.vocabulary());
    return config.rules().forbidden().stream()
        .flatMap(
            text ->
                impossible(text, vocabulary).stream()
                    .map(
                        token ->
                            "search.rules.forbidden: '%s' has no effect: the model cannot generate the token '%s'"
                                .formatted(text, token)))
        .toList();
  }
}
