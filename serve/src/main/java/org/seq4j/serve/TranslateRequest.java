package org.seq4j.serve;

import java.util.List;
import java.util.Map;

/**
 * The body of a request to translate.
 *
 * @param model the name of a model; null for the default
 * @param text a single text; null if {@code texts} is given
 * @param texts several texts; null if {@code text} is given
 * @param search overrides of the model's search settings; null for none
 * @param attention true to return attention weights and token offsets
 * @param tree true to return the search tree
 * @param stream true to stream the text so far after each step
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
   * Returns the texts to translate.
   *
   * @throws ApiError if there are none, or more than the server allows
   */
  List<String> texts(RequestLimits limits) {
    if ((text == null) == (texts == null)) {
      throw ApiError.bad("expected either text or texts");
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
