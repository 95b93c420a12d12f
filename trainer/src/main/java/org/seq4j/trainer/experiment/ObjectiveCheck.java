package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.training.Objective;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.config.ConfigTree;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.objective.Ctc;
import org.seq4j.trainer.objective.Distillation;
import org.seq4j.trainer.objective.Objectives;

/** Finds inputs that the objectives of an experiment need but the experiment does not have. */
final class ObjectiveCheck {
  private static final String PATH = "training.objectives";

  private final ExperimentConfig config;
  private final ConfigTree tree;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private Optional<String> aligned = Optional.empty();

  /** Creates and checks each objective. */
  ObjectiveCheck(ExperimentConfig config, ConfigTree tree, ComponentContext context) {
    this.config = config;
    this.tree = tree;
    List<Component<Objective>> given = config.training().objectives();
    for (int i = 0; i < given.size(); i++) {
      String path = given.size() == 1 ? PATH : PATH + "[" + i + "]";
      try {
        needs(path, given.get(i).type(), given.get(i).create(context), context);
      } catch (ComponentException e) {
        if (!e.isRejection()) {
          throw e; // its code failed, which no change of the config helps
        }
        problems.add(tree.problem(path, e.problem())); // the problem has the path
      }
    }
    if (problems.isEmpty()) {
      together(given, context);
    }
  }

  private void needs(String path, String type, Objective objective, ComponentContext context) {
    if (objective.weight() == 0) {
      return;
    }
    Objectives.mismatch(objective, config.target().isVectors())
        .ifPresent(message -> problems.add(tree.problem(path, type + " " + message)));
    if (objective instanceof Distillation distillation) {
      for (Path run : distillation.teachers()) {
        if (!new RunDirectory(context.directory().resolve(run)).exists()) {
          problems.add(
              tree.problem(
                  path,
                  "%s: the teacher %s is not the folder of a run. Train that run first, or name another one"
                      .formatted(type, run)));
        }
      }
    }
    boolean readsReversed = config.source().reversed();
    boolean writesReversed = config.target().reversed();
    if (objective instanceof Ctc && readsReversed != writesReversed) {
      problems.add(
          tree.problem(
              path,
              type
                  + ": needs source and target in the same order. "
                  + (config.source().isVectors()
                      ? "Remove target.reversed"
                      : "Set reversed for both or for none")));
    }
    if (objective.needs().contains(Objective.Input.ALIGNMENT)) {
      if (readsReversed || writesReversed) {
        problems.add(
            tree.problem(
                path,
                type
                    + ": alignments are in the order of the texts. Remove reversed from both sides"));
      }
      aligned = aligned.or(() -> Optional.of(type));
      if (config.data().train().stream().noneMatch(corpus -> corpus.alignment().isPresent())) {
        problems.add(
            tree.problem(
                path,
                type
                    + ": needs alignments, but no corpus in data.train has any. Add a file of them:"
                    + " {source: a, target: b, alignment: c}"));
      }
    }
  }

  private void together(List<Component<Objective>> given, ComponentContext context) {
    try {
      Objectives objectives = Objectives.of(given, context);
      if (config.training().scheduledSampling().isPresent()) {
        objectives.checkScheduledSampling();
      }
    } catch (IllegalArgumentException e) { // its message is for users
      problems.add(tree.problem(PATH, e.getMessage()));
    }
  }

  /** Returns all problems. */
  List<ConfigProblem> problems() {
    return problems;
  }

  /** Returns the type of the first objective that needs alignments, if any. */
  Optional<String> aligned() {
    return aligned;
  }
}
