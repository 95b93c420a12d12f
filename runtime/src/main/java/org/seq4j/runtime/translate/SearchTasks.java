package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
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
import org.seq4j.runtime.search.SameTokens;
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
  private volatile Map<String, List<Integer>> byFoldedText;

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
   * @param text the source, in which a rule may find texts
   * @param source its tokens that the model reads
   * @param seed seed of the samples for this source
   * @param onProgress called after each step with the best hypothesis so far; returning false stops
   *     the search
   * @throws RequestException if a required text or a prefix contains a token that the model cannot
   *     generate, or if rules exclude each other
   */
  SearchTask of(
      SearchConfig config,
      String text,
      List<String> source,
      long seed,
      Optional<Predicate<List<Integer>>> onProgress) {
    ExtendedVocabulary vocabulary =
        new ExtendedVocabulary(copies ? source : List.of(), target.vocabulary());
    Words words = words(config.rules(), vocabulary);
    if (target.isReversed() && config.rules().prefix().isPresent()) {
      throw new RequestException(
          "search.rules.prefix: the model writes from right to left, and cannot begin with a given"
              + " text; use search.rules.required");
    }
    RulesConfig possible = possible(config.rules(), text, words);
    Function<String, List<Integer>> encode = it -> ids(it, words);
    Contradictions.check(possible, encode, words.same());
    List<SearchConstraint.Rule> rules = new ArrayList<>();
    for (SearchConstraint constraint : made.computeIfAbsent(config.constraints(), this::make)) {
      SearchConstraint.Rule rule =
          ComponentException.notNull(
              constraint,
              "ruleFor",
              constraint.ruleFor(new SearchConstraint.Source(source, target.vocabulary())));
      rules.add(new CheckedRule(rule, target.vocabulary().size() + source.size()));
    }
    int asked = // required tokens need space
        Stream.concat(possible.prefix().stream(), possible.required().stream())
                .mapToInt(it -> encode.apply(it).size())
                .sum()
            + rules.stream().mapToInt(SearchConstraint.Rule::goal).sum();
    rules.addAll(0, SearchRules.of(possible, encode, words.same()));
    int longest = Math.max(asked, config.length().maxFor(source.size()));
    return new SearchTask(
        config.length().minFor(source.size()), longest, source.size(), seed, rules, onProgress);
  }

  /**
   * The tokens of texts in rules.
   *
   * @param id returns the id of a token that the model can generate
   * @param same the tokens that rules do not tell apart
   */
  private record Words(ToIntFunction<String> id, SameTokens same) {}

  private Words words(RulesConfig rules, ExtendedVocabulary vocabulary) {
    if (!rules.ignoreCase()) {
      return new Words(vocabulary::id, SameTokens.EXACT);
    }
    FoldedTokens folded = new FoldedTokens(known(), vocabulary);
    return new Words(folded::id, folded);
  }

  private Map<String, List<Integer>> known() {
    if (byFoldedText == null) { // twice at worst
      byFoldedText = FoldedTokens.of(target.vocabulary());
    }
    return byFoldedText;
  }

  private List<SearchConstraint> make(List<Component<SearchConstraint>> components) {
    return components.stream().map(component -> component.create(context)).toList();
  }

  /**
   * Returns the rules for a source, which neither require of it nor forbid what the model cannot
   * generate. What the config itself requires stays, so that it is refused.
   */
  private RulesConfig possible(RulesConfig rules, String source, Words words) {
    Predicate<String> canBe = text -> impossible(text, words).isEmpty();
    return rules.with(
        Stream.concat(rules.required().stream(), rules.requiredFrom(source).filter(canBe))
            .distinct()
            .toList(),
        rules.forbidden().stream().filter(canBe).toList());
  }

  /** Returns the first token of a text that the model cannot generate for a source. */
  private Optional<String> impossible(String text, Words words) {
    return target.tokens(text).stream()
        .filter(token -> words.id().applyAsInt(token) == Vocabulary.UNKNOWN)
        .findFirst();
  }

  private List<Integer> ids(String text, Words words) {
    impossible(text, words)
        .ifPresent(
            token -> {
              throw new RequestException(
                  "search: '%s' contains the token '%s', which the model cannot generate"
                      .formatted(text, token));
            });
    return target.tokens(text).stream().map(words.id()::applyAsInt).toList();
  }

  /** Returns a sentence for each rule that has no effect with this model, for any source. */
  List<String> warnings(SearchConfig config) {
    if (copies) {
      return List.of(); // it depends on the source
    }
    Words words = words(config.rules(), new ExtendedVocabulary(List.of(), target.vocabulary()));
    return config.rules().forbidden().stream()
        .flatMap(
            text ->
                impossible(text, words).stream()
                    .map(
                        token ->
                            "search.rules.forbidden: '%s' has no effect: the model cannot generate the token '%s'"
                                .formatted(text, token)))
        .toList();
  }
}
