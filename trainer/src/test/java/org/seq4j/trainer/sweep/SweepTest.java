package org.seq4j.trainer.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ToyExperiment;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.state.TrainingException;

/** Sweeps from a program; those of the command are in its module. */
final class SweepTest {
  private static final ComponentRegistry REGISTRY = new PluginLoader().classPath();
  private static final SweepListener NOBODY = new SweepListener() {};

  @TempDir Path folder;
  private Path toy;

  @BeforeEach
  void write() throws IOException {
    toy = ToyExperiment.in(folder).file("toy.yaml");
    Files.writeString(toy, Files.readString(toy).replace("epochs: 3", "epochs: 1"));
  }

  private Sweep sweep(String key, Object... values) {
    return new Sweep(
        SweepConfig.grid(toy, Map.of(key, List.of(values))), folder.resolve("runs"), REGISTRY);
  }

  @Test
  void trialsAreTrainedInThisJvmAndRanked() throws Exception {
    Sweep sweep = sweep("training.learning_rate", 0.00001, 0.01);

    List<TrialResult> results = sweep.run();

    assertThat(results).extracting(result -> result.trial().number()).containsExactly(2, 1);
    assertThat(results).allMatch(TrialResult::isDone);
    assertThat(results.get(0).value().orElseThrow())
        .isLessThan(results.get(1).value().orElseThrow());
    assertThat(results.get(0).trial().values()).containsEntry("training.learning_rate", "0.01");
    assertThat(folder.resolve("runs/trials.tsv")).content().contains("\n0002\tfinished\tloss\t");
    Path alone = folder.resolve("alone");
    Experiment.load(toy, REGISTRY, results.get(0).trial().overrides()).train(alone);
    assertThat(folder.resolve("runs/0002/metrics.jsonl"))
        .hasSameBinaryContentAs(alone.resolve("metrics.jsonl"));
  }

  @Test
  void whatIsDoneIsNotTrainedAgainAndWhatFailedIs() throws Exception {
    List<Integer> ran = new ArrayList<>();
    List<String> told = new ArrayList<>();
    SweepListener listener =
        new SweepListener() {
          @Override
          public void started(Trial trial) {
            told.add("started " + trial.label());
          }

          @Override
          public void ended(TrialResult result, Optional<RuntimeException> failure) {
            told.add(result.state() + failure.map(e -> ": " + e.getMessage()).orElse(""));
          }
        };
    TrialRunner inThisJvm = TrialRunner.inThisJvm(REGISTRY);
    TrialRunner failsOnce =
        (trial, overrides, stop) -> {
          ran.add(trial.number());
          if (ran.equals(List.of(1))) {
            throw new IllegalStateException("no");
          }
          inThisJvm.run(trial, overrides, stop);
        };

    sweep("seed", 1, 2).run(failsOnce, 1, new StopSignal(), listener);

    assertThat(ran).containsExactly(1, 2);
    assertThat(told)
        .containsExactly("started seed=1", "not begun: no", "started seed=2", "finished");

    List<TrialResult> results = sweep("seed", 1, 2).run(failsOnce, 1, new StopSignal(), listener);

    assertThat(ran).containsExactly(1, 2, 1);
    assertThat(results).allMatch(TrialResult::isDone);
  }

  @Test
  void severalAtOnceShareTheProcessors() throws Exception {
    Files.writeString(toy, Files.readString(toy).replace("  threads: 1\n", ""));
    List<String> last = new ArrayList<>();
    TrialRunner runner =
        (trial, overrides, stop) -> {
          synchronized (last) {
            last.add(overrides.get(overrides.size() - 1));
          }
        };
    sweep("seed", 1, 2).run(runner, 2, new StopSignal(), NOBODY);
    int each = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    assertThat(last).containsOnly("training.threads=" + each);
  }

  @Test
  void aRunnerThatCannotTrainEndsTheSweep() {
    StopSignal stop = new StopSignal();
    TrialRunner runner =
        (trial, overrides, signal) -> {
          throw new IOException("no more processes");
        };
    assertThatThrownBy(() -> sweep("seed", 1, 2).run(runner, 1, stop, NOBODY))
        .isInstanceOf(TrainingException.class)
        .hasMessage("trial 1 cannot be trained: no more processes");
    assertThat(stop.isRequested()).isTrue();
  }

  @Test
  void afterAStopNoTrialBegins() throws Exception {
    StopSignal stop = new StopSignal();
    List<Integer> ran = new ArrayList<>();
    List<TrialResult> results =
        sweep("seed", 1, 2)
            .run(
                (trial, overrides, signal) -> {
                  ran.add(trial.number());
                  signal.request();
                },
                1,
                stop,
                NOBODY);
    assertThat(ran).containsExactly(1);
    assertThat(results).extracting(TrialResult::state).containsOnly("not begun");
  }
}
