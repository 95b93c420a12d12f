package org.seq4j.trainer.metric;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.runtime.text.GroupPattern;

/**
 * The values in the actions of a source, such as "4.0" and "San Jose" in "INFORM rating = 4.0 ;
 * OFFER city = San Jose", and the places where a text says them.
 */
public final class SlotValues {
  /** Finds what follows "=" or "|", up to the next "|" or ";". */
  public static final String DEFAULT = "(?: = | [|] )(.+?)(?= [|] | ; |$)";

  private static final String WORD = "[\\p{L}\\p{M}\\p{N}]";
  // A text that says 4.5 or 14 does not say 4.
  private static final String BEFORE = "(?<!" + WORD + ")(?!(?<=\\p{N}[.,:])\\p{N})";
  private static final String AFTER = "(?!" + WORD + ")(?!(?<=\\p{N})[.,:]\\p{N})";

  private final GroupPattern pattern;

  /**
   * Creates the values that a regular expression finds.
   *
   * @param expression its first group is a value
   * @throws IllegalArgumentException if it is not a regular expression, or has no group
   */
  public SlotValues(String expression) {
    this.pattern = new GroupPattern("values", expression);
  }

  /** Returns the values of a source in their order; one may occur several times. */
  public List<GroupPattern.Place> places(String source) {
    return pattern.places(source);
  }

  /** Returns the different values of a source, with folded case and white space. */
  Set<String> different(String source) {
    Set<String> values = new LinkedHashSet<>();
    places(source).forEach(place -> values.add(folded(place.value())));
    values.remove("");
    return values;
  }

  private static String folded(String value) {
    return words(value).collect(Collectors.joining(" ")).toLowerCase(Locale.ROOT);
  }

  private static Stream<String> words(String value) {
    return PythonText.words(value).stream();
  }

  /** Returns true if a text says a value. */
  static boolean says(String text, String value) {
    return saying(value).matcher(text).find();
  }

  /**
   * Returns a pattern of the places where a text says a value: in any case, with any white space
   * between its words, and not within a longer word or number.
   */
  public static Pattern saying(String value) {
    return Pattern.compile(
        words(value).map(Pattern::quote).collect(Collectors.joining("\\s+", BEFORE, AFTER)),
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  }
}
