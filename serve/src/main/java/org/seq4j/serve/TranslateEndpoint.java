package org.seq4j.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.TranslationRequest;
import org.seq4j.runtime.translate.Translator;

/** Translates texts. */
final class TranslateEndpoint {
  private final ModelCatalog models;
  private final RequestLimits limits;
  private final ServerMetrics figures;

  TranslateEndpoint(ModelCatalog models, RequestLimits limits, ServerMetrics figures) {
    this.models = models;
    this.limits = limits;
    this.figures = figures;
  }

  /**
   * A validated request.
   *
   * @param attention true if the answer includes attention weights
   */
  private record Work(
      Translator translator, List<ExampleValue> sources, SearchConfig search, boolean attention) {}

  /**
   * Answers a request.
   *
   * @param listener receives the text so far if the request asks for a stream
   */
  ObjectNode answer(byte[] body, Deadline deadline, ProgressListener listener) {
    TranslateRequest request = Json.read(body, TranslateRequest.class);
    ServedModel model = models.get(request.model());
    List<String> texts = request.texts(limits);
    if (request.stream() && (request.tree() || texts.size() > 1)) {
      throw ApiError.bad("stream: requires a single text, and no tree");
    }
    try (ServedModel.Use use = model.use()) {
      Work work = checked(request, texts, use.translator());
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("model", model.name());
      ArrayNode translations = answer.putArray("translations");
      if (request.tree()) {
        explore(work, deadline, translations);
      } else if (request.stream()) {
        stream(work, deadline, listener, translations);
      } else {
        translate(work, deadline, translations);
      }
      warn(work, answer, translations);
      figures.translated(model.name(), texts.size());
      return answer;
    }
  }

  /** Adds sentences about rules without effect, and about answers that they cut off. */
  private static void warn(Work work, ObjectNode answer, ArrayNode translations) {
    List<String> warnings = new ArrayList<>(work.translator().warnings(work.search()));
    long deadEnds = 0;
    for (JsonNode translation : translations) {
      boolean deadEnd = translation.at("/hypotheses/0/ending").asText().equals("dead-end");
      deadEnds += deadEnd ? 1 : 0;
    }
    if (deadEnds > 0) {
      warnings.add(
          "search: "
              + deadEnds
              + " of "
              + translations.size()
              + " answers incomplete: the rules allowed no further token; check rules and constraints"
              + " for rules that exclude each other");
    }
    if (!warnings.isEmpty()) {
      warnings.forEach(answer.putArray("warnings")::add);
    }
  }

  private Work checked(TranslateRequest request, List<String> texts, Translator translator) {
    if (!(translator.target() instanceof TextCodec)) {
      refuseForVectors("search", request.search() != null);
      refuseForVectors("attention", request.attention());
      refuseForVectors("tree", request.tree());
      refuseForVectors("stream", request.stream());
    }
    SearchConfig search =
        request.search() == null
            ? translator.search()
            : SearchRequest.apply(translator.search(), request.search());
    limits.checkSearch(search);
    List<ExampleValue> sources =
        texts.stream().map(text -> RequestLimits.source(translator, text)).toList();
    return new Work(translator, sources, search, request.attention());
  }

  private static void refuseForVectors(String key, boolean given) {
    if (given) {
      throw ApiError.bad(key + ": not supported for targets of vectors");
    }
  }

  private static void explore(Work work, Deadline deadline, ArrayNode translations) {
    for (ExampleValue source : work.sources()) {
      SearchTrace exploration = work.translator().explore(source, work.search());
      ObjectNode one = TranslationJson.of(exploration.translation(), true);
      one.set("tree", TranslationJson.tree(exploration));
      translations.add(one);
      deadline.check();
    }
  }

  private static void stream(
      Work work, Deadline deadline, ProgressListener listener, ArrayNode translations) {
    TranslationRequest request =
        new TranslationRequest(
            work.sources().get(0),
            work.search(),
            work.attention(),
            0,
            Optional.of(
                soFar ->
                    deadline.isAhead() && listener.onProgress(TranslationJson.soFar(soFar.get()))));
    Translation translation = alone(work.translator()).translate(request);
    translations.add(TranslationJson.of(translation, work.attention()));
  }

  /** Returns a translator without batching: other requests must not wait for a slow reader. */
  private static Translator alone(Translator translator) {
    return translator.withBatching(new Translator.Batching(1, Duration.ZERO));
  }

  private static void translate(Work work, Deadline deadline, ArrayNode translations) {
    List<TranslationRequest> requests = new ArrayList<>();
    for (ExampleValue source : work.sources()) {
      requests.add(
          new TranslationRequest(
              source,
              work.search(),
              work.attention(),
              requests.size(),
              Optional.of(soFar -> deadline.isAhead())));
    }
    for (Translation translation : work.translator().translateAll(requests)) {
      if (translation.best().ending() == Ending.STOPPED) {
        throw Deadline.missed();
      }
      translations.add(TranslationJson.of(translation, work.attention()));
    }
  }
}
