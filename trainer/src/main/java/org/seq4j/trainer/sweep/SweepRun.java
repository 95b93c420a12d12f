package org.seq4j.trainer.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.state.TrainingException;

/** Trains incomplete trials, several in parallel. */
final class SweepRun {
  private final List<Trial> trials;
  private final ComponentRegistry registry;
  private final TrialRunner runner;
  private final int atOnce;
  private final StopSignal stop;
  private final SweepListener listener;

  SweepRun(
      List<Trial> trials,
      ComponentRegistry registry,
      TrialRunner runner,
      int atOnce,
      StopSignal stop,
      SweepListener listener) {
    this.trials = trials;
    this.registry = registry;
    this.runner = runner;
    this.atOnce = atOnce;
    this.stop = stop;
    this.listener = listener;
  }

  void run() throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(atOnce);
    boolean ended = false;
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Trial trial : trials) {
        if (!trial.result().isDone()) {
          all.add(workers.submit(() -> work(trial)));
        }
      }
      for (Future<?> one : all) {
        one.get();
      }
      ended = true;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      if (!ended) {
        stop.request();
      }
      workers.shutdown();
      workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }
  }

  private void work(Trial trial) {
    if (stop.isRequested()) {
      return;
    }
    tell(() -> listener.started(trial));
    List<String> overrides = overrides(trial);
    Optional<RuntimeException> failure = Optional.empty();
    try {
      runner.run(trial, overrides, stop);
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    } catch (IOException e) {
      throw new TrainingException(
          String.format(
              Locale.ROOT, "trial %d cannot be trained: %s", trial.number(), AtomicFiles.reason(e)),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Optional<RuntimeException> thrown = failure;
    TrialResult result = trial.result();
    tell(
        () -> {
          listener.ended(result, thrown);
          TrialsFile.write(trials);
        });
  }

  private synchronized void tell(Runnable words) {
    words.run();
  }

  private List<String> overrides(Trial trial) {
    List<String> overrides = new ArrayList<>(trial.overrides());
    threads(trial).ifPresent(count -> overrides.add("training.threads=" + count));
    return overrides;
  }

  /**
   * Returns the number of threads of a trial: its share of the processors, unless its experiment
   * sets one. A resumed trial keeps its number, because sums depend on it.
   */
  private OptionalInt threads(Trial trial) {
    if (trial.run().exists()) {
      return OptionalInt.of(
          Experiment.ofRun(trial.run().path(), registry, List.of()).config().training().threads());
    }
    int configured =
        Experiment.loadTrial(trial.config(), registry, trial.overrides())
            .config()
            .training()
            .threads();
    return configured == 0 && atOnce > 1
        ? OptionalInt.of(Math.max(1, Runtime.getRuntime().availableProcessors() / atOnce))
        : OptionalInt.empty();
  }
}
