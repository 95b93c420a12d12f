package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchRules;
import org.seq4j.runtime.search.SearchTask;

/** Creates the search tasks of sources. Thread-safe. */
final class SearchTasks {
  private final TextCodec target;
  private final ComponentContext context;
  private final Map<List<Component<SearchConstraint>>, List<SearchConstraint>> made =
      new ConcurrentHashMap<>();

  /**
   * Creates a factory of tasks for a target codec.
   *
   * @param context context of the constraints
   */
  SearchTasks(TextCodec target, ComponentContext context) {
    this.target = target;
    this.context = context;
  }

  /**
   * Creates the task of a source.
   *
   * @param source source tokens that the model reads
   * @param seed seed of the samples for this source
   * @param onProgress called after each step with the best hypothesis so far; returning false stops
   *     the search
   * @throws RequestException if a text in the configuration contains a token that the model cannot
   *     generate
   */
  SearchTask of(
      SearchConfig config,
      List<String> source,
      long seed,
      Optional<Predicate<List<Integer>>> onProgress) {
    List<SearchConstraint.Rule> rules = new ArrayList<>(SearchRules.of(config.rules(), this::ids));
    for (SearchConstraint constraint : made.computeIfAbsent(config.constraints(), this::make)) {
      rules.add(constraint.ruleFor(new SearchConstraint.Source(source, target.vocabulary())));
    }
    int asked = // required tokens need space
        config.rules().prefix().map(text -> ids(text).size()).orElse(0)
            + rules.stream().mapToInt(SearchConstraint.Rule::goal).sum();
    int longest = Math.max(asked, config.length().maxFor(source.size()));
    return new SearchTask(
        config.length().minFor(source.size()), longest, source.size(), seed, rules, onProgress);
  }

  private List<SearchConstraint> make(List<Component<SearchConstraint>> components) {
    return components.stream().map(component -> component.create(context)).toList();
  }

  private List<Integer> ids(String text) {
    List<String> tokens = target.tokens(text);
    List<Integer> ids = new ArrayList<>();
    for (String token : tokens) {
      int id = target.vocabulary().id(token);
      if (id == Vocabulary.UNKNOWN) {
        throw new RequestException(
            "search: '%s' contains the token '%s', which the model cannot generate"
                .formatted(text, token));
      }
      ids.add(id);
    }
    return ids;
  }
}
