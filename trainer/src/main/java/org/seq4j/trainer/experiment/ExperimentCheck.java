package org.seq4j.trainer.experiment;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.config.ConfigProblem;
import org.seq4j.core.config.ConfigTree;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.trainer.data.Dataset;

/** Finds what is wrong with an experiment whose keys are right: files and components. */
final class ExperimentCheck {
  private final ConfigTree tree;
  private final ComponentContext context;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private ExperimentCheck(ConfigTree tree, ComponentContext context) {
    this.tree = tree;
    this.context = context;
  }

  /** Everything that is wrong. */
  static List<ConfigProblem> problems(
      ExperimentConfig config, ConfigTree tree, ComponentContext context) {
    ExperimentCheck check = new ExperimentCheck(tree, context);
    check.files(config);
    check.components(config);
    return check.problems;
  }

  private void files(ExperimentConfig config) {
    new Dataset(config.data(), context.directory())
        .fileProblems()
        .forEach(problem -> problems.add(tree.problem(problem.path(), problem.message())));
  }

  /** Makes each component once, to see whether it can be made; no graph is built. */
  private void components(ExperimentConfig config) {
    make("source.tokenizer", config.source().tokenizer());
    make("target.tokenizer", config.target().tokenizer());
    make("model.encoder", config.model().encoder());
    make("model.decoder", config.model().decoder());
    make("model.output", config.model().output());
    make("training.optimizer", config.training().optimizer());
    List<Component<Metric>> metrics = config.evaluation().metrics();
    for (int i = 0; i < metrics.size(); i++) {
      make("evaluation.metrics[" + i + "]", metrics.get(i));
    }
  }

  private void make(String path, Component<?> component) {
    try {
      component.create(context);
    } catch (ComponentException e) {
      problems.add(tree.problem(path, e.complaint())); // the problem tells the place
    }
  }
}
