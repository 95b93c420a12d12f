package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.config.SourceLocation;
import org.seq4j.runtime.plugin.PluginFault;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.objective.ObjectiveException;
import org.seq4j.trainer.objective.Objectives;

/** Checks that the model can be built and that the run it starts from exists. */
record ModelCheck(ExperimentSetup setup) {

  /** See {@link Experiment#verifyModel}. Training builds its own graph anyway. */
  void verifyWithTraining() {
    verify();
    build(
        () -> {
          setup.parts().trainer().verifyTraining();
          return List.of();
        });
  }

  /** Builds the model without its training. */
  void verify() {
    List<String> paths = build(() -> setup.parts().trainer().verifyModel());
    try {
      setup.parts().trainer().verifyFreeze(paths);
    } catch (IllegalArgumentException e) {
      throw problem("training.freeze", e.getMessage().replaceFirst("^training.freeze: ", ""));
    }
  }

  private List<String> build(Supplier<List<String>> model) {
    try {
      return model.get();
    } catch (ComponentException e) { // its message names the key
      throw e;
    } catch (IllegalArgumentException e) {
      if (PluginFault.keepsOperand(e)) {
        throw e;
      }
      String where = PluginFault.placeOf(e).map(place -> " (in " + place + ")").orElse("");
      ConfigException problem =
          e instanceof ObjectiveException objective
              ? problem(path(objective), objective.name() + ": " + objective.problem() + where)
              : problem("model", "the model cannot be built: " + e.getMessage() + where);
      problem.addSuppressed(e); // for --verbose
      throw problem;
    }
  }

  /** Returns the path of an objective in the config. */
  private String path(ObjectiveException e) {
    List<String> names = Objectives.names(setup.config().training().objectives());
    return names.size() > 1
        ? "training.objectives[" + names.indexOf(e.name()) + "]"
        : "training.objectives";
  }

  /** See {@link Experiment#verifyStart}. */
  void verifyStart() {
    setup
        .config()
        .training()
        .startFrom()
        .filter(from -> !new RunDirectory(from.run()).exists())
        .ifPresent(
            from -> {
              throw problem(
                  "training.start_from.run",
                  from.run()
                      + " is not the folder of a run. Train that run first, or name another one");
            });
  }

  private ConfigException problem(String path, String message) {
    return setup
        .tree()
        .map(read -> new ConfigException(read.file(), List.of(read.problem(path, message))))
        .orElseGet(
            () ->
                new ConfigException(
                    Path.of(setup.config().name()),
                    List.of(new ConfigProblem(new SourceLocation(0, 0, ""), path, message))));
  }
}
