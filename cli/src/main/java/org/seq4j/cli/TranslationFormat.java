package org.seq4j.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.seq4j.core.run.Translation;

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
    if (attention) {
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
