package org.seq4j.cli.sweep;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.cli.io.StopSignals;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.Table;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.training.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j sweep}. */
@Command(
    name = "sweep",
    description = {
      "Trains an experiment with many values of some of its keys, all combinations or drawn ones,",
      "and tells which did best on the validation data. What was stopped or killed goes on with",
      "the same command; trials that are done are not made again."
    },
    footerHeading = "%nExample of a file:%n",
    footer = {
      "  config: reverse.yaml",
      "  search: random            # or grid, of choices alone",
      "  trials: 30",
      "  choices:",
      "    model.encoder.units: [64, 128]",
      "    model.encoder.cell: [lstm, gru]",
      "  ranges:",
      "    training.optimizer.learning_rate: {from: 0.0003, to: 0.03, scale: log}",
      "",
      "Each trial is a run in the sweep's folder (see seq4j compare); trials.tsv has them all."
    })
public final class SweepCommand implements Callable<Integer> {
  private final Console console;
  private final GlobalOptions options;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "The sweep's file, YAML or JSON.")
  private Path file;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where the runs go; runs/NAME by default, with the name of the file.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "How many to train at a time, in processes that share the processors; ${DEFAULT-VALUE}.")
  private int atOnce = 1;

  private final StopSignal stop = new StopSignal();
  private final Set<TrialProcess> running = ConcurrentHashMap.newKeySet();

  @Inject
  SweepCommand(Console console, GlobalOptions options, Plugins plugins) {
    this.console = console;
    this.options = options;
    this.plugins = plugins;
  }

  @Override
  @SuppressWarnings("try") // the signals work by being there
  public Integer call() throws InterruptedException {
    if (atOnce < 1) {
      throw new ParameterException(spec.commandLine(), "--at-once: expected 1 or more");
    }
    ConfigReader reader = new ConfigReader(plugins.registry());
    SweepConfig sweep = reader.bind(reader.read(file, List.of()), SweepConfig.class);
    List<Trial> trials = trials(sweep);
    long done = trials.stream().filter(trial -> trial.result().isDone()).count();
    console
        .err()
        .println(
            NumberFormats.count(trials.size(), "trial")
                + (done == 0 ? "" : ", " + NumberFormats.count(done) + " of them done before"));
    try (StopSignals signals = StopSignals.listen(this::requestStop)) {
      run(trials, sweep.config());
    }
    return tell(sweep, trials);
  }

  /** Reads every trial's experiment, so that what is wrong in any shows before one is trained. */
  private List<Trial> trials(SweepConfig sweep) {
    Path all = folder.orElseGet(() -> Path.of("runs", name()));
    List<Trial> trials = new ArrayList<>();
    for (Map<String, String> values : sweep.values()) {
      int number = trials.size() + 1;
      RunDirectory run = new RunDirectory(all.resolve("%04d".formatted(number)));
      Trial unmeasured = new Trial(number, values, run, new Trial.Measure("loss", false));
      Experiment experiment =
          Experiment.load(sweep.config(), plugins.registry(), unmeasured.overrides());
      ExperimentConfig config = experiment.config();
      if (config.data().dev().isEmpty() && config.data().heldOut().isEmpty()) {
        throw new CommandException(
            sweep.config()
                + ": trials are compared on validation data; add data.dev or data.held_out");
      }
      if (run.exists()) {
        checkSame(experiment, run);
      }
      trials.add(new Trial(number, values, run, measure(experiment)));
    }
    return trials;
  }

  private String name() {
    return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  private void checkSame(Experiment experiment, RunDirectory run) {
    List<String> differences =
        experiment.differences(run).stream()
            .filter(line -> !line.startsWith("training.threads:")) // see threads
            .toList();
    if (!differences.isEmpty()) {
      throw new CommandException(
          "%s is a trial of another sweep:\n  %s\nSet these back, or name another --folder"
              .formatted(run.path(), String.join("\n  ", differences)));
    }
  }

  private static Trial.Measure measure(Experiment experiment) {
    String watched = experiment.config().training().watched();
    boolean higher =
        experiment.config().evaluation().metrics().stream()
            .filter(metric -> metric.type().equals(watched))
            .map((Component<Metric> it) -> it.create(new ComponentContext(experiment.directory())))
            .anyMatch(Metric::higherIsBetter);
    return new Trial.Measure(watched, higher);
  }

  private void requestStop() {
    stop.request();
    console
        .err()
        .println("stopping after the steps at hand, and saving; Ctrl-C again ends at once");
    running.forEach(TrialProcess::stop);
  }

  private void run(List<Trial> trials, Path config) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(atOnce);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Trial trial : trials) {
        if (!trial.result().isDone()) {
          all.add(workers.submit(() -> work(trial, trials, config)));
        }
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      stop.request();
      running.forEach(TrialProcess::stop);
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      workers.shutdown();
    }
  }

  private void work(Trial trial, List<Trial> all, Path config) {
    if (stop.isRequested()) {
      return;
    }
    try {
      train(trial, config);
    } catch (IOException e) {
      throw new CommandException(
          "trial %d cannot be trained: %s".formatted(trial.number(), AtomicFiles.reason(e)), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      write(all);
    }
  }

  private void train(Trial trial, Path config) throws IOException, InterruptedException {
    Files.createDirectories(trial.log().toAbsolutePath().getParent());
    List<String> overrides = new ArrayList<>(trial.overrides());
    threads(trial, config).ifPresent(count -> overrides.add("training.threads=" + count));
    List<String> global = new ArrayList<>();
    options.plugins().ifPresent(dir -> global.addAll(List.of("--plugins", dir.toString())));
    say("trial %d: %s".formatted(trial.number(), trial.label()));
    int status;
    try (TrialProcess process =
        TrialProcess.start(spec.root().userObject().getClass(), trial, config, overrides, global)) {
      running.add(process);
      if (stop.isRequested()) {
        process.stop(); // it may have been asked for before this one was there
      }
      status = process.await();
      running.remove(process);
    }
    Trial.Result result = trial.result();
    String value =
        result
            .value()
            .map(
                it ->
                    "%s %s at step %s"
                        .formatted(
                            trial.measure().name(),
                            NumberFormats.decimal(it),
                            NumberFormats.count(result.step())))
            .orElse("no validation");
    boolean failed = status != 0 && !stop.isRequested();
    say(
        "trial %d: %s, %s%s"
            .formatted(
                trial.number(),
                result.state(),
                value,
                failed ? ": failed, see " + trial.log() : ""));
  }

  /**
   * How many threads a trial gets: its share of the processors, unless its experiment says. One
   * that is gone on with keeps what it had, since the sums come out as they did only then.
   */
  private Optional<Integer> threads(Trial trial, Path config) {
    if (trial.run().exists()) {
      return Optional.of(
          Experiment.ofRun(trial.run().path(), plugins.registry(), List.of())
              .config()
              .training()
              .threads());
    }
    int configured =
        Experiment.load(config, plugins.registry(), trial.overrides())
            .config()
            .training()
            .threads();
    return configured == 0 && atOnce > 1
        ? Optional.of(Math.max(1, Runtime.getRuntime().availableProcessors() / atOnce))
        : Optional.empty();
  }

  private synchronized void say(String line) {
    console.err().println(line);
  }

  private void write(List<Trial> trials) {
    StringBuilder text = new StringBuilder("trial\tstate\tmeasure\tvalue\tstep\tseconds");
    trials.get(0).values().keySet().forEach(key -> text.append('\t').append(key));
    text.append('\n');
    for (Trial trial : trials) {
      Trial.Result result = trial.result();
      text.append(
          String.format(
              Locale.ROOT,
              "%04d\t%s\t%s\t%s\t%d\t%.1f",
              trial.number(),
              result.state(),
              trial.measure().name(),
              result.value().map(Object::toString).orElse(""),
              result.step(),
              result.seconds()));
      trial
          .values()
          .values()
          .forEach(value -> text.append('\t').append(value.replaceAll("\\s", " ")));
      text.append('\n');
    }
    AtomicFiles.write(trials.get(0).run().path().resolveSibling("trials.tsv"), text.toString());
  }

  private int tell(SweepConfig sweep, List<Trial> trials) {
    Trial.Measure measure = trials.get(0).measure();
    List<String> header =
        new ArrayList<>(List.of("trial", measure.name(), "step", "time", "state"));
    header.addAll(sweep.keys());
    Table table = new Table(header.toArray(String[]::new));
    Map<Trial, Trial.Result> results = new LinkedHashMap<>();
    trials.forEach(trial -> results.put(trial, trial.result()));
    trials.stream()
        .sorted(
            Comparator.comparing(
                (Trial trial) -> results.get(trial).value().orElse(null),
                Comparator.nullsLast(measure.bestFirst())))
        .forEach(trial -> table.add(row(trial, results.get(trial))));
    table.lines().forEach(console.out()::println);
    long left = results.values().stream().filter(result -> !result.isDone()).count();
    if (stop.isRequested()) {
      List<Object> again = new ArrayList<>(List.of("sweep", file));
      folder.ifPresent(dir -> again.addAll(List.of("--folder", dir)));
      if (atOnce > 1) {
        again.addAll(List.of("--at-once", atOnce));
      }
      console.out().println("to go on:");
      console.out().println("  " + console.command(again.toArray()));
    } else if (left > 0) {
      console
          .err()
          .println(
              "%s did not come to an end; the same command tries again"
                  .formatted(NumberFormats.count(left, "trial")));
    }
    return left == 0 ? ErrorReport.DONE : ErrorReport.FAILED;
  }

  private static List<String> row(Trial trial, Trial.Result result) {
    List<String> row = new ArrayList<>();
    row.add("%04d".formatted(trial.number()));
    row.add(result.value().map(NumberFormats::decimal).orElse("-"));
    row.add(result.value().isPresent() ? NumberFormats.count(result.step()) : "-");
    row.add(NumberFormats.time(Duration.ofMillis(Math.round(1000 * result.seconds()))));
    row.add(result.state());
    row.addAll(trial.values().values());
    return row;
  }
}
