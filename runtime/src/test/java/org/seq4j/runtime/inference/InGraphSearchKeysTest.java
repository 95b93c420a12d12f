package org.seq4j.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.runtime.config.key.ConfigDescription;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.DiversityConfig;
import org.seq4j.runtime.search.LanguageModelConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.Shortlist;

/** A search in a graph obeys a key, or refuses it: none is ignored. */
class InGraphSearchKeysTest {

  /** A value for each key that is refused, and the words for it. */
  private static final Map<String, List<Object>> REFUSED =
      Map.ofEntries(
          refused("n_best", 3, "search.n_best is 3: set it to 1"),
          refused("ranking.coverage_penalty", 0.2, "set it to 0"),
          refused("sampling.temperature", 0.5, "search.sampling.temperature is 0.5: set it to 1"),
          refused("sampling.top_k", 4, "search.sampling.top_k is 4: set it to 0"),
          refused("sampling.top_p", 0.9, "search.sampling.top_p is 0.9: set it to 1"),
          refused("sampling.seed", 2, "search.sampling.seed is 2: set it to 1"),
          refused(
              "diversity",
              new DiversityConfig(5, 1),
              "is {groups: 5, strength: 1.0}: set it to null"),
          refused("rules.no_repeat_ngram", 2, "search.rules.no_repeat_ngram is 2: set it to 0"),
          refused("rules.repetition_penalty", 1.2, "is 1.2: set it to 1"),
          refused("rules.prefix", "a", "search.rules.prefix is a: set it to null"),
          refused("rules.required", "a", "search.rules.required is [a]: set it to []"),
          refused("rules.required_from_source", "(a)", "is (a): set it to null"),
          refused("rules.reserve_places", false, "is false: set it to true"),
          refused("rules.ignore_case", true, "is true: set it to false"),
          refused("rules.forbidden", "a", "search.rules.forbidden is [a]: set it to []"),
          refused("ctc.weight", 0.3, "search.ctc.weight is 0.3: set it to 0"),
          refused(
              "language_model",
              new LanguageModelConfig(Path.of("lm"), 0.5),
              "search.language_model is {run: lm, weight: 0.5}: set it to null"),
          refused("pre_beam", 7, "search.pre_beam is 7: set it to 40"),
          refused("unknown", SearchConfig.Unknown.COPY, "search.unknown is copy: set it to keep"),
          refused("constraints", constraint(), "search.constraints is [shortlist]: set it to []"));

  private static Map.Entry<String, List<Object>> refused(String key, Object value, String words) {
    return Map.entry(key, List.of(value, words));
  }

  private static List<?> constraint() {
    return List.of(
        Component.of(
            SearchConstraint.class,
            "shortlist",
            new Shortlist.Config(Path.of("lexicon"), 1, 1),
            Shortlist::new));
  }

  /** All keys; a section that is absent by default is one. */
  private static Stream<String> keys(List<ConfigDescription.Entry> entries, String path) {
    return entries.stream()
        .flatMap(
            entry ->
                entry.nested().isEmpty() || entry.defaultValue().isEmpty()
                    ? Stream.of(path + entry.name())
                    : keys(entry.nested(), path + entry.name() + "."));
  }

  @Test
  void everyKeyIsObeyedOrRefused() {
    Set<String> known = new HashSet<>(InGraphBeamSearch.supportedKeys());
    known.addAll(REFUSED.keySet());
    assertThat(keys(ConfigDescription.of(SearchConfig.class).keys(), ""))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void whatIsRefusedIsNamed() {
    REFUSED.forEach(
        (key, refused) ->
            assertThatThrownBy(
                    () -> InGraphSearchKeys.check(SearchConfig.beam(5).with(key, refused.get(0))))
                .isInstanceOf(RequestException.class)
                .hasMessageStartingWith(
                    "the search of a saved-model does not support these keys: search." + key)
                .hasMessageContaining((String) refused.get(1)));
  }

  @Test
  void allThatIsRefusedIsNamed() {
    SearchConfig config = SearchConfig.beam(5).with("n_best", 2).with("rules.prefix", "a");
    assertThatThrownBy(() -> InGraphSearchKeys.check(config))
        .hasMessage(
            "the search of a saved-model does not support these keys: search.n_best is 2: set it to"
                + " 1; search.rules.prefix is a: set it to null");
  }

  @Test
  void samplingIsRefused() {
    assertThatThrownBy(
            () ->
                InGraphSearchKeys.check(
                    SearchConfig.beam(5).with("type", SearchConfig.Type.SAMPLING)))
        .hasMessageContaining("search.type is sampling: set it to greedy or beam");
  }

  @Test
  void greedyAndBeamAreObeyed() {
    InGraphSearchKeys.check(SearchConfig.greedy());
    InGraphSearchKeys.check(SearchConfig.beam(7).with("length.max", 3));
  }
}
