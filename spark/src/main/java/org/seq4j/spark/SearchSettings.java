package org.seq4j.spark;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The values of the option {@code --set} of jobs that search. */
final class SearchSettings {
  private static final String SECTION = "search.";

  private SearchSettings() {}

  /**
   * Returns overrides of the search, such as {@code size=5}.
   *
   * @param settings overrides of a config, such as {@code search.size=5}
   * @param line the command that was given them
   * @throws ParameterException if one is not of the section search
   */
  static String[] of(List<String> settings, CommandLine line) {
    for (String setting : settings) {
      if (!setting.startsWith(SECTION)) {
        throw new ParameterException(
            line,
            "--set %s: expected a key of the section search, for example search.size=5"
                .formatted(setting));
      }
    }
    return settings.stream().map(it -> it.substring(SECTION.length())).toArray(String[]::new);
  }
}
