package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.runtime.translate.Translation;

/** Translations as JSON, which is the same on the command line and from the server. */
public final class TranslationJson {
  private TranslationJson() {}

  /**
   * A translation.
   *
   * @param attention whether to tell where the model looked, and where tokens stand in the texts
   */
  public static ObjectNode of(Translation translation, boolean attention) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("source", translation.source());
    if (translation.cut()) {
      object.put("cut", true);
    }
    if (attention) {
      object.set("source_tokens", tokens(translation.sourceTokenTexts()));
      object.set("source_places", places(translation.sourceTokens()));
    }
    ArrayNode hypotheses = object.putArray("hypotheses");
    translation.candidates().forEach(candidate -> hypotheses.add(hypothesis(candidate, attention)));
    return object;
  }

  /** The best text of a search that still goes on. */
  public static ObjectNode soFar(String text) {
    return JsonNodeFactory.instance.objectNode().put("so_far", text);
  }

  private static ObjectNode hypothesis(Translation.Candidate candidate, boolean attention) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("text", candidate.text());
    object.set("tokens", tokens(candidate.tokenTexts()));
    object.put("score", candidate.score());
    object.put("finished", candidate.finished());
    object.put("ending", candidate.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (attention) {
      object.set("places", places(candidate.tokens()));
      object.put("alignment", alignment(candidate));
      ArrayNode rows = object.putArray("attention");
      for (float[] weights : candidate.attention()) {
        ArrayNode row = rows.addArray();
        for (float weight : weights) {
          row.add(weight);
        }
      }
    }
    return object;
  }

  /** The alignment of a candidate, as Pharaoh and fast_align write it. */
  public static String alignment(Translation.Candidate candidate) {
    return candidate.alignment().stream()
        .map(Translation.Link::toString)
        .collect(Collectors.joining(" "));
  }

  /** How a search went: each hypothesis that it went on from, after the one that it extends. */
  static ArrayNode tree(SearchTrace exploration) {
    ArrayNode steps = JsonNodeFactory.instance.arrayNode();
    for (SearchTrace.Step step : exploration.steps()) {
      steps
          .addObject()
          .put("parent", step.parent())
          .put("token", step.token())
          .put("score", step.score());
    }
    return steps;
  }

  /** Where each token begins and ends in the text, in UTF-16 units. */
  private static ArrayNode places(List<Token> tokens) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    tokens.forEach(token -> array.addArray().add(token.start()).add(token.end()));
    return array;
  }

  private static ArrayNode tokens(List<String> tokens) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    tokens.forEach(array::add);
    return array;
  }
}
