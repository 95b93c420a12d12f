package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of a search, beside all sequences of a toy and the formulas in plain Java. */
class SearchRulesTest {
  private static final int VOCABULARY = 4; // the end, 1, 2, 3
  private static final int LONGEST = 4;
  private static final int WIDE = 500; // more than all sequences of the longest
  private static final int SOURCE = 7;

  /** What a hypothesis is ranked by. */
  @FunctionalInterface
  private interface Rank {
    double of(ToyModel model, List<Integer> tokens);
  }

  private record Option(String name, SearchConfig config, Predicate<List<Integer>> met, Rank rank) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static SearchConfig wide() {
    return SearchConfig.beam(WIDE).with("n_best", 10).with("length.max", LONGEST);
  }

  private static double score(ToyModel model, List<Integer> tokens) {
    return model.score(SOURCE, tokens, true);
  }

  private static boolean holds(List<Integer> tokens, Integer... part) {
    return Collections.indexOfSubList(tokens, List.of(part)) >= 0;
  }

  static Stream<Option> options() {
    Predicate<List<Integer>> all = tokens -> true;
    Rank plain = SearchRulesTest::score;
    return Stream.of(
        new Option("nothing", wide(), all, plain),
        new Option("least length", wide().with("length.min", 2), s -> s.size() >= 2, plain),
        new Option(
            "least length by the source", // of 3 tokens
            wide().with("length.min_ratio", 0.8),
            s -> s.size() >= 3,
            plain),
        new Option("prefix", wide().with("rules.prefix", "3 1"), s -> starts(s, 3, 1), plain),
        new Option(
            "forbidden",
            wide().with("rules.forbidden", List.of("2", "3 1 1")),
            s -> !s.contains(2) && !holds(s, 3, 1, 1),
            plain),
        new Option(
            "required", wide().with("rules.required", List.of("3 2")), s -> holds(s, 3, 2), plain),
        new Option(
            "required without places",
            wide().with("rules.required", List.of("3 2")).with("rules.reserve_places", false),
            s -> holds(s, 3, 2),
            plain),
        new Option(
            "two required",
            wide().with("rules.required", List.of("1 2", "3")),
            s -> holds(s, 1, 2) && s.contains(3),
            plain),
        new Option(
            "required that begin alike",
            wide().with("rules.required", List.of("1 2", "1 3")),
            s -> holds(s, 1, 2) && holds(s, 1, 3),
            plain),
        new Option(
            "no token twice",
            wide().with("rules.no_repeat_ngram", 1),
            s -> new HashSet<>(s).size() == s.size(),
            plain),
        new Option(
            "no pair twice",
            wide().with("rules.no_repeat_ngram", 2),
            s -> pairs(s).stream().allMatch(pair -> Collections.frequency(pairs(s), pair) == 1),
            plain),
        new Option(
            "no token twice but of an open phrase",
            wide().with("rules.required", List.of("1 2")).with("rules.no_repeat_ngram", 1),
            s ->
                holds(s, 1, 2)
                    && IntStream.range(0, s.size())
                        .allMatch(
                            i ->
                                !s.subList(0, i).contains(s.get(i))
                                    || (s.get(i) < 3 && !holds(s.subList(0, i), 1, 2))),
            plain),
        new Option(
            "repetition penalty",
            wide().with("rules.repetition_penalty", 1.7),
            all,
            (model, s) -> repeated(model, s, 1.7)),
        new Option(
            "GNMT's normalization",
            wide().with("ranking.length_penalty", 0.8),
            all,
            (model, s) -> score(model, s) / Math.pow((5 + s.size() + 1) / 6.0, 0.8)),
        new Option(
            "a power of the length",
            wide()
                .with("ranking.length_normalization", SearchConfig.LengthNormalization.POWER)
                .with("ranking.length_penalty", 0.7),
            all,
            (model, s) -> score(model, s) / Math.pow(s.size() + 1, 0.7)),
        new Option(
            "the average",
            wide().with("ranking.length_normalization", SearchConfig.LengthNormalization.AVERAGE),
            all,
            (model, s) -> score(model, s) / (s.size() + 1)),
        new Option(
            "word reward",
            wide().with("ranking.word_reward", 0.9),
            all,
            (model, s) -> score(model, s) + 0.9 * (s.size() + 1)),
        new Option(
            "coverage penalty",
            wide().with("ranking.coverage_penalty", 0.6),
            all,
            (model, s) -> score(model, s) + 0.6 * coverage(s)),
        new Option(
            "all together",
            wide()
                .with("length.min", 2)
                .with("rules.forbidden", List.of("2 2"))
                .with("rules.required", List.of("3"))
                .with("rules.no_repeat_ngram", 2)
                .with("rules.repetition_penalty", 1.2)
                .with("ranking.word_reward", -0.3)
                .with("ranking.length_penalty", 1),
            s ->
                s.size() >= 2
                    && !holds(s, 2, 2)
                    && s.contains(3)
                    && pairs(s).stream().allMatch(p -> Collections.frequency(pairs(s), p) == 1),
            (model, s) ->
                repeated(model, s, 1.2) / ((5 + s.size() + 1) / 6.0) - 0.3 * (s.size() + 1)));
  }

  private static boolean starts(List<Integer> tokens, Integer... prefix) {
    return tokens.size() >= prefix.length
        && tokens.subList(0, prefix.length).equals(List.of(prefix));
  }

  private static List<List<Integer>> pairs(List<Integer> tokens) {
    List<List<Integer>> pairs = new ArrayList<>();
    for (int i = 1; i < tokens.size(); i++) {
      pairs.add(tokens.subList(i - 1, i + 1));
    }
    return pairs;
  }

  /** The log-probability with that of each token that was there before multiplied. */
  private static double repeated(ToyModel model, List<Integer> tokens, double factor) {
    double sum = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      List<Integer> before = tokens.subList(0, i);
      int token = i < tokens.size() ? tokens.get(i) : ToyModel.END;
      double one = model.next(SOURCE, before)[token];
      sum += before.contains(token) ? factor * one : one;
    }
    return sum;
  }

  /** Of the two positions that {@link ToyModel#attention} looks at. */
  private static double coverage(List<Integer> tokens) {
    if (tokens.isEmpty()) {
      return 0;
    }
    double[] looked = new double[2];
    for (int i = 0; i < tokens.size(); i++) {
      float[] row = ToyModel.attention(tokens.subList(0, i));
      looked[0] += row[0];
      looked[1] += row[1];
    }
    return Arrays.stream(looked).map(it -> Math.log(Math.max(1e-6, Math.min(it, 1)))).sum();
  }

  private static List<Integer> ids(String text) {
    return Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
  }

  private static SearchTask task(SearchConfig config, int positions) {
    return new SearchTask(
        config.length().minFor(3),
        config.length().maxFor(3),
        positions,
        0,
        SearchRules.of(config.rules(), SearchRulesTest::ids, SameTokens.EXACT),
        Optional.empty());
  }

  private static List<Hypothesis> found(SearchConfig config, ToyModel model) {
    return ToySteps.run(config, model, List.of(task(config, 2)), SOURCE).get(0);
  }

  @ParameterizedTest
  @MethodSource("options")
  void aWideBeamFindsWhatEnumerationFinds(Option option) {
    for (int seed = 0; seed < 30; seed++) {
      ToyModel model = ToyModel.random(seed, VOCABULARY);
      Comparator<List<Integer>> byRank =
          Comparator.comparingDouble(tokens -> -option.rank().of(model, tokens));
      List<List<Integer>> expected =
          ToyModel.sequences(VOCABULARY, LONGEST).stream()
              .filter(option.met())
              .sorted(byRank)
              .limit(10)
              .toList();
      List<Hypothesis> found = found(option.config(), model);
      assertThat(found.stream().filter(Hypothesis::finished).map(Hypothesis::tokens))
          .as("seed %d", seed)
          .isEqualTo(expected);
      for (Hypothesis hypothesis : found.subList(0, expected.size())) {
        assertThat(hypothesis.score()).isCloseTo(score(model, hypothesis.tokens()), within(1e-5));
        assertThat(hypothesis.rankScore())
            .isCloseTo(option.rank().of(model, hypothesis.tokens()), within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void rulesAreMetByNarrowBeamsGreedyAndSampling(Option option) {
    for (int seed = 0; seed < 60; seed++) {
      ToyModel model = ToyModel.random(seed, VOCABULARY);
      for (SearchConfig config :
          List.of(
              option.config().with("n_best", 1).with("size", 1),
              option.config().with("n_best", 3).with("size", 3),
              option.config().with("n_best", 1).with("type", SearchConfig.Type.GREEDY),
              option
                  .config()
                  .with("n_best", 4)
                  .with("size", 4)
                  .with("diversity", new DiversityConfig(2, 1)),
              option.config().with("type", SearchConfig.Type.SAMPLING).with("n_best", 3))) {
        List<Hypothesis> found = found(config, model);
        assertThat(found).isNotEmpty();
        for (Hypothesis hypothesis : found) {
          if (hypothesis.ending() != Ending.DEAD_END) {
            assertThat(option.met().test(hypothesis.tokens()))
                .as("seed %d: %s of %s", seed, hypothesis.tokens(), config)
                .isTrue();
          }
        }
        assertThat(found)
            .as("seed %d of %s", seed, config)
            .anyMatch(it -> it.ending() != Ending.DEAD_END);
      }
    }
  }

  @Test
  void aRequiredPhraseTakesPlacesInTheBeamEvenIfItIsUnlikely() {
    ToyModel model = ToyModel.always(0.3, 0.6999, 0.0001);
    SearchConfig config =
        SearchConfig.beam(4).with("rules.required", List.of("2")).with("length.max", 9);
    assertThat(found(config, model).get(0).tokens()).containsExactly(2);
  }

  @Test
  void withoutPlacesARequiredPhraseWaitsForTheModel() {
    ToyModel model = ToyModel.always(0.3, 0.6999, 0.0001);
    SearchConfig config =
        SearchConfig.beam(1).with("rules.required", List.of("2")).with("length.max", 3);
    assertThat(found(config, model).get(0).tokens()).startsWith(2);
    assertThat(found(config.with("rules.reserve_places", false), model).get(0).tokens())
        .containsExactly(1, 1, 2);
  }

  @Test
  void whatIsRequiredIsSaidInTimeWhereTheLengthIsShort() {
    SearchConfig config =
        SearchConfig.greedy().with("rules.required", List.of("3 3", "2")).with("length.max", 3);
    Hypothesis found = found(config, ToyModel.always(0.5, 0.4, 0.06, 0.04)).get(0);
    assertThat(found.tokens()).isIn(List.of(2, 3, 3), List.of(3, 3, 2));
  }

  @Test
  void whatIsRequiredMayOverlap() {
    SearchConfig config =
        SearchConfig.beam(50).with("rules.required", List.of("1 2", "2 3")).with("length.max", 6);
    Hypothesis found = found(config, ToyModel.always(0.7, 0.1, 0.1, 0.1)).get(0);
    assertThat(found.tokens()).containsExactly(1, 2, 3);
  }

  @Test
  void whatNoRuleAllowsIsADeadEnd() {
    SearchConfig config =
        SearchConfig.beam(2).with("rules.prefix", "1 2").with("rules.forbidden", List.of("2"));
    Hypothesis found = found(config, ToyModel.random(1, VOCABULARY)).get(0);
    assertThat(found.tokens()).containsExactly(1);
    assertThat(found.ending()).isEqualTo(Ending.DEAD_END);
  }

  @Test
  void aSearchThatIsWatchedCanBeStopped() {
    for (SearchConfig.Type type : SearchConfig.Type.values()) {
      List<List<Integer>> seen = new ArrayList<>();
      SearchTask task =
          new SearchTask(
              0,
              50,
              2,
              0,
              List.of(),
              Optional.of(
                  tokens -> {
                    seen.add(List.copyOf(tokens));
                    return tokens.size() < 3;
                  }));
      SearchConfig config = SearchConfig.beam(2).with("type", type);
      Hypothesis found =
          ToySteps.run(config, ToyModel.always(0, 0.9, 0.1), List.of(task), SOURCE).get(0).get(0);
      assertThat(found.ending()).as("%s", type).isEqualTo(Ending.STOPPED);
      assertThat(found.tokens()).hasSize(3);
      assertThat(seen).extracting(List::size).containsExactly(1, 2, 3);
      assertThat(seen.get(2)).isEqualTo(found.tokens());
    }
  }

  @Test
  void groupsOfABeamDiffer() {
    ToyModel model =
        (source, prefix) ->
            prefix.size() < 2 ? ToyModel.logs(0, 0.9, 0.07, 0.03) : ToyModel.logs(1, 0, 0, 0);
    SearchConfig beam = SearchConfig.beam(3).with("n_best", 3);
    assertThat(found(beam, model))
        .extracting(Hypothesis::tokens)
        .containsExactlyInAnyOrder(List.of(1, 1), List.of(1, 2), List.of(2, 1));
    List<Hypothesis> apart = found(beam.with("diversity", new DiversityConfig(3, 100)), model);
    assertThat(apart)
        .extracting(Hypothesis::tokens)
        .containsExactly(List.of(1, 1), List.of(2, 2), List.of(3, 3));
    assertThat(apart.get(1).score()).isCloseTo(2 * Math.log(0.07), within(1e-5));
    assertThat(apart.get(1).rankScore()).isCloseTo(2 * Math.log(0.07), within(1e-5));
  }

  @Test
  void groupsThatDoNotPayFindTheSame() {
    for (int seed = 0; seed < 20; seed++) {
      ToyModel model = ToyModel.random(seed, VOCABULARY);
      SearchConfig apart = SearchConfig.beam(6).with("diversity", new DiversityConfig(2, 0));
      assertThat(found(apart, model).get(0))
          .usingRecursiveComparison()
          .isEqualTo(found(SearchConfig.beam(3), model).get(0));
    }
  }
}
