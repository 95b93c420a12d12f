package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.DevData;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.training.checkpoint.Checkpoint;
import org.seq4j.trainer.training.checkpoint.Checkpointer;
import org.seq4j.trainer.training.config.CheckpointConfig;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.OuterUpdate;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.graph.TrainingVariables;
import org.seq4j.trainer.training.log.TrainingLog;
import org.seq4j.trainer.training.state.TrainingState;
import org.seq4j.trainer.training.step.LocalWorkers;
import org.seq4j.trainer.training.step.StepSchedule;
import org.seq4j.trainer.training.step.Steppers;

final class TrainingLoopTest {
  private static final String CONFIG = "optimizer: adam, batch: {size: 1}, max_steps: 6";

  @TempDir Path folder;

  @Test
  void aTrainingThatIsKilledLosesNoMoreThanWhatTheTimeAllows() {
    killAtStepFive(Duration.ZERO);
    assertThat(Checkpoint.read(new RunDirectory(folder).lastCheckpoints().get(0)).state().step())
        .isEqualTo(4);
    assertThat(new RunDirectory(folder).bestCheckpoints()).isEmpty();
  }

  @Test
  void nothingIsSavedBeforeItsTime() {
    killAtStepFive(Duration.ofMinutes(10));
    assertThat(new RunDirectory(folder).lastCheckpoints()).isEmpty();
  }

  @Test
  void savingInBetweenChangesNoStep() {
    run(Duration.ZERO, new Listeners(List.of()));
    var often = SafeTensors.read(new RunDirectory(folder).lastCheckpoints().get(0)).arrays();
    run(Duration.ofMinutes(10), new Listeners(List.of()));
    var once = SafeTensors.read(new RunDirectory(folder).lastCheckpoints().get(0)).arrays();
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
            Map.of(),
            List.of());
    RunDirectory run = new RunDirectory(folder);
    CheckpointConfig kept = new CheckpointConfig(2, 1, Optional.empty());
    TrainingConfig config = Toy.training("{" + CONFIG + ", validation: {every_steps: 100}}");
    try (TrainingGraph graph = Toy.graph(CONFIG);
        TrainingLog journal = new TrainingLog(run, 0, 0, Clock.systemUTC())) {
      TrainingVariables variables =
          new TrainingVariables(graph, new OuterUpdate(config.outer(), graph));
      Checkpointer saver =
          new Checkpointer(variables, run, journal, kept, false, every, Optional.empty());
      StepSchedule schedule =
          new StepSchedule(progress -> 1, OptionalLong.empty(), Optional.empty(), 1, Map.of());
      StoppingCriteria course = new StoppingCriteria(config);
      new TrainingLoop(
              course,
              new Steppers(
                  config,
                  variables,
                  data,
                  List.of(data.train()),
                  saver,
                  schedule,
                  course::roundLength),
              LocalWorkers::new,
              graph,
              data,
              Optional.empty(),
              journal,
              saver,
              new StopSignal(),
              listener,
              TrainingState.start(1))
          .run();
    }
  }
}
