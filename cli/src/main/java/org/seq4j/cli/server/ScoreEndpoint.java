package org.seq4j.cli.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.seq4j.core.run.Translator;

/** Scores given targets. */
final class ScoreEndpoint {
  private final ModelCatalog models;
  private final RequestLimits limits;
  private final ServerFigures figures;

  ScoreEndpoint(ModelCatalog models, RequestLimits limits, ServerFigures figures) {
    this.models = models;
    this.limits = limits;
    this.figures = figures;
  }

  ObjectNode answer(byte[] body, Deadline deadline) {
    ScoreRequest request = Json.read(body, ScoreRequest.class);
    ServedModel model = models.get(request.model());
    List<ScoreRequest.Pair> pairs = request.pairs(limits);
    List<String> sources = pairs.stream().map(ScoreRequest.Pair::source).toList();
    List<String> targets = pairs.stream().map(ScoreRequest.Pair::target).toList();
    try (ServedModel.Use use = model.use()) {
      Translator translator = use.translator();
      sources.forEach(text -> RequestLimits.checkSource(translator, text));
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("model", model.name());
      ArrayNode scores = answer.putArray("scores");
      if (request.alignment()) {
        translator
            .align(sources, targets)
            .forEach(
                aligned ->
                    scores
                        .addObject()
                        .put("score", aligned.best().score())
                        .put("alignment", TranslationJson.alignment(aligned.best())));
      } else {
        for (double score : translator.score(sources, targets)) {
          scores.addObject().put("score", score);
        }
      }
      deadline.check();
      figures.scored(model.name(), sources.size());
      return answer;
    }
  }
}
