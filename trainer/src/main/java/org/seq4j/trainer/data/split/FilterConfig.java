package org.seq4j.trainer.data.split;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.plugin.Key;

/**
 * The section {@code data.filter} of a config file: rules by which training examples are skipped.
 */
public record FilterConfig(
    @Key(doc = "Min number of tokens of either side.", defaultValue = "0", min = 0) int minLength,
    @Key(doc = "Max ratio of the numbers of tokens of both sides. Absent: any.", min = 1)
        Optional<Double> maxRatio,
    @Key(
            doc =
                "Duplicates to skip. pair: same source and target; source: same source; none: keep all."
                    + " It takes about 16 bytes of memory per example.",
            defaultValue = "none")
        Duplicates duplicates,
    @Key(
            doc =
                "Unicode script to which more than half of the letters of a source must belong: latin,"
                    + " cyrillic, han. Absent: any.",
            example = "latin")
        Optional<String> sourceScript,
    @Key(
            doc =
                "Unicode script to which more than half of the letters of a target must belong. Absent: any.",
            example = "latin")
        Optional<String> targetScript) {

  /** A filter that skips nothing. */
  public static final FilterConfig NONE =
      new FilterConfig(0, Optional.empty(), Duplicates.NONE, Optional.empty(), Optional.empty());

  /** The rule by which examples are duplicates. */
  public enum Duplicates {
    /** Keeps all examples. */
    NONE,
    /** Skips examples whose source and target occurred together before. */
    PAIR,
    /** Skips examples whose source occurred before. */
    SOURCE
  }

  /** Checks that the scripts exist. */
  public FilterConfig {
    sourceScript.ifPresent(name -> script("source_script", name));
    targetScript.ifPresent(name -> script("target_script", name));
  }

  private static UnicodeScript script(String key, String name) {
    return Arrays.stream(UnicodeScript.values())
        .filter(it -> it.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key
                        + ": expected the name of a Unicode script, for example latin, got '"
                        + name
                        + "'"));
  }

  /** Returns the required script of sources. */
  Optional<UnicodeScript> scriptOfSource() {
    return sourceScript.map(name -> script("source_script", name));
  }

  /** Returns the required script of targets. */
  Optional<UnicodeScript> scriptOfTarget() {
    return targetScript.map(name -> script("target_script", name));
  }
}
