package org.seq4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;

/** The copy of a run at an address, here of the file system of this machine. */
final class MirroredRunTest {
  @TempDir Path folder;
  private RunDirectory copy;
  private String address;

  @BeforeEach
  void nameTheAddress() {
    copy = new RunDirectory(folder.resolve("run"));
    address = copy.path().toUri().toString();
  }

  private MirroredRun open(boolean resume) {
    return new MirroredRun(address, resume, new Configuration());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void beginRun() throws IOException {
    try (MirroredRun run = open(false)) {
      RunDirectory here = new RunDirectory(run.folder());
      write(here.config(), "name: x");
      write(here.metrics(), "1");
      write(here.lastCheckpoint(1), "one");
      run.saved(1);
    }
  }

  @Test
  void aNewDriverGetsWhatTheCopyHas() throws IOException {
    beginRun();
    assertThat(copy.lastCheckpoint(1)).hasContent("one");
    try (MirroredRun run = open(true)) {
      RunDirectory here = new RunDirectory(run.folder());
      assertThat(here.config()).hasContent("name: x");
      assertThat(here.lastCheckpoint(1)).hasContent("one");
      assertThat(run.folder().resolve("driver.lock")).doesNotExist();
    }
  }

  /** Its vocabulary cannot be copied, as if the driver were lost before. */
  @Test
  void withoutItsOtherFilesACopyIsNoRun() throws IOException {
    write(copy.path().resolve("target.vocabulary").resolve("in-the-way"), "");
    try (MirroredRun run = open(false)) {
      RunDirectory here = new RunDirectory(run.folder());
      write(here.config(), "name: x");
      write(here.path().resolve("target.vocabulary"), "a");
      write(here.lastCheckpoint(1), "one");
      assertThatThrownBy(() -> run.saved(1)).isInstanceOf(RunException.class);
    }
    assertThat(copy.config()).doesNotExist();
    assertThat(copy.lastCheckpoint(1)).doesNotExist();
  }

  @Test
  void changedFilesReplaceThoseOfTheCopyAndOldCheckpointsGo() throws IOException {
    beginRun();
    try (MirroredRun run = open(true)) {
      RunDirectory here = new RunDirectory(run.folder());
      Files.writeString(here.metrics(), "1 2");
      write(here.lastCheckpoint(2), "two");
      Files.delete(here.lastCheckpoint(1));
      run.saved(2);
    }
    assertThat(copy.metrics()).hasContent("1 2");
    assertThat(copy.lastCheckpoints()).containsExactly(copy.lastCheckpoint(2));
  }

  @Test
  void whatAKilledDriverLeftHalfWrittenIsNotRead() throws IOException {
    beginRun();
    Path half = Files.writeString(copy.checkpoints().resolve("last-2.safetensors.partial"), "tw");
    try (MirroredRun run = open(true)) {
      assertThat(new RunDirectory(run.folder()).checkpoints().resolve(half.getFileName()))
          .doesNotExist();
      run.saved(1);
    }
    assertThat(half).doesNotExist();
  }

  @Test
  void aSecondDriverIsRefusedAndToldOfTheFirst() throws IOException {
    beginRun();
    try (MirroredRun first = open(true)) {
      assertThat(first.folder()).exists();
      assertThatThrownBy(() -> open(true))
          .isInstanceOf(RunException.class)
          .hasMessageContaining(" is in use by a driver, process " + ProcessHandle.current().pid())
          .hasMessageContaining("If it has been lost, delete ")
          .hasMessageEndingWith("run/driver.lock");
    }
    open(true).close(); // the first has given it free
  }

  @Test
  void aRunThatFailsBeforeItBeginsLeavesNothing() {
    Path here;
    try (MirroredRun run = open(false)) {
      here = run.folder();
      assertThat(copy.path()).exists(); // claimed
    }
    assertThat(copy.path()).doesNotExist();
    assertThat(here.getParent()).doesNotExist();
  }

  @Test
  void whatIsNotThereIsNotResumedAndWhatIsThereNotBegun() throws IOException {
    assertThatThrownBy(() -> open(true))
        .hasMessageContaining("is not the folder of a run: expected one to resume");
    assertThat(copy.path()).doesNotExist();
    beginRun();
    assertThatThrownBy(() -> open(false)).hasMessageContaining("has a run already: resume it");
  }
}
