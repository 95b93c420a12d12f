package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;

/** The commands and the config of docs/speech.md work, in their order. */
class SpeechPageTest {
  @TempDir private Path folder;

  @Test
  void itsCommandsWork() throws IOException {
    Tones.write(folder, "train", 16);
    Tones.write(folder, "dev", 4);
    Tones.write(folder, "test", 4);
    assertThat(new PageCommands(folder).run("docs/speech.md", "speech.yaml")).hasSize(4);
    assertThat(new RunDirectory(folder.resolve("runs/speech")).bestCheckpoints()).isNotEmpty();
  }
}
