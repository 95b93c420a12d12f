package org.seq4j.trainer.training.graph;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Patterns of the paths of parameters, in which {@code *} stands for any characters. */
public final class PathPatterns {

  private PathPatterns() {}

  /** What one pattern names. */
  static Predicate<String> of(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q")).asMatchPredicate();
  }

  /** What any of several patterns names. */
  public static Predicate<String> any(List<String> patterns) {
    return path -> patterns.stream().anyMatch(pattern -> of(pattern).test(path));
  }
}
