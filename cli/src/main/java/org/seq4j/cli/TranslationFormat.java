package org.seq4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.core.run.Translation;
import org.seq4j.core.text.Token;

/** How translations are written; every line ends with LF. */
@FunctionalInterface
interface TranslationFormat {

  /**
   * The lines of one translation.
   *
   * @param number of the input line, from 1
   * @param cut whether the model read only the beginning of the line
   */
  String format(long number, Translation translation, boolean cut);

  /** The best text, a line for each input line. */
  static TranslationFormat text() {
    return (number, translation, cut) -> line(translation.best().text()) + "\n";
  }

  /** {@code TEXT TAB ALIGNMENT} of the best, a line for each input line. */
  static TranslationFormat aligned() {
    return (number, translation, cut) ->
        "%s\t%s\n".formatted(line(translation.text()), links(translation.best()));
  }

  private static String links(Translation.Candidate candidate) {
    return candidate.alignment().stream()
        .map(Translation.Link::toString)
        .collect(Collectors.joining(" "));
  }

  /** {@code NUMBER TAB SCORE TAB TEXT} for each hypothesis; there may be fewer than asked for. */
  static TranslationFormat list() {
    return (number, translation, cut) ->
        translation.candidates().stream()
            .map(
                candidate ->
                    "%d\t%s\t%s\n"
                        .formatted(
                            number, Figures.decimal(candidate.score()), line(candidate.text())))
            .collect(Collectors.joining());
  }

  /** A JSON object for each input line. */
  static TranslationFormat json(boolean attention) {
    return (number, translation, cut) -> {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("source", translation.source());
      if (cut) {
        object.put("cut", true);
      }
      if (attention) {
        object.set("source_symbols", symbols(translation.sourceSymbols()));
        object.set("source_places", places(translation.sourceTokens()));
      }
      ArrayNode hypotheses = object.putArray("hypotheses");
      translation
          .candidates()
          .forEach(candidate -> hypotheses.add(hypothesis(candidate, attention)));
      return object + "\n";
    };
  }

  private static ObjectNode hypothesis(Translation.Candidate candidate, boolean attention) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("text", candidate.text());
    object.set("symbols", symbols(candidate.symbols()));
    object.put("score", candidate.score());
    object.put("finished", candidate.finished());
    object.put("ending", candidate.ending().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    if (attention) {
      object.set("places", places(candidate.tokens()));
      object.put("alignment", links(candidate));
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

  /** Where each symbol begins and ends in the text, in UTF-16 units. */
  private static ArrayNode places(List<Token> tokens) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    tokens.forEach(token -> array.addArray().add(token.start()).add(token.end()));
    return array;
  }

  private static ArrayNode symbols(List<String> symbols) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    symbols.forEach(array::add);
    return array;
  }

  /** A model may say a line break, which must not become two lines. */
  private static String line(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
