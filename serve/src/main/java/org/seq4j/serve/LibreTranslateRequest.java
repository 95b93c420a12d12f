package org.seq4j.serve;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The body of a request to LibreTranslate's {@code /translate}.
 *
 * @param q a text, or a list of texts
 * @param source the code of the source language, or {@code auto}
 * @param target the code of the target language
 * @param format {@code text}, the default
 * @param alternatives the number of further translations of each text; null for none
 * @param api_key the access token; null if there is none
 */
@JsonIgnoreProperties(ignoreUnknown = true) // as LibreTranslate does
@SuppressWarnings("MemberName") // the names of the API
record LibreTranslateRequest(
    JsonNode q, String source, String target, String format, Integer alternatives, String api_key) {

  /** Creates a request from the fields of a form. */
  static LibreTranslateRequest of(Map<String, List<String>> form) {
    List<String> texts = form.getOrDefault("q", List.of());
    return new LibreTranslateRequest(
        texts.isEmpty() ? null : Json.MAPPER.valueToTree(texts.size() == 1 ? texts.get(0) : texts),
        first(form, "source"),
        first(form, "target"),
        first(form, "format"),
        number(first(form, "alternatives")),
        first(form, "api_key"));
  }

  private static String first(Map<String, List<String>> form, String key) {
    return form.containsKey(key) ? form.get(key).get(0) : null;
  }

  private static Integer number(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (!text.matches("\\d{1,6}")) {
      throw ApiError.bad("alternatives: expected a number, got " + Json.shortened(text));
    }
    return Integer.valueOf(text);
  }

  /** Returns true if the texts are a list, so that the answer has a list, too. */
  boolean isList() {
    return q != null && q.isArray();
  }

  /**
   * Returns the texts.
   *
   * @throws ApiError if there are none, or more than the server allows
   */
  List<String> texts(RequestLimits limits) {
    if (q == null || !(q.isTextual() || q.isArray())) {
      throw ApiError.bad("q: expected a text or a list of texts, got " + Json.shortened(q));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : isList() ? q : List.of(q)) {
      if (!text.isTextual()) {
        throw ApiError.bad("q: expected a list of texts, got " + Json.shortened(q));
      }
      limits.checkText(text.asText(), "q");
      texts.add(text.asText());
    }
    limits.checkCount(texts, "q");
    return texts;
  }

  /**
   * Returns the number of further translations.
   *
   * @throws ApiError if the format or the number is not supported
   */
  int further() {
    if (format != null && !format.isEmpty() && !format.equals("text")) {
      throw ApiError.bad("format: expected text, got " + Json.shortened(format));
    }
    if (alternatives != null && alternatives < 0) {
      throw ApiError.bad("alternatives: expected a number, got " + alternatives);
    }
    return alternatives == null ? 0 : alternatives;
  }
}
