package org.seq4j.trainer.training.graph;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parameters that training leaves as they are. */
public final class FrozenParameters {

  private FrozenParameters() {}

  /**
   * Those that the model wants left, and those that a pattern of the config names.
   *
   * @param patterns of paths, in which {@code *} stands for any characters
   * @throws IllegalArgumentException if a pattern names none, or nothing is left to train
   */
  public static Set<String> of(
      Collection<String> byModel, List<String> patterns, List<String> paths) {
    Set<String> frozen = new HashSet<>(byModel);
    for (String pattern : patterns) {
      List<String> named = paths.stream().filter(PathPatterns.of(pattern)).toList();
      if (named.isEmpty()) {
        throw new IllegalArgumentException(
            "training.freeze: no parameter is named '%s'; there are %s".formatted(pattern, paths));
      }
      frozen.addAll(named);
    }
    if (frozen.containsAll(paths)) {
      throw new IllegalArgumentException("training.freeze: nothing is left to train");
    }
    return frozen;
  }
}
