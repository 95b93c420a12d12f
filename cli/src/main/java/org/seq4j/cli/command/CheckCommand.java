package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.ComponentSummary;
import org.seq4j.cli.view.ModelSummary;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.Table;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.training.TrainingCost;
import org.seq4j.trainer.training.config.TrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seq4j check}. */
@Command(
    name = "check",
    description =
        "Checks a config file: reports all its errors, or summarizes what it would train.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j check examples/reverse/reverse.yaml",
      "  seq4j check reverse.yaml --set data.train.file=my.tsv",
      "  seq4j check reverse.yaml --build"
    })
public final class CheckCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Parameters(paramLabel = "CONFIG", description = "Config file of the experiment, YAML or JSON.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a config key, such as training.batch.size=32; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--build",
      description =
          "Also read the data, build the model and run a few steps: shows the parameters by layer, the"
              + " time of a step and the memory.")
  private boolean build;

  @Inject
  CheckCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    Experiment experiment = Experiment.load(config, plugins.registry(), overrides);
    experiment.verifyStart();
    experiment.verifyModel();
    experiment.vocabularyWarnings().forEach(console.err()::println);
    console.out().println(config + ": ok");
    summary(experiment.config()).forEach(console.out()::println);
    if (build) {
      cost(experiment.measureCost()).forEach(console.out()::println);
    }
    return ErrorReport.DONE;
  }

  private static List<String> cost(TrainingCost cost) {
    Table table = new Table("layer", "parameters");
    cost.parameters().forEach((layer, count) -> table.add(layer, NumberFormats.count(count)));
    long all = cost.parameters().values().stream().mapToLong(Long::longValue).sum();
    table.add("all", NumberFormats.count(all));
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "one step takes %.0f ms, %s target tokens/s",
            cost.step().toNanos() / 1e6,
            NumberFormats.count((long) cost.tokensPerSecond())));
    cost.stepsPerEpoch()
        .ifPresent(
            steps ->
                lines.add(
                    "an epoch has %s and takes about %s, without validation"
                        .formatted(
                            NumberFormats.count(steps, "step"),
                            NumberFormats.time(cost.step().multipliedBy(steps)))));
    cost.memory()
        .ifPresent(
            bytes ->
                lines.add(
                    "the process uses %s MB of memory, data and TensorFlow included"
                        .formatted(NumberFormats.count(bytes / 1_000_000))));
    if (cost.trained() < all) {
      lines.add(
          NumberFormats.count(cost.trained(), "parameter") + " are trained, the others frozen");
    }
    return lines;
  }

  private static List<String> summary(ExperimentConfig config) {
    List<String> lines = new ArrayList<>();
    lines.add(ModelSummary.line("name", config.name()));
    lines.addAll(data(config.data(), config.model().encoder().isEmpty()));
    lines.addAll(ModelSummary.lines(config.translation()));
    lines.add(ModelSummary.line("training", training(config.training())));
    lines.add(ModelSummary.line("metrics", String.join(", ", config.evaluation().names())));
    return lines;
  }

  private static List<String> data(DataConfig data, boolean sourceless) {
    List<String> lines = new ArrayList<>();
    data.train()
        .forEach(corpus -> lines.add(ModelSummary.line("train", files(corpus, sourceless))));
    data.dev().ifPresent(corpus -> lines.add(ModelSummary.line("dev", files(corpus, sourceless))));
    data.heldOut()
        .ifPresent(
            part -> {
              Optional<String> count = part.count().map(n -> NumberFormats.count(n, "source"));
              String share = part.fraction().map(f -> f + " of the sources").orElse("");
              lines.add(ModelSummary.line("dev", "held out of train: " + count.orElse(share)));
            });
    data.test()
        .ifPresent(corpus -> lines.add(ModelSummary.line("test", files(corpus, sourceless))));
    return lines;
  }

  private static String files(CorpusConfig corpus, boolean sourceless) {
    if (corpus.file().isPresent()) {
      return shown(corpus.file().get());
    }
    if (corpus.source().isEmpty() || corpus.target().isEmpty()) {
      return corpus.format().map(ComponentSummary::of).orElse("");
    }
    String target = shown(Path.of(corpus.target().get().text()));
    return sourceless ? target : shown(Path.of(corpus.source().get(0).text())) + " -> " + target;
  }

  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = file.toAbsolutePath().normalize();
    return (absolute.startsWith(here) ? here.relativize(absolute) : absolute).toString();
  }

  private static String training(TrainingConfig training) {
    StringBuilder text = new StringBuilder(ComponentSummary.of(training.optimizer()));
    text.append(", batches of ").append(NumberFormats.count(training.batch().size())).append(' ');
    text.append(training.batch().unit().name().toLowerCase(Locale.ROOT));
    List<String> limits = new ArrayList<>();
    if (training.maxEpochs() != TrainingConfig.NO_LIMIT) {
      limits.add(NumberFormats.count(training.maxEpochs(), "epoch"));
    }
    training.maxSteps().ifPresent(steps -> limits.add(NumberFormats.count(steps, "step")));
    text.append(", at most ").append(String.join(" and ", limits));
    training
        .earlyStopping()
        .ifPresent(
            stopping ->
                text.append(", until ")
                    .append(stopping.metric())
                    .append(" has not improved in ")
                    .append(NumberFormats.count(stopping.patience(), "validation")));
    return text.toString();
  }
}
