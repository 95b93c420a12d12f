package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.search.Ending;

/**
 * Translates batches of requests.
 *
 * @param lexicon translations of tokens that are copied to replace unknown ones
 */
record BatchTranslator(TranslationModel model, Map<String, String> lexicon) {
  private static final Translation.Candidate EMPTY =
      new Translation.Candidate("", List.of(), 0, 0, Ending.END, new float[0][]);

  /**
   * Translates requests, in their order. Requests with a common search are batched; an empty source
   * has an empty target.
   */
  List<Translation> translate(List<TranslationRequest> requests) {
    Translation[] results = new Translation[requests.size()];
    Map<Object, List<Integer>> bySearch = new LinkedHashMap<>();
    List<ReadRequest> all = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      TranslationRequest request = requests.get(i);
      ReadSource source = model.read(request.source());
      all.add(new ReadRequest(request, source));
      if (source.isEmpty()) {
        results[i] = new Translation(request.source().text(), List.of(), List.of(EMPTY), false);
      } else {
        bySearch
            .computeIfAbsent(
                List.of(request.search().common(), request.withAttention()),
                key -> new ArrayList<>())
            .add(i);
      }
    }
    for (List<Integer> indices : bySearch.values()) {
      List<ReadRequest> some = indices.stream().map(all::get).toList();
      List<List<Translation.Candidate>> found = predict(some);
      for (int i = 0; i < indices.size(); i++) {
        ReadSource read = some.get(i).source();
        results[indices.get(i)] =
            model.inTextOrder(
                new Translation(read.text(), read.tokens(), found.get(i), read.cut()));
      }
    }
    return Arrays.asList(results);
  }

  private List<List<Translation.Candidate>> predict(List<ReadRequest> requests) {
    if (model.joined().isEmpty()) {
      return model.targets().predict(sources(requests), requests, lexicon);
    }
    JoinedModel joined = model.joined().get();
    List<List<Translation.Candidate>> found =
        model.targets().predict(sources(requests), joined.widened(requests), lexicon);
    return new JoinedCandidates(model, joined, model.targets().searched().codec())
        .of(requests, found);
  }

  /** Implements {@link Translator#explore}. */
  SearchTrace explore(TranslationRequest request) {
    TokenSide targets = model.targets().searched();
    model.check(request.search());
    ReadRequest read = new ReadRequest(request, model.read(request.source()));
    if (read.source().isEmpty()) {
      return new SearchTrace(translate(List.of(request)).get(0), List.of());
    }
    SearchTrace trace = targets.explore(sources(List.of(read)), read, lexicon);
    return new SearchTrace(model.inTextOrder(trace.translation()), trace.steps());
  }

  private Sources sources(List<ReadRequest> requests) {
    return model.reader().together(requests.stream().map(ReadRequest::source).toList());
  }
}
