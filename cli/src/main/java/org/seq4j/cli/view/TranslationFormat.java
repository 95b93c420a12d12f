package org.seq4j.cli.view;

import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.serve.TranslationJson;

/** An output format of translations; every line ends with LF. */
@FunctionalInterface
public interface TranslationFormat {

  /**
   * Returns the lines of a translation.
   *
   * @param number the number of the input line, from 1
   */
  String format(long number, Translation translation);

  /** Returns the format with the best text, a line for each input line. */
  static TranslationFormat text() {
    return (number, translation) -> line(translation.best().text()) + "\n";
  }

  /**
   * Returns the format {@code TEXT TAB ALIGNMENT} of the best hypothesis, a line for each input
   * line.
   */
  static TranslationFormat aligned() {
    return (number, translation) ->
        "%s\t%s\n"
            .formatted(line(translation.text()), TranslationJson.alignment(translation.best()));
  }

  /** Returns the format {@code NUMBER TAB SCORE TAB TEXT}, a line for each hypothesis. */
  static TranslationFormat list() {
    return (number, translation) ->
        translation.candidates().stream()
            .map(
                candidate ->
                    String.format(
                        Locale.ROOT,
                        "%d\t%s\t%s\n",
                        number,
                        NumberFormats.decimal(candidate.score()),
                        line(candidate.text())))
            .collect(Collectors.joining());
  }

  /** Returns the format with a JSON object for each input line. */
  static TranslationFormat json(SequenceCodec source, boolean attention) {
    return (number, translation) -> TranslationJson.of(translation, source, attention) + "\n";
  }

  /** Replaces line breaks, which a model may output. */
  static String line(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
