package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.run.RunDirectory;
import org.seq4j.core.run.WeightsFile;
import org.seq4j.trainer.data.DevData;
import org.seq4j.trainer.data.EncodedExamples;
import org.seq4j.trainer.data.EncodedPair;
import org.seq4j.trainer.data.PairEncoder;
import org.seq4j.trainer.data.TrainPairs;

final class TrainingLoopTest {
  private static final String CONFIG = "optimizer: adam, batch: {size: 1}, max_steps: 6";

  @TempDir Path folder;

  @Test
  void aTrainingThatIsKilledLosesNoMoreThanWhatTheTimeAllows() {
    killAtStepFive(Duration.ZERO);
    assertThat(Checkpoint.read(new RunDirectory(folder).lastCheckpoint()).state().step())
        .isEqualTo(4);
    assertThat(new RunDirectory(folder).bestCheckpoint()).doesNotExist();
  }

  @Test
  void nothingIsSavedBeforeItsTime() {
    killAtStepFive(Duration.ofMinutes(10));
    assertThat(new RunDirectory(folder).lastCheckpoint()).doesNotExist();
  }

  @Test
  void savingInBetweenChangesNoStep() {
    run(Duration.ZERO, new Listeners(List.of()));
    var often = WeightsFile.read(new RunDirectory(folder).lastCheckpoint()).arrays();
    run(Duration.ofMinutes(10), new Listeners(List.of()));
    var once = WeightsFile.read(new RunDirectory(folder).lastCheckpoint()).arrays();
    assertThat(often.keySet()).isEqualTo(once.keySet());
    once.forEach(
        (path, array) -> assertThat(often.get(path).values()).as(path).isEqualTo(array.values()));
  }

  private void killAtStepFive(Duration every) {
    TrainingListener killing =
        new TrainingListener() {
          @Override
          public void stepped(TrainingProgress progress) {
            if (progress.step() == 5) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThatThrownBy(() -> run(every, killing)).hasMessage("killed");
  }

  private void run(Duration every, TrainingListener listener) {
    EncodedPair pair = Toy.pair(new int[] {4, 5}, 6);
    TrainingData data =
        new TrainingData(
            Toy.codec(),
            Toy.codec(),
            TrainPairs.inMemory(EncodedExamples.all(List.of(pair, pair, pair))),
            false,
            DevData.of(List.of(), new PairEncoder(Toy.codec(), Toy.codec(), false)),
            Map.of());
    RunDirectory run = new RunDirectory(folder);
    try (TrainingGraph graph = Toy.graph(CONFIG);
        RunLog log = RunLog.open(run.metrics(), 0)) {
      new TrainingLoop(
              new Schedule(Toy.training("{" + CONFIG + ", validation: {every_steps: 100}}")),
              graph,
              data,
              Optional.empty(),
              new Saver(graph, log, run, every),
              new StopSignal(),
              listener,
              TrainingState.start(1))
          .run();
    }
  }
}
