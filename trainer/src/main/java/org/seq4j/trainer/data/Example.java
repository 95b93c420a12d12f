package org.seq4j.trainer.data;

import java.util.List;

/**
 * A source and what it should become, as text.
 *
 * @param source the source's text, which may be empty
 * @param targets at least one; the first is what a model is trained on, all are references
 */
public record Example(String source, List<String> targets) {

  /** Checks that there is a target. */
  public Example {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an example has at least one target");
    }
  }

  /** The target to train on. */
  public String target() {
    return targets.get(0);
  }
}
