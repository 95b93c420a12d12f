package org.seq4j.trainer.training.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.io.RunException;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.state.TrainingState;

final class JsonLinesFileTest {
  @TempDir Path folder;

  private final TrainingState state = Toy.step(TrainingState.start(1), false);

  @Test
  void eachEventIsALine() throws IOException {
    Path file = folder.resolve("run").resolve("metrics.jsonl");
    try (JsonLinesFile log = JsonLinesFile.open(file, 0)) {
      log.append(JsonLinesFile.event("train", state).put("loss", 1.5));
      log.append(JsonLinesFile.event("end", state));
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"event\":\"train\",\"step\":1,\"epoch\":1,\"loss\":1.5}",
            "{\"event\":\"end\",\"step\":1,\"epoch\":1}");
  }

  @Test
  void whatWasWrittenAfterACheckpointIsCutOff() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    long size;
    try (JsonLinesFile log = JsonLinesFile.open(file, 0)) {
      log.append(JsonLinesFile.event("start", state));
      size = log.sync();
      log.append(JsonLinesFile.event("train", state));
    }
    try (JsonLinesFile log = JsonLinesFile.open(file, size)) {
      log.append(JsonLinesFile.event("end", state));
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"event\":\"start\",\"step\":1,\"epoch\":1}",
            "{\"event\":\"end\",\"step\":1,\"epoch\":1}");
  }

  @Test
  void aLogThatIsTooShortIsRefused() {
    Path file = folder.resolve("metrics.jsonl");
    assertThatThrownBy(() -> JsonLinesFile.open(file, 10))
        .isInstanceOf(RunException.class)
        .hasMessage(file + " is shorter than at the last checkpoint: restore the missing part");
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsNamed() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("run"), "");
    Path file = inTheWay.resolve("metrics.jsonl");
    assertThatThrownBy(() -> JsonLinesFile.open(file, 0))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("cannot write " + file + ": a file is in the way");
  }
}
