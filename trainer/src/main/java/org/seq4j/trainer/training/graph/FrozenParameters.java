package org.seq4j.trainer.training.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parameters that training does not change. */
public final class FrozenParameters {

  private FrozenParameters() {}

  /**
   * Returns the paths of parameters that the model or a pattern of the config freezes.
   *
   * @param byModel the paths that the model freezes
   * @param patterns patterns of paths, in which {@code *} matches any characters
   * @param paths the paths of all parameters
   * @throws IllegalArgumentException if a pattern matches none, or all parameters are frozen
   */
  public static Set<String> of(
      Collection<String> byModel, List<String> patterns, List<String> paths) {
    Set<String> frozen = new HashSet<>(byModel);
    for (String pattern : patterns) {
      List<String> named = paths.stream().filter(PathPatterns.of(pattern)).toList();
      if (named.isEmpty()) {
        throw new IllegalArgumentException(
            "training.freeze: no parameter matches '%s'; the model has %s"
                .formatted(pattern, paths));
      }
      frozen.addAll(named);
    }
    if (frozen.containsAll(paths)) {
      throw new IllegalArgumentException(
          "training.freeze: all parameters are frozen; leave some to train");
    }
    return frozen;
  }
}
