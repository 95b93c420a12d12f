package org.seq4j.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Checks that JSON is well-formed, has no key twice, and that its texts are text. */
final class JsonTokens {
  private final Deque<Set<String>> keys = new ArrayDeque<>(); // of the enclosing objects

  private final String name;
  private final String prefix;

  private JsonTokens(String name, String prefix) {
    this.name = name;
    this.prefix = prefix;
  }

  /**
   * Checks a text.
   *
   * @param name name of the text, for messages
   * @param prefix what is written before the keys of the text in messages
   * @throws ApiError if something is wrong, with the key or the place
   */
  static void check(String text, String name, String prefix) {
    try (JsonParser parser = Json.MAPPER.createParser(text)) {
      JsonTokens tokens = new JsonTokens(name, prefix);
      for (JsonToken next = parser.nextToken(); next != null; next = parser.nextToken()) {
        tokens.check(next, parser);
      }
    } catch (StreamConstraintsException e) {
      throw ApiError.bad(name + " is nested too deeply, or has too long a number or key");
    } catch (JsonProcessingException e) {
      throw ApiError.bad(name + " is not JSON" + place(e));
    } catch (IOException e) { // cannot happen for a string
      throw new IllegalStateException(e);
    }
  }

  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : String.format(
            Locale.ROOT,
            " at line %d, column %d",
            e.getLocation().getLineNr(),
            e.getLocation().getColumnNr());
  }

  private void check(JsonToken token, JsonParser parser) throws IOException {
    switch (token) {
      case START_OBJECT -> keys.push(new HashSet<>());
      case END_OBJECT -> keys.pop();
      case FIELD_NAME -> {
        checkText(parser.currentName(), parser);
        if (!keys.element().add(parser.currentName())) {
          throw ApiError.bad(path(parser) + ": this key occurs twice");
        }
      }
      case VALUE_STRING -> checkText(parser.getText(), parser);
      default -> {} // any number is valid
    }
  }

  /** Rejects halves of characters, which JSON can write and UTF-8 cannot. */
  private void checkText(String text, JsonParser parser) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : 0)) {
          throw ApiError.bad(
              String.format(
                  Locale.ROOT,
                  "%s: \\u%04x at position %d is half of a character (a lone surrogate)",
                  path(parser),
                  (int) text.charAt(i),
                  i));
        }
        i++;
      }
    }
  }

  /** Returns the path of the current value, such as {@code texts[1]}. */
  private String path(JsonParser parser) {
    StringBuilder path = new StringBuilder();
    for (JsonStreamContext context = parser.getParsingContext();
        context != null && !context.inRoot();
        context = context.getParent()) {
      path.insert(
          0,
          context.inArray()
              ? "[" + context.getCurrentIndex() + "]"
              : "." + Json.shortened(String.valueOf(context.getCurrentName())));
    }
    return path.isEmpty() ? name : prefix + path.substring(path.charAt(0) == '.' ? 1 : 0);
  }
}
