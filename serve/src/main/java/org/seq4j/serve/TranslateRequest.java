package org.seq4j.serve;

import java.util.List;
import java.util.Map;

/**
 * The body of a request to translate.
 *
 * @param model its name; null for the first one
 * @param text a text; null if there are several
 * @param texts several texts; null if there is one
 * @param search what takes the place of the model's search; null for nothing
 * @param attention whether to tell where the model looked, and the places of tokens
 * @param tree whether to tell how the search went
 * @param stream whether to tell the text so far after each step
 */
record TranslateRequest(
    String model,
    String text,
    List<String> texts,
    Map<String, Object> search,
    boolean attention,
    boolean tree,
    boolean stream) {

  /**
   * The one text or the several ones.
   *
   * @throws ApiError if there are none, or more than the server takes
   */
  List<String> texts(RequestLimits limits) {
    if ((text == null) == (texts == null)) {
      throw ApiError.bad("give one of text and texts");
    }
    if (text != null) {
      limits.checkText(text, "text");
      return List.of(text);
    }
    if (texts.isEmpty()) {
      throw ApiError.bad("texts: expected a list of texts, got []");
    }
    limits.checkCount(texts, "texts");
    for (int i = 0; i < texts.size(); i++) {
      limits.checkText(texts.get(i), "texts[" + i + "]");
    }
    return texts;
  }
}
