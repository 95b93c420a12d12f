package org.seq4j.cli.view;

import java.util.stream.Collectors;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.serve.TranslationJson;

/** How translations are written; every line ends with LF. */
@FunctionalInterface
public interface TranslationFormat {

  /**
   * The lines of one translation.
   *
   * @param number of the input line, from 1
   */
  String format(long number, Translation translation);

  /** The best text, a line for each input line. */
  static TranslationFormat text() {
    return (number, translation) -> line(translation.best().text()) + "\n";
  }

  /** {@code TEXT TAB ALIGNMENT} of the best, a line for each input line. */
  static TranslationFormat aligned() {
    return (number, translation) ->
        "%s\t%s\n"
            .formatted(line(translation.text()), TranslationJson.alignment(translation.best()));
  }

  /** {@code NUMBER TAB SCORE TAB TEXT} for each hypothesis; there may be fewer than asked for. */
  static TranslationFormat list() {
    return (number, translation) ->
        translation.candidates().stream()
            .map(
                candidate ->
                    "%d\t%s\t%s\n"
                        .formatted(
                            number,
                            NumberFormats.decimal(candidate.score()),
                            line(candidate.text())))
            .collect(Collectors.joining());
  }

  /** A JSON object for each input line. */
  static TranslationFormat json(boolean attention) {
    return (number, translation) -> TranslationJson.of(translation, attention) + "\n";
  }

  /** A model may say a line break, which must not become two lines. */
  private static String line(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
