package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.run.RunException;

final class RunLogTest {
  @TempDir Path folder;

  private final TrainingState state = Toy.step(TrainingState.start(1), false);

  @Test
  void eachEventIsALine() throws IOException {
    Path file = folder.resolve("run").resolve("metrics.jsonl");
    try (RunLog log = RunLog.open(file, 0)) {
      log.append(RunLog.event("train", state).put("loss", 1.5));
      log.append(RunLog.event("end", state));
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
    try (RunLog log = RunLog.open(file, 0)) {
      log.append(RunLog.event("start", state));
      size = log.sync();
      log.append(RunLog.event("train", state));
    }
    try (RunLog log = RunLog.open(file, size)) {
      log.append(RunLog.event("end", state));
    }
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"event\":\"start\",\"step\":1,\"epoch\":1}",
            "{\"event\":\"end\",\"step\":1,\"epoch\":1}");
  }

  @Test
  void aLogThatIsTooShortIsRefused() {
    Path file = folder.resolve("metrics.jsonl");
    assertThatThrownBy(() -> RunLog.open(file, 10))
        .isInstanceOf(RunException.class)
        .hasMessage(file + " is shorter than when the run was saved: put back what was cut off");
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsNamed() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("run"), "");
    Path file = inTheWay.resolve("metrics.jsonl");
    assertThatThrownBy(() -> RunLog.open(file, 0))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("cannot write " + file + ": a file is in the way");
  }
}
