package org.seq4j.serve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.runtime.text.HistoryConfig;

/**
 * The body of a request to translate.
 *
 * @param model the name of a model; null for the default
 * @param text a single text; null if {@code texts} is given
 * @param texts several texts; null if {@code text} is given
 * @param history the turns of a dialogue before {@code text}, the oldest first; null if the text is
 *     a whole source
 * @param search overrides of the model's search settings; null for none
 * @param attention true to return attention weights and token offsets
 * @param tree true to return the search tree
 * @param stream true to stream the text so far after each step
 */
record TranslateRequest(
    String model,
    String text,
    List<String> texts,
    List<String> history,
    Map<String, Object> search,
    boolean attention,
    boolean tree,
    boolean stream) {

  /**
   * Returns the texts to translate.
   *
   * @throws ApiError if there are none, or more than the server allows
   */
  List<String> texts(RequestLimits limits) {
    if ((text == null) == (texts == null)) {
      throw ApiError.bad("expected either text or texts");
    }
    if (history != null && text == null) {
      throw ApiError.bad("history: requires text, the user's turn, instead of texts");
    }
    if (text != null) {
      limits.checkText(text, "text");
      if (history != null) {
        checkTexts(history, "history", limits);
      }
      return List.of(text);
    }
    if (texts.isEmpty()) {
      throw ApiError.bad("texts: expected a list of texts, got []");
    }
    checkTexts(texts, "texts", limits);
    return texts;
  }

  private static void checkTexts(List<String> list, String name, RequestLimits limits) {
    limits.checkCount(list, name);
    for (int i = 0; i < list.size(); i++) {
      limits.checkText(list.get(i), name + "[" + i + "]");
    }
  }

  /**
   * Returns the source of the user's turn after the turns of the history.
   *
   * @throws ApiError if the model does not read turns, or the source is longer than the server
   *     allows
   */
  String withHistory(Optional<HistoryConfig> form, RequestLimits limits) {
    HistoryConfig joined =
        form.orElseThrow(
            () ->
                ApiError.bad(
                    "history: the config of this model has no source.history, which tells how turns are joined; send the whole source as text"));
    try {
      String source = joined.source(history, HistoryConfig.Input.of(text));
      limits.checkText(source, "text, with its history");
      return source;
    } catch (IllegalArgumentException e) {
      throw ApiError.bad("text: " + e.getMessage());
    }
  }
}
