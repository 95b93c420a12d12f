package org.seq4j.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.TranslationRequest;
import org.seq4j.runtime.translate.Translator;

/** Translates texts. */
final class TranslateEndpoint implements Endpoint {
  private final ModelCatalog models;
  private final RequestLimits limits;
  private final RequestQueue queue;

  TranslateEndpoint(ModelCatalog models, RequestLimits limits, RequestQueue queue) {
    this.models = models;
    this.limits = limits;
    this.queue = queue;
  }

  /**
   * A validated request.
   *
   * @param attention true if the answer includes attention weights
   */
  private record Work(
      Translator translator, List<ExampleValue> sources, SearchConfig search, boolean attention) {

    ObjectNode json(Translation translation, boolean withAttention) {
      return TranslationJson.of(translation, translator.source(), withAttention);
    }
  }

  @Override
  public Answer answer(Call call) {
    TranslateRequest request = call.json(TranslateRequest.class);
    ServedModel model = models.get(request.model());
    call.ask(model);
    List<String> texts = request.texts(limits);
    if (request.stream() && (request.tree() || texts.size() > 1)) {
      throw ApiError.bad("stream: requires a single text, and no tree");
    }
    return queue.occupy(() -> answer(call, request, texts, model));
  }

  private Answer answer(
      Call call, TranslateRequest request, List<String> texts, ServedModel model) {
    try (ServedModel.Use use = model.use()) {
      Work work = checked(request, texts, use.translator());
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("model", model.name());
      ArrayNode translations = answer.putArray("translations");
      if (request.tree()) {
        explore(work, call, translations);
      } else if (request.stream()) {
        stream(work, call, translations);
      } else {
        Translations.of(call, work.translator(), work.sources(), work.search(), work.attention())
            .forEach(translation -> translations.add(work.json(translation, work.attention())));
      }
      warn(work, answer, translations);
      return Answer.of(answer);
    }
  }

  /** Adds sentences about rules without effect, and about answers that they cut off. */
  private static void warn(Work work, ObjectNode answer, ArrayNode translations) {
    long deadEnds = 0;
    for (JsonNode translation : translations) {
      boolean deadEnd = translation.at("/hypotheses/0/ending").asText().equals("dead-end");
      deadEnds += deadEnd ? 1 : 0;
    }
    SearchRequest.warn(answer, work.translator(), work.search(), deadEnds, translations.size());
  }

  private Work checked(TranslateRequest request, List<String> texts, Translator translator) {
    if (!(translator.target() instanceof TextCodec)) {
      refuseForVectors("search", request.search() != null);
      refuseForVectors("attention", request.attention());
      refuseForVectors("tree", request.tree());
      refuseForVectors("stream", request.stream());
    }
    SearchConfig search =
        SearchRequest.of(translator.search(), Optional.ofNullable(request.search()), limits);
    List<String> whole =
        request.history() == null
            ? texts
            : List.of(request.withHistory(translator.history(), limits));
    List<ExampleValue> sources =
        whole.stream().map(text -> RequestLimits.source(translator, text)).toList();
    return new Work(translator, sources, search, request.attention());
  }

  private static void refuseForVectors(String key, boolean given) {
    if (given) {
      throw ApiError.bad(key + ": not supported for targets of vectors");
    }
  }

  private static void explore(Work work, Call call, ArrayNode translations) {
    long begun = System.nanoTime();
    for (ExampleValue source : work.sources()) {
      SearchTrace exploration = work.translator().explore(source, work.search());
      ObjectNode one = work.json(exploration.translation(), true);
      one.set("tree", TranslationJson.tree(exploration));
      translations.add(one);
      call.deadline().check();
    }
    Translations.worked(call, Translations.TRANSLATE, work.sources().size(), begun);
  }

  private static void stream(Work work, Call call, ArrayNode translations) {
    long begun = System.nanoTime();
    TranslationRequest request =
        new TranslationRequest(
            work.sources().get(0),
            work.search(),
            work.attention(),
            0,
            Optional.of(
                soFar ->
                    call.deadline().isAhead()
                        && call.listener().onProgress(TranslationJson.soFar(soFar.get()))));
    Translation translation = alone(work.translator()).translate(request);
    Translations.worked(call, Translations.TRANSLATE, 1, begun);
    translations.add(work.json(translation, work.attention()));
  }

  /** Returns a translator without batching: other requests must not wait for a slow reader. */
  private static Translator alone(Translator translator) {
    return translator.withBatching(new Translator.Batching(1, Duration.ZERO));
  }
}
