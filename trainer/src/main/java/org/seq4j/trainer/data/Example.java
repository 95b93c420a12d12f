package org.seq4j.trainer.data;

import java.util.List;
import java.util.Optional;

/**
 * A source and what it should become, as text.
 *
 * @param source the source's text, which may be empty
 * @param targets at least one; the first is what a model is trained on, all are references
 * @param alignment which symbols of the source and the first target belong together, if known
 */
public record Example(String source, List<String> targets, Optional<Alignment> alignment) {

  /** Checks that there is a target. */
  public Example {
    targets = List.copyOf(targets);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("an example has at least one target");
    }
  }

  /** Not aligned. */
  public Example(String source, List<String> targets) {
    this(source, targets, Optional.empty());
  }

  /** The target to train on. */
  public String target() {
    return targets.get(0);
  }
}
