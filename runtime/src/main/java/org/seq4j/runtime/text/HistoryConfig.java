package org.seq4j.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** The turns of a dialogue in a source. */
public record HistoryConfig(
    @Key(
            doc = "Text between two turns, as in the training data.",
            example = "{separator: ' <turn> ', turns: 3}")
        String separator,
    @Key(
            doc =
                "Maximum number of turns in a source, of both sides; the last one is the user's. As in"
                    + " the training data.",
            defaultValue = "3",
            min = 1,
            max = 1000)
        int turns,
    @Key(
            doc =
                "Text between the turns and the further columns of a source; the same as the separator"
                    + " of the corpora. Absent: a source consists of turns alone.")
        Optional<String> columnSeparator) {

  /** Checks that the separators are not empty. */
  public HistoryConfig {
    if (separator.isEmpty() || columnSeparator.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException(
          "history: expected texts as separators, such as ' <turn> ', got an empty one");
    }
  }

  /**
   * An input of a user.
   *
   * @param turn the user's turn
   * @param columns the further columns of the source
   */
  public record Input(String turn, List<String> columns) {

    /** Reads a line: the turn, and after tabs the columns. */
    public static Input of(String line) {
      List<String> parts = List.of(line.split("\t", -1));
      return new Input(parts.get(0), parts.subList(1, parts.size()));
    }
  }

  /**
   * Joins the last turns, and the further columns, to a source.
   *
   * @param before the turns before the user's, of both sides, the oldest first
   * @throws IllegalArgumentException if there are columns, and sources have none
   */
  public String source(List<String> before, Input input) {
    if (!input.columns().isEmpty() && columnSeparator.isEmpty()) {
      throw new IllegalArgumentException(
          "after a tab, there are further columns, but this model's sources consist of turns alone (source.history.column_separator)");
    }
    int kept = Math.min(turns - 1, before.size());
    List<String> last = new ArrayList<>(before.subList(before.size() - kept, before.size()));
    last.add(input.turn());
    List<String> columns = new ArrayList<>(List.of(String.join(separator, last)));
    columns.addAll(input.columns());
    return String.join(columnSeparator.orElse(""), columns);
  }
}
