package org.seq4j.trainer.training.graph;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Patterns of parameter paths, in which {@code *} matches any characters. */
public final class PathPatterns {

  private PathPatterns() {}

  /** Returns a predicate for the paths that a pattern matches. */
  static Predicate<String> of(String pattern) {
    return Pattern.compile(Pattern.quote(pattern).replace("*", "\\E.*\\Q")).asMatchPredicate();
  }

  /** Returns a predicate for the paths that any of several patterns matches. */
  public static Predicate<String> any(List<String> patterns) {
    return path -> patterns.stream().anyMatch(pattern -> of(pattern).test(path));
  }
}
