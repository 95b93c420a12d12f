package org.seq4j.trainer.data.split;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** The section {@code data.filter} of a config file: which training examples are left out. */
public record FilterConfig(
    @Key(doc = "The smallest number of tokens of either side.", defaultValue = "0", min = 0)
        int minLength,
    @Key(
            doc =
                "How many times as many tokens one side may have as the other. Absent: any number"
                    + " of times.",
            min = 1)
        Optional<Double> maxRatio,
    @Key(
            doc =
                "What is left out if it was there before: pair, the same source and target; source,"
                    + " the same source; none. It takes some 16 bytes an example.",
            defaultValue = "none")
        Duplicates duplicates,
    @Key(
            doc =
                "The script that most letters of a source must be of, as Unicode names it: latin,"
                    + " cyrillic, han. Absent: any.",
            example = "latin")
        Optional<String> sourceScript,
    @Key(doc = "Likewise for a target.", example = "latin") Optional<String> targetScript) {

  /** Nothing is left out. */
  public static final FilterConfig NONE =
      new FilterConfig(0, Optional.empty(), Duplicates.NONE, Optional.empty(), Optional.empty());

  /** What is left out if it was there before. */
  public enum Duplicates {
    /** Nothing. */
    NONE,
    /** The same source and target. */
    PAIR,
    /** The same source. */
    SOURCE
  }

  /** Checks that the scripts are ones. */
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
                        + ": expected the name of a script in Unicode, latin for example, got '"
                        + name
                        + "'"));
  }

  /** The script of sources. */
  Optional<UnicodeScript> scriptOfSource() {
    return sourceScript.map(name -> script("source_script", name));
  }

  /** The script of targets. */
  Optional<UnicodeScript> scriptOfTarget() {
    return targetScript.map(name -> script("target_script", name));
  }
}
