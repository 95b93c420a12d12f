package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.VectorOutput;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.config.ConfigRecords;
import org.seq4j.runtime.config.ConfigTree;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.FileProblem;
import org.seq4j.trainer.data.vectors.TokenVectors;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.objective.CtcTargets;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;
import org.seq4j.trainer.training.config.TrainingConfig;

/** Finds errors in the files and components of an experiment whose keys are valid. */
final class ExperimentCheck {
  private final ConfigTree tree;
  private final ComponentContext context;
  private final CorpusFormats formats;
  private final List<ConfigProblem> problems = new ArrayList<>();

  private ExperimentCheck(ConfigTree tree, ComponentContext context, CorpusFormats formats) {
    this.tree = tree;
    this.context = context;
    this.formats = formats;
  }

  /** Returns all problems. */
  static List<ConfigProblem> problems(
      ExperimentConfig config, ConfigTree tree, ComponentContext context, CorpusFormats formats) {
    ExperimentCheck check = new ExperimentCheck(tree, context, formats);
    check.files(config);
    check.vectors("source", config.model().embedding().source());
    check.vectors("target", config.model().embedding().target());
    check.vocabulary("source", config.source());
    check.vocabulary("target", config.target());
    check.components(config);
    check.order(config);
    check.search(config);
    check.languageModel(config);
    check.workers(config);
    return check.problems;
  }

  /** Reports a target whose order does not suit its source. */
  private void order(ExperimentConfig config) {
    if (config.target().reversed() && config.source().type() == SequenceConfig.Type.FILES) {
      problems.add(
          tree.problem(
              "target.reversed",
              "is not for sources of files: the times of words are found in the order of the text."
                  + " Remove it"));
    }
  }

  /** Reports keys of the search that the model cannot obey. */
  private void search(ExperimentConfig config) {
    if (config.search().ctc().isUsed() && !CtcTargets.areTrained(config.training().objectives())) {
      problems.add(
          tree.problem(
              "search.ctc.weight",
              "needs the objective ctc, which trains what the search uses. Add it to"
                  + " training.objectives, or set the weight to 0"));
    }
    if (config.target().reversed() && config.search().rules().prefix().isPresent()) {
      problems.add(
          tree.problem(
              "search.rules.prefix",
              "a target that is written from right to left cannot begin with a given text. Use"
                  + " search.rules.required, or remove target.reversed"));
    }
    if (config.target().isVectors()) {
      for (ConfigRecords.Change change : ConfigRecords.changes(config.search())) {
        problems.add(
            tree.problem(
                "search." + change.key(),
                "targets of vectors are generated without a search. Remove this key"));
      }
    }
  }

  /** Reports streamed data that cannot be divided among workers. */
  private void workers(ExperimentConfig config) {
    if (config.training().workers() > 1 && config.data().shuffleBuffer().isPresent()) {
      problems.add(
          tree.problem(
              "training.workers",
              "training pairs are divided among workers in memory. Remove data.shuffle_buffer, or"
                  + " set workers to 1"));
    }
  }

  /** Reports keys of a source that a language model does not have, and a missing language model. */
  private void languageModel(ExperimentConfig config) {
    if (config.model().encoder().isEmpty() && tree.has("source") && !isNone()) {
      problems.add(
          tree.problem(
              "source",
              "a language model, without model.encoder, has no source. Remove this section, or add"
                  + " an encoder"));
    }
    config
        .search()
        .languageModel()
        .map(given -> new RunDirectory(context.directory().resolve(given.run())))
        .filter(run -> !run.exists())
        .ifPresent(
            run ->
                problems.add(
                    tree.problem(
                        "search.language_model.run",
                        run.path()
                            + " is not the folder of a run. Train the language model first")));
  }

  private boolean isNone() {
    return tree.text("source.type").filter("none"::equals).isPresent();
  }

  private void files(ExperimentConfig config) {
    Optional<String> lacking =
        config.model().encoder().flatMap(encoder -> config.data().lackingSource());
    if (lacking.isPresent()) {
      problems.add(
          tree.problem(
              "data." + lacking.get() + ".source",
              "expected a file or a column, got none. Only a language model, without model.encoder,"
                  + " has no source"));
      return;
    }
    new Dataset(config.data(), context.directory(), formats)
        .fileProblems()
        .forEach(problem -> problems.add(tree.problem(problem.path(), problem.message())));
  }

  private void vectors(String side, ModelConfig.Side table) {
    if (table.vectors().isEmpty()) {
      return;
    }
    Path file = context.directory().resolve(table.vectors().get().file());
    String path = "model.embedding." + side + ".vectors.file";
    Optional<FileProblem> unreadable = FileProblem.of(path, file);
    if (unreadable.isPresent()) {
      problems.add(tree.problem(path, unreadable.get().message()));
      return;
    }
    try {
      TokenVectors.check(file, table.units());
    } catch (DataException e) {
      problems.add(tree.problem(path, e.getMessage()));
    }
  }

  private void vocabulary(String side, SequenceConfig sequence) {
    String path = side + ".vocabulary.file";
    sequence
        .vocabulary()
        .file()
        .flatMap(file -> FileProblem.of(path, context.directory().resolve(file)))
        .ifPresent(problem -> problems.add(tree.problem(path, problem.message())));
  }

  /** Creates each component once, to find those that cannot be created; builds no graph. */
  private void components(ExperimentConfig config) {
    formats(config.data());
    ObjectiveCheck objectives = new ObjectiveCheck(config, tree, context);
    Optional<String> aligned = objectives.aligned();
    tokenizers("source.tokenizer", config.source().tokenizer(), aligned);
    tokenizers("target.tokenizer", config.target().tokenizer(), aligned);
    config.model().encoder().ifPresent(encoder -> make("model.encoder", encoder));
    make("model.decoder", config.model().decoder());
    config.model().output().ifPresent(output -> output(config, output));
    make("training.optimizer", config.training().optimizer());
    schedule(config);
    problems.addAll(objectives.problems());
    List<Component<Metric>> metrics = config.evaluation().metrics();
    for (int i = 0; i < metrics.size(); i++) {
      measures(config, "evaluation.metrics[" + i + "]", metrics.get(i));
    }
  }

  private void output(ExperimentConfig config, Component<OutputLayer> output) {
    boolean vectors = config.target().isVectors();
    make("model.output", output)
        .filter(made -> made instanceof VectorOutput != vectors)
        .ifPresent(
            made ->
                problems.add(
                    tree.problem(
                        "model.output",
                        "%s predicts %s, but the target consists of %s: remove output, or use %s"
                            .formatted(
                                output.type(),
                                vectors ? "tokens" : "vectors",
                                vectors ? "vectors" : "tokens",
                                vectors ? "linear" : "softmax"))));
  }

  private void formats(DataConfig data) {
    for (int i = 0; i < data.train().size(); i++) {
      String path = "data.train[" + i + "].format";
      data.train().get(i).format().ifPresent(format -> make(path, format));
    }
    data.dev().flatMap(CorpusConfig::format).ifPresent(format -> make("data.dev.format", format));
    data.test().flatMap(CorpusConfig::format).ifPresent(format -> make("data.test.format", format));
  }

  /**
   * Asks the schedule for its first step, which fails if the measure that it watches does not
   * exist.
   */
  private void schedule(ExperimentConfig config) {
    Map<String, LearningRateSchedule.Series> measures = new TreeMap<>();
    if (!config.data().dev().isEmpty() || config.data().heldOut().isPresent()) {
      measures.put(EarlyStoppingConfig.LOSS, new LearningRateSchedule.Series(false, List.of()));
      for (String metric : config.evaluation().names()) {
        measures.put(metric, new LearningRateSchedule.Series(true, List.of()));
      }
    }
    try {
      make("training.schedule", config.training().schedule())
          .ifPresent(
              it -> it.factor(new LearningRateSchedule.Progress(1, lastStep(config), measures)));
    } catch (IllegalArgumentException e) {
      problems.add(tree.problem("training.schedule", e.getMessage()));
    }
  }

  /** Returns a last step if that of training will be known. */
  private static OptionalLong lastStep(ExperimentConfig config) {
    TrainingConfig training = config.training();
    boolean known =
        training.maxSteps().isPresent()
            || (training.batch().unit() == BatchConfig.Unit.SEQUENCES
                && config.data().shuffleBuffer().isEmpty());
    return known ? OptionalLong.of(Long.MAX_VALUE) : OptionalLong.empty();
  }

  private void tokenizers(String path, List<Component<Tokenizer>> steps, Optional<String> aligned) {
    for (int i = 0; i < steps.size(); i++) {
      String place = steps.size() == 1 ? path : path + "[" + i + "]";
      make(place, steps.get(i)).ifPresent(tokenizer -> isFixed(place, aligned, tokenizer));
    }
  }

  private void measures(ExperimentConfig config, String path, Component<Metric> metric) {
    boolean vectors = config.target().isVectors();
    Optional<Metric> made = make(path, metric);
    if (made.isPresent()
        && config.model().encoder().isEmpty()
        && !Evaluator.isOfForcedScores(made.get())) {
      problems.add(
          tree.problem(
              path,
              "%s measures answers, of which a language model has none. Use evaluation: {metrics: [perplexity, token-accuracy]}"
                  .formatted(metric.type())));
      return;
    }
    if (made.isPresent()
        && made.get().needs().contains(Metric.Input.SOURCES)
        && config.source().isVectors()) {
      problems.add(
          tree.problem(
              path,
              "%s reads the text of sources, but the source consists of vectors"
                  .formatted(metric.type())));
    }
    if (made.isPresent() && made.get().needs().contains(Metric.Input.VECTORS) != vectors) {
      problems.add(
          tree.problem(
              path,
              vectors
                  ? "%s measures tokens, but the target consists of vectors: use evaluation: {metrics: [mse]}"
                      .formatted(metric.type())
                  : "%s measures vectors, but the target consists of tokens"
                      .formatted(metric.type())));
    }
  }

  /** Alignment links refer to tokens, so the tokenization must be deterministic. */
  private void isFixed(String path, Optional<String> aligned, Tokenizer tokenizer) {
    if (aligned.isPresent() && tokenizer.isStochastic()) {
      problems.add(
          tree.problem(
              path,
              "tokenizes the same text differently each time, but the objective %s needs fixed tokens for its alignments; remove one of the two"
                  .formatted(aligned.get())));
    }
  }

  private <T> Optional<T> make(String path, Component<T> component) {
    try {
      return Optional.of(component.create(context));
    } catch (ComponentException e) {
      if (!e.isRejection()) {
        throw e; // its code failed, which no change of the config helps
      }
      problems.add(tree.problem(path, e.problem())); // the problem has the path
      return Optional.empty();
    }
  }
}
