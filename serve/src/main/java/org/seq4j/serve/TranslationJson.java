package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.runtime.translate.Translation;

/** Translations as JSON, in the same form for the command line and the server. */
public final class TranslationJson {
  private TranslationJson() {}

  /**
   * Returns a translation as JSON.
   *
   * @param codec the codec of the source side, which tells the unknown tokens
   * @param attention true to include attention weights and token offsets
   */
  public static ObjectNode of(Translation translation, SequenceCodec codec, boolean attention) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("source", translation.source());
    if (translation.cut()) {
      object.put("cut", true);
    }
    List<String> unknown = unknown(translation, codec);
    if (!unknown.isEmpty()) {
      object.set("unknown_tokens", tokens(unknown));
    }
    if (attention) {
      object.set("source_tokens", tokens(translation.sourceTokenTexts()));
      object.set("source_places", places(translation.sourceTokens()));
    }
    ArrayNode hypotheses = object.putArray("hypotheses");
    translation.candidates().forEach(candidate -> hypotheses.add(hypothesis(candidate, attention)));
    return object;
  }

  /** Returns the source tokens that are not in the vocabulary, each once. */
  private static List<String> unknown(Translation translation, SequenceCodec codec) {
    return codec instanceof TextCodec text
        ? translation.sourceTokenTexts().stream()
            .filter(token -> text.vocabulary().id(token) == Vocabulary.UNKNOWN)
            .distinct()
            .toList()
        : List.of();
  }

  /** Returns the best text so far of a search as JSON. */
  public static ObjectNode soFar(String text) {
    return JsonNodeFactory.instance.objectNode().put("so_far", text);
  }

  static ObjectNode hypothesis(Translation.Candidate candidate, boolean attention) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("text", candidate.text());
    object.set("tokens", tokens(candidate.tokenTexts()));
    object.put("score", candidate.score());
    candidate
        .scores()
        .ifPresent(
            it -> object.putObject("scores").put("model", it.model()).put("ngram", it.joined()));
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

  /** Returns the alignment of a candidate in the format of Pharaoh and fast_align. */
  public static String alignment(Translation.Candidate candidate) {
    return candidate.alignment().stream()
        .map(Translation.Link::toString)
        .collect(Collectors.joining(" "));
  }

  /** Returns the search tree: each hypothesis that was extended, after its parent. */
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

  /** Returns the start and end offset of each token in the text, in UTF-16 units. */
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
