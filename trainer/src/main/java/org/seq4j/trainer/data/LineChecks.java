package org.seq4j.trainer.data;

import java.util.function.Consumer;
import org.seq4j.core.run.SequenceFormatException;

/**
 * What a line must be, side by side.
 *
 * @param source throws a SequenceFormatException if a line cannot be a source
 * @param target likewise for a target
 */
record LineChecks(Consumer<String> source, Consumer<String> target) {

  /** Any text will do. */
  static final LineChecks NONE = new LineChecks(line -> {}, line -> {});

  void source(String line, LineSource lines) {
    check(source, line, lines);
  }

  void target(String line, LineSource lines) {
    check(target, line, lines);
  }

  private static void check(Consumer<String> side, String line, LineSource lines) {
    try {
      side.accept(line);
    } catch (SequenceFormatException e) {
      throw lines.problem(e.getMessage());
    }
  }
}
