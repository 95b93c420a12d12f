package org.seq4j.runtime.config;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.seq4j.runtime.error.UserException;

/** Reports all problems of a configuration at once. */
public final class ConfigException extends UserException.OfConfig {
  private final Path file;
  private final List<ConfigProblem> problems;

  /**
   * Creates an exception from at least one problem.
   *
   * @param file the file, as the user named it
   * @param problems the problems in any order; the message sorts them by location, overrides last
   */
  public ConfigException(Path file, List<ConfigProblem> problems) {
    super(text(file, inOrder(problems)));
    this.file = file;
    this.problems = inOrder(problems);
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** All problems, in the order of the file. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static List<ConfigProblem> inOrder(List<ConfigProblem> problems) {
    Comparator<ConfigProblem> overridesLast =
        Comparator.comparing(problem -> !problem.place().setting().isEmpty());
    return problems.stream()
        .sorted(
            overridesLast
                .thenComparing(problem -> problem.place().file())
                .thenComparing(problem -> problem.place().line())
                .thenComparing(problem -> problem.place().column()))
        .toList();
  }

  private static String text(Path file, List<ConfigProblem> problems) {
    int width =
        problems.stream()
            .filter(problem -> problem.place().line() > 0)
            .mapToInt(problem -> problem.place().toString().length())
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder(file.toString());
    text.append(": ")
        .append(problems.size())
        .append(problems.size() == 1 ? " problem" : " problems");
    for (ConfigProblem problem : problems) {
      String place = problem.place().toString();
      text.append("\n  ").append(place);
      if (!place.isEmpty()) {
        text.append(" ".repeat(Math.max(0, width - place.length()) + 2));
      }
      text.append(problem);
    }
    return text.toString();
  }
}
