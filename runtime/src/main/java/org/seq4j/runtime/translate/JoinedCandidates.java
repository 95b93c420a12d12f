package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.SearchConfig;

/**
 * Candidates of a neural model and of a joined one, see {@link JoinedModel}.
 *
 * @param model the neural model
 * @param joined the other model
 * @param codec codec of the targets
 */
record JoinedCandidates(TranslationModel model, JoinedModel joined, TextCodec codec) {
  /** Lower bound of the neural log-probability, for each token. */
  private static final double FLOOR = Math.log(1e-10);

  private static final SearchConfig WITHOUT_RULES = SearchConfig.greedy();

  /** A candidate for a request. */
  private record Proposed(ReadRequest request, Translation.Candidate candidate) {}

  /**
   * Adds candidates of the other model, and scores all of them.
   *
   * @param requests requests as the caller made them, not widened
   * @param found candidates of each request that the search has found
   * @return the best candidates of each request, best first
   */
  List<List<Translation.Candidate>> of(
      List<ReadRequest> requests, List<List<Translation.Candidate>> found) {
    List<List<Proposed>> union =
        IntStream.range(0, requests.size())
            .parallel()
            .mapToObj(i -> union(requests.get(i), found.get(i)))
            .toList();
    List<Proposed> all = union.stream().flatMap(List::stream).toList();
    double[] forced = forced(all);
    List<Translation.Candidate> scored =
        IntStream.range(0, forced.length)
            .parallel()
            .mapToObj(i -> scored(all.get(i), forced[i]))
            .toList();
    List<List<Translation.Candidate>> ranked = new ArrayList<>();
    int from = 0;
    for (List<Proposed> one : union) {
      SearchConfig search = requests.get(ranked.size()).request().search();
      ranked.add(
          scored.subList(from, from + one.size()).stream()
              .sorted(
                  Comparator.comparingDouble(Translation.Candidate::score)
                      .reversed()
                      .thenComparing(Translation.Candidate::text))
              .limit(search.nBest())
              .toList());
      from += one.size();
    }
    return ranked;
  }

  /** Returns the candidates of both models, each text once. */
  private List<Proposed> union(ReadRequest read, List<Translation.Candidate> found) {
    Map<String, Translation.Candidate> byText = new LinkedHashMap<>();
    found.forEach(it -> byText.putIfAbsent(it.text(), it));
    SearchConfig search = read.request().search();
    if (!hasRules(search)) {
      int length = read.source().tokens().size();
      for (List<String> tokens :
          joined.other().candidates(source(read), JoinedModel.width(search))) {
        Translation.Candidate candidate = candidate(codec.decode(codec.turned(tokens)));
        int size = candidate.tokens().size();
        if (size >= search.length().minFor(length) && size <= search.length().maxFor(length)) {
          byText.putIfAbsent(candidate.text(), candidate);
        }
      }
    }
    return byText.values().stream().map(it -> new Proposed(read, it)).toList();
  }

  /** Returns true if the search has rules, which the other model does not know. */
  private static boolean hasRules(SearchConfig search) {
    return !search.rules().equals(WITHOUT_RULES.rules()) || !search.constraints().isEmpty();
  }

  private List<String> source(ReadRequest read) {
    return model.reader().first() instanceof TextCodec text
        ? text.turned(text.plain(read.source().tokenTexts()))
        : List.of();
  }

  private Translation.Candidate candidate(String text) {
    List<Token> tokens = codec.tokens(text).stream().map(token -> new Token(token, 0, 0)).toList();
    return new Translation.Candidate(text, tokens, 0, 0, Ending.END, new float[0][]);
  }

  /** Returns the neural log-probabilities by teacher forcing, not below the floor. */
  private double[] forced(List<Proposed> all) {
    List<SequenceData> targets =
        all.stream()
            .map(
                it ->
                    model
                        .targets()
                        .encode(it.request().source(), new TextValue(it.candidate().text())))
            .toList();
    double[] scores =
        model
            .predictor()
            .score(
                model.reader().together(all.stream().map(it -> it.request().source()).toList()),
                targets);
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.max(scores[i], FLOOR * (targets.get(i).length() + 1));
    }
    return scores;
  }

  private Translation.Candidate scored(Proposed proposed, double forced) {
    Translation.Candidate candidate = proposed.candidate();
    double other =
        joined
            .other()
            .score(
                source(proposed.request()),
                codec.turned(codec.plain(codec.tokens(candidate.text()))));
    double mean = (1 - joined.share()) * forced + joined.share() * other;
    return new Translation.Candidate(
        candidate.text(),
        candidate.tokens(),
        mean,
        mean,
        candidate.ending(),
        candidate.attention(),
        candidate.vectors(),
        Optional.of(new Translation.Scores(forced, other)));
  }
}
