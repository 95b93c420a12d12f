package org.seq4j.runtime.translate;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.inference.ScoredSearch;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.SearchTraceRecorder;

/**
 * A target side of tokens, which are found by a search.
 *
 * @param tasks creates the search tasks of sources
 * @param languageModels the language models that searches name
 */
record TokenSide(
    TokenPredictor predictor, TextCodec codec, SearchTasks tasks, LanguageModels languageModels)
    implements TargetSide {

  @Override
  public ReadSource copyable(ReadSource source) {
    return predictor.copies()
        ? source.with(ExtendedVocabulary.source(source.tokenTexts(), source.data(), codec))
        : source;
  }

  @Override
  public SequenceData encode(ReadSource source, ExampleValue target) {
    List<String> tokens = codec.tokens(target);
    TokenIds encoded = codec.encode(tokens);
    return predictor.copies() ? vocabulary(source).ofTarget(tokens, encoded) : encoded;
  }

  private ExtendedVocabulary vocabulary(ReadSource source) {
    return new ExtendedVocabulary(source.tokenTexts(), codec.vocabulary());
  }

  @Override
  public List<List<Translation.Candidate>> predict(
      Sources sources, List<ReadRequest> requests, Map<String, String> lexicon) {
    SearchConfig common = requests.get(0).request().search();
    boolean withAttention = requests.get(0).request().withAttention();
    HypothesisDecoder decoder = new HypothesisDecoder(codec, lexicon);
    List<List<Hypothesis>> found =
        scored(common)
            .search(
                sources,
                requests.stream().map(it -> task(it, decoder)).toList(),
                withAttention
                    || requests.stream().anyMatch(it -> it.request().search().needsAttention()));
    return IntStream.range(0, requests.size())
        .mapToObj(i -> candidates(found.get(i), requests.get(i), decoder, withAttention))
        .toList();
  }

  private ScoredSearch scored(SearchConfig search) {
    return new ScoredSearch(predictor, search, languageModels.of(search));
  }

  private static List<Translation.Candidate> candidates(
      List<Hypothesis> found,
      ReadRequest request,
      HypothesisDecoder decoder,
      boolean withAttention) {
    List<String> source = request.source().tokenTexts();
    SearchConfig.Unknown unknown = request.request().search().unknown();
    return found.stream()
        .map(hypothesis -> decoder.of(hypothesis, source, unknown, withAttention))
        .toList();
  }

  private SearchTask task(ReadRequest read, HypothesisDecoder decoder) {
    TranslationRequest request = read.request();
    List<String> tokens = read.source().tokenTexts();
    return tasks.of(
        request.search(),
        read.source().text(),
        tokens,
        request.seed(),
        request
            .onProgress()
            .map(listener -> prefix -> listener.test(() -> decoder.partial(prefix, tokens))));
  }

  @Override
  public List<String> warnings(SearchConfig search) {
    return tasks.warnings(search);
  }

  @Override
  public TokenSide searched() {
    return this;
  }

  /**
   * Predicts the target of one source, and records the search.
   *
   * @param sources the single source, which is not empty
   */
  SearchTrace explore(Sources sources, ReadRequest request, Map<String, String> lexicon) {
    HypothesisDecoder decoder = new HypothesisDecoder(codec, lexicon);
    ReadSource source = request.source();
    Search search = Search.of(request.request().search());
    ScoredSearch scored = scored(request.request().search());
    try (SearchTraceRecorder steps = new SearchTraceRecorder(scored.start(sources, true))) {
      List<SearchTask> task = List.of(task(request, decoder));
      List<Hypothesis> found = search.search(steps, task, Vocabulary.BEGIN, Vocabulary.END).get(0);
      ExtendedVocabulary ids = vocabulary(source);
      return new SearchTrace(
          new Translation(
              source.text(),
              source.tokens(),
              candidates(found, request, decoder, true),
              source.cut()),
          steps.nodes().stream()
              .map(
                  node ->
                      new SearchTrace.Step(node.parent(), ids.token(node.token()), node.score()))
              .toList());
    }
  }
}
