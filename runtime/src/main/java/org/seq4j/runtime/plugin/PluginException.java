package org.seq4j.runtime.plugin;

import java.util.List;
import org.seq4j.runtime.error.UserException;

/** Reports all problems of the plugins at once. */
public final class PluginException extends UserException.OfPlugin {
  private final List<PluginProblem> problems;

  /**
   * Creates an exception from at least one problem.
   *
   * @param problems the problems, in the order of the message
   */
  public PluginException(List<PluginProblem> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems. */
  public List<PluginProblem> problems() {
    return problems;
  }

  private static String text(List<PluginProblem> problems) {
    StringBuilder text = new StringBuilder("plugins: ");
    text.append(problems.size()).append(problems.size() == 1 ? " problem" : " problems");
    problems.forEach(problem -> text.append("\n  ").append(problem));
    return text.toString();
  }
}
