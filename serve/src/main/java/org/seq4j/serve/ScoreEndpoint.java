package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.metric.Metric;
import org.seq4j.runtime.translate.Translator;

/** Scores given targets. */
final class ScoreEndpoint implements Endpoint {
  private final ModelCatalog models;
  private final RequestLimits limits;
  private final RequestQueue queue;

  ScoreEndpoint(ModelCatalog models, RequestLimits limits, RequestQueue queue) {
    this.models = models;
    this.limits = limits;
    this.queue = queue;
  }

  @Override
  public Answer answer(Call call) {
    ScoreRequest request = call.json(ScoreRequest.class);
    ServedModel model = models.get(request.model());
    call.ask(model);
    List<ScoreRequest.Pair> pairs = request.pairs(limits);
    return queue.occupy(() -> answer(call, request, pairs, model));
  }

  private static Answer answer(
      Call call, ScoreRequest request, List<ScoreRequest.Pair> pairs, ServedModel model) {
    try (ServedModel.Use use = model.use()) {
      long begun = System.nanoTime();
      Translator translator = use.translator();
      List<Example> examples =
          pairs.stream()
              .map(
                  pair ->
                      new Example(
                          RequestLimits.source(translator, pair.source()),
                          new TextValue(pair.target())))
              .toList();
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("model", model.name());
      ArrayNode scores = answer.putArray("scores");
      if (request.alignment()) {
        translator
            .align(examples)
            .forEach(
                aligned ->
                    scores
                        .addObject()
                        .put("score", aligned.best().score())
                        .put("alignment", TranslationJson.alignment(aligned.best())));
      } else {
        for (Metric.ForcedScore forced : translator.force(examples)) {
          scores.addObject().put("score", forced.logProbability());
        }
      }
      Translations.worked(call, "score", pairs.size(), begun);
      call.deadline().check();
      return Answer.of(answer);
    }
  }
}
