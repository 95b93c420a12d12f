package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.ByteFallback;

/**
 * A model of whole targets that joins a neural one log-linearly. The candidates are the union of
 * those that a search of the neural model finds and those that the other model proposes. The score
 * of a candidate is the weighted mean of its log-probability by teacher forcing and its score by
 * the other model: a function of the source and the candidate alone.
 *
 * @param name name for messages
 * @param share weight of the other model's score, between 0 and 1; the neural one has the rest
 */
record JoinedModel(CandidateModel other, String name, double share) {
  /** Checks the share. */
  JoinedModel {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("expected a share between 0 and 1, got " + share);
    }
  }

  /**
   * Checks that both models can read and write the same tokens.
   *
   * @throws RunException if they cannot
   */
  void check(SequenceCodec source, TargetSide target) {
    if (!(source instanceof TextCodec from) || !(target instanceof TokenSide to)) {
      throw new RunException(
          name + ": cannot join a model that has vectors on a side, or no source: it needs tokens");
    }
    check("source", from, other.sourceTokens());
    check("target", to.codec(), other.targetTokens());
  }

  private void check(String side, TextCodec codec, Set<String> tokens) {
    if (tokens.stream().noneMatch(token -> knows(codec, token))) {
      throw new RunException(
          "%s: its %s tokens are not those of the run, for example '%s': expected a model that was trained with the run's tokenizers"
              .formatted(name, side, tokens.stream().sorted().findFirst().orElse("")));
    }
  }

  private static boolean knows(TextCodec codec, String token) {
    return codec.vocabulary().id(token) != Vocabulary.UNKNOWN;
  }

  /** Returns a sentence for each side on which one model has tokens that the other lacks. */
  List<String> warnings(SequenceCodec source, SequenceCodec target) {
    List<String> warnings = new ArrayList<>();
    if (source instanceof TextCodec codec) {
      warnings.addAll(warnings("source", codec, other.sourceTokens()));
    }
    if (target instanceof TextCodec codec) {
      warnings.addAll(warnings("target", codec, other.targetTokens()));
    }
    return warnings;
  }

  private List<String> warnings(String side, TextCodec codec, Set<String> tokens) {
    if (ByteFallback.isIn(codec.vocabulary())) {
      return List.of(); // no token is unknown
    }
    List<String> warnings = new ArrayList<>();
    List<String> unknown = tokens.stream().filter(it -> !knows(codec, it)).sorted().toList();
    if (!unknown.isEmpty()) {
      warnings.add(warning(unknown, "of its " + side + " tokens are unknown to the run"));
    }
    List<String> known = codec.knownTokens();
    List<String> lacking =
        known.subList(Vocabulary.SPECIALS.size(), known.size()).stream()
            .filter(it -> !tokens.contains(it))
            .sorted()
            .toList();
    if (!lacking.isEmpty()) {
      warnings.add(warning(lacking, "of the run's " + side + " tokens are unknown to it"));
    }
    return warnings;
  }

  private String warning(List<String> tokens, String fault) {
    return String.format(
        Locale.ROOT, "%s: %,d %s, for example '%s'", name, tokens.size(), fault, tokens.get(0));
  }

  /**
   * Checks that the models can join in a request.
   *
   * @throws RequestException if they cannot
   */
  void check(TranslationRequest request) {
    SearchConfig search = request.search();
    String fault =
        search.type() == SearchConfig.Type.SAMPLING
            ? "search: type: sampling draws its answers"
            : search.ctc().isUsed()
                ? "search: ctc.weight scores parts of answers"
                : search.languageModel().isPresent()
                    ? "search: language_model scores parts of answers"
                    : request.withAttention()
                        ? "attention weights and trees belong to a search"
                        : "";
    if (!fault.isEmpty()) {
      throw new RequestException(
          fault + ", but " + name + " joins by whole answers: use one or the other");
    }
  }

  /** Returns requests for all hypotheses of their beams. */
  List<ReadRequest> widened(List<ReadRequest> requests) {
    Map<SearchConfig, SearchConfig> wide = new HashMap<>();
    return requests.stream()
        .map(
            it -> {
              TranslationRequest request = it.request();
              SearchConfig search =
                  wide.computeIfAbsent(request.search(), old -> old.withNBest(width(old)));
              return new ReadRequest(
                  new TranslationRequest(
                      request.source(), search, false, request.seed(), request.onProgress()),
                  it.source());
            })
        .toList();
  }

  /** Returns the number of candidates of each model. */
  static int width(SearchConfig search) {
    return search.type() == SearchConfig.Type.GREEDY ? 1 : search.size();
  }
}
