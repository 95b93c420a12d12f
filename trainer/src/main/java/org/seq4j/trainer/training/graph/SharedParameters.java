package org.seq4j.trainer.training.graph;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.seq4j.trainer.objective.Objectives;

/** Checks that a model has the same parameters in training and at inference. */
final class SharedParameters {
  private SharedParameters() {}

  /**
   * Compares the paths of parameters. Only those of objectives may be missing at inference.
   *
   * @throws IllegalArgumentException if they differ; the message names the parameters
   */
  static void check(Set<String> training, Set<String> inference) {
    Set<String> ofModel =
        training.stream().filter(path -> !Objectives.owns(path)).collect(Collectors.toSet());
    refuse(without(ofModel, inference), "training, but not at inference, which lacks them then");
    refuse(
        without(inference, training), "inference, but not in training, so that they stay random");
  }

  private static List<String> without(Set<String> paths, Set<String> others) {
    return paths.stream().filter(path -> !others.contains(path)).sorted().toList();
  }

  private static void refuse(List<String> paths, String where) {
    if (!paths.isEmpty()) {
      throw new IllegalArgumentException(
          "a component requests these parameters in %s: %s. Request the same ones each time; Scope.training() must not decide about them"
              .formatted(where, String.join(", ", paths)));
    }
  }
}
