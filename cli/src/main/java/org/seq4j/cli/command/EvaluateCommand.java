package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.MetricSelection;
import org.seq4j.cli.option.ModelOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.SearchOptions;
import org.seq4j.cli.view.AnswerFile;
import org.seq4j.cli.view.CutSources;
import org.seq4j.cli.view.DeadEnds;
import org.seq4j.cli.view.ScoreReport;
import org.seq4j.cli.view.SeriesPlot;
import org.seq4j.core.data.Example;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Baseline;
import org.seq4j.trainer.evaluation.Bootstrap;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ExperimentConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j evaluate}. */
@Command(
    name = "evaluate",
    description = "Scores a model's outputs against references, overall and by source length.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j evaluate runs/reverse",
      "  seq4j evaluate runs/reverse --split dev --beam 1 --metric ser,exact-match",
      "  seq4j evaluate runs/reverse --source new.txt --reference right.txt --json",
      "  seq4j evaluate runs/reverse --confidence --output answers.tsv",
      "  seq4j evaluate runs/summaries --baseline lead:10,nearest",
      "  seq4j evaluate runs/one --with runs/two,runs/three     an ensemble",
      "  seq4j evaluate runs/series --plot series.svg"
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int DRAWS = 1000;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private SearchOptions search;
  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "Split of the run's data: test (default; dev if there are no test data), dev or train.")
  private Optional<SplitName> split = Optional.empty();

  @Option(
      names = "--source",
      paramLabel = "FILE",
      description = "Sources to translate instead of a split, one per line; requires --reference.")
  private Optional<Path> source = Optional.empty();

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "References, one line per source; tabs separate alternatives.")
  private Optional<Path> reference = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description =
          "Metrics to compute, separated by commas or repeated; by default those of the config.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      split = ",",
      description =
          "Also score answers that need no model: copy (the source), lead:N (its first N words),"
              + " first-sentence, nearest (the target of the most similar training source), template"
              + " (of dialogues: the most frequent training reply to the same actions, with the"
              + " source's values). Several names are separated by commas.")
  private List<String> baselineNames = new ArrayList<>();

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "For vectors: plot the first outputs and their references as an SVG file.")
  private Optional<Path> plot = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Write the answers to a file, a line for each example: SOURCE TAB ANSWER TAB REFERENCE,"
              + " with a column for each further reference. JSON Lines if the name ends in .jsonl.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--confidence",
      description =
          "Also compute 95 %% confidence intervals of the scores, by a bootstrap of 1000 samples.")
  private boolean confidence;

  @Option(names = "--json", description = "Write one JSON object.")
  private boolean json;

  @Inject
  EvaluateCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    search
        .complaint(Optional.empty())
        .or(() -> search.complaintOfNBest("only the best hypothesis is scored; omit it"))
        .ifPresent(this::refuse);
    models.complaint().ifPresent(this::refuse);
    if (source.isPresent() != reference.isPresent()) {
      refuse("--source and --reference go together: give both");
    }
    if (source.isPresent() && split.isPresent()) {
      refuse("give either --split, or --source and --reference");
    }
    MetricSelection selection = MetricSelection.of(metrics);
    selection.complaint(plugins.registry()).ifPresent(this::refuse);
    Experiment asRun = Experiment.ofRun(run, plugins.registry(), search.settings());
    List<Baseline> baselines = baselineNames.stream().map(it -> baseline(asRun, it)).toList();
    Experiment experiment = experiment(asRun, selection);
    if (plot.isPresent() && !experiment.config().target().isVectors()) {
      refuse("--plot draws vectors, but this model's targets consist of tokens");
    }
    if (!baselines.isEmpty() && experiment.config().model().encoder().isEmpty()) {
      refuse("--baseline answers sources, of which a language model has none");
    }
    if (!baselines.isEmpty()
        && (experiment.config().source().isVectors() || experiment.config().target().isVectors())) {
      refuse("--baseline answers with text, but a side of this model consists of vectors");
    }
    SplitName chosen = split.orElseGet(() -> available(experiment.config().data()));
    Scored scored = evaluate(experiment, chosen, baselines);
    Evaluation evaluation = scored.evaluation();
    CutSources.warning(
            evaluation.cutSources(),
            evaluation.answers().size(),
            experiment.config().source().maxPositions())
        .ifPresent(console.err()::println);
    DeadEnds deadEnds = new DeadEnds();
    evaluation.answers().forEach(answer -> deadEnds.count(answer.translation()));
    deadEnds.warning().ifPresent(console.err()::println);
    String data = source.map(Path::toString).orElse(chosen.name().toLowerCase(Locale.ROOT));
    ScoreReport report =
        new ScoreReport(
            run,
            models.describe(),
            data,
            evaluation,
            selection.names(),
            scored.baselines(),
            confidence ? intervals(experiment, evaluation) : Map.of());
    console.out().print(json ? report.json() : report.text()); // even if a file cannot be written
    output.ifPresent(file -> AtomicFiles.write(file, AnswerFile.text(file, evaluation.answers())));
    plot.ifPresent(file -> AtomicFiles.write(file, SeriesPlot.svg(evaluation.answers())));
    return ErrorReport.DONE;
  }

  /** Returns the test data; if there are none but the default is meant, the validation data. */
  private SplitName available(DataConfig data) {
    boolean onlyDev =
        source.isEmpty()
            && data.test().isEmpty()
            && (data.dev().isPresent() || data.heldOut().isPresent());
    if (onlyDev) {
      console
          .err()
          .println("the experiment has no data.test: evaluating on dev, which training has used");
    }
    return onlyDev ? SplitName.DEV : SplitName.TEST;
  }

  private static Map<String, Bootstrap.Interval> intervals(
      Experiment experiment, Evaluation evaluation) {
    Bootstrap bootstrap = new Bootstrap(DRAWS, 1);
    Map<String, Bootstrap.Interval> intervals = new LinkedHashMap<>();
    for (Component<Metric> component : experiment.config().evaluation().metrics()) {
      Metric metric = component.create(new ComponentContext(experiment.directory()));
      intervals.put(component.type(), bootstrap.interval(metric, evaluation.samples()));
    }
    return intervals;
  }

  private Baseline baseline(Experiment experiment, String name) {
    try {
      return experiment.baseline(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--baseline: " + e.getMessage(), e);
    }
  }

  /** The scores of a model, and those of baselines by name. */
  private record Scored(Evaluation evaluation, Map<String, List<MetricScore>> baselines) {}

  private Scored evaluate(Experiment experiment, SplitName chosen, List<Baseline> baselines) {
    List<Example> examples = // read before the model, so that errors show at once
        source.isPresent()
            ? examples(experiment.config(), source.get(), reference.orElseThrow())
            : experiment.examples(chosen);
    try (Translator translator = models.load(run, plugins.registry())) {
      translator
          .warnings(experiment.config().search())
          .forEach(line -> console.err().println("warning: " + line));
      Evaluation evaluation = experiment.evaluate(translator, examples);
      Map<String, List<MetricScore>> others = new LinkedHashMap<>();
      baselines.forEach(it -> others.put(it.name(), experiment.score(it, translator, examples)));
      return new Scored(evaluation, others);
    } catch (IllegalStateException e) { // the model outputs NaN or infinity
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }

  /** Returns the run's experiment with the requested search and metrics. */
  private Experiment experiment(Experiment asRun, MetricSelection selection) {
    ComponentRegistry registry = plugins.registry();
    ExperimentConfig config = asRun.config();
    if (config.target().isVectors()) {
      search.checkVectors(spec.commandLine());
    }
    ExperimentConfig asked =
        new ExperimentConfig(
            config.name(),
            config.seed(),
            config.data(),
            config.source(),
            config.target(),
            config.model(),
            config.training(),
            searching(config.search()),
            metrics.isEmpty() ? config.evaluation() : selection.of(run, config, registry));
    return Experiment.of(asked, asRun.directory(), registry);
  }

  private SearchConfig searching(SearchConfig configured) {
    return search.beam().isPresent()
        ? search.applyTo(configured, 1, spec.commandLine())
        : configured;
  }

  private List<Example> examples(ExperimentConfig config, Path source, Path reference) {
    for (Path file : List.of(source, reference)) {
      if (!Files.exists(file)) {
        throw new CommandException("no such file: " + file);
      }
    }
    CorpusConfig corpus = CorpusConfig.parallel(source, reference);
    DataConfig data =
        new DataConfig(
            List.of(corpus),
            Optional.empty(),
            Optional.of(corpus.withAlternatives()),
            Optional.empty());
    Path here = Path.of("").toAbsolutePath();
    CorpusFormats formats = CorpusFormats.of(plugins.registry(), new ComponentContext(here));
    return new Dataset(data, here, formats, config.source(), config.target()).read(SplitName.TEST);
  }
}
