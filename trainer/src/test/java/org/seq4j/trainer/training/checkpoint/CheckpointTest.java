package org.seq4j.trainer.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.state.TrainingState;

final class CheckpointTest {
  private static final TrainingState STATE = Toy.step(TrainingState.start(1), false);
  private static final Map<String, SafeTensors.Array> VARIABLES =
      Map.of("x", new SafeTensors.Array(new long[] {2}, new float[] {1, 2}));

  @TempDir Path folder;

  @Test
  void comesBackAsItWasWritten() {
    Path file = folder.resolve("last.safetensors");
    new Checkpoint(STATE, 42, Map.of(), VARIABLES).write(file);
    Checkpoint read = Checkpoint.read(file);
    assertThat(read.state()).isEqualTo(STATE);
    assertThat(read.logSize()).isEqualTo(42);
    assertThat(read.variables().get("x").values()).containsExactly(1, 2);
  }

  @Test
  void weightsAloneAreNotEnough() {
    Path file = folder.resolve("weights.safetensors");
    SafeTensors.write(file, new SafeTensors.Content(VARIABLES, Map.of()));
    assertThatThrownBy(() -> Checkpoint.read(file))
        .isInstanceOf(RunException.class)
        .hasMessage(
            file + " is not a checkpoint from which training can resume: it has no entry seed");
  }

  @Test
  void anotherModelsIsRefused() {
    Path file = folder.resolve("last.safetensors");
    Map<String, SafeTensors.Array> model =
        Map.of("x", new SafeTensors.Array(new long[] {3}, new float[3]));
    assertThatThrownBy(() -> new Checkpoint(STATE, 0, Map.of(), VARIABLES).check(file, model))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(
            file
                + " belongs to another model: only this model has: {x=[3]}; only the file has: {x=[2]}");
  }
}
