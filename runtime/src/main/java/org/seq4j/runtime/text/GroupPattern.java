package org.seq4j.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression, the first group of which finds parts of a text. */
public final class GroupPattern {
  private final Pattern pattern;

  /**
   * Creates a pattern.
   *
   * @param key the key of the expression, for messages
   * @throws IllegalArgumentException if it is not a regular expression, or has no group
   */
  public GroupPattern(String key, String expression) {
    try {
      this.pattern = Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s: not a regular expression: %s in %s".formatted(key, e.getDescription(), expression),
          e);
    }
    if (pattern.matcher("").groupCount() == 0) {
      throw new IllegalArgumentException(
          "%s: expected a regular expression whose first group, ( ), is a value, got %s"
              .formatted(key, expression));
    }
  }

  /**
   * A part of a text.
   *
   * @param start the index of its first character
   * @param end the index after its last character
   */
  public record Place(int start, int end, String value) {}

  /** Returns the parts that are not empty, in their order; one may occur several times. */
  public List<Place> places(String text) {
    List<Place> places = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (matcher.start(1) < matcher.end(1)) { // the group may not take part
        places.add(new Place(matcher.start(1), matcher.end(1), matcher.group(1)));
      }
    }
    return places;
  }
}
