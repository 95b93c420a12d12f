package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    assertThat(new PageCommands(folder).run("docs/speech.md", "speech.yaml")).hasSize(8);
    assertThat(new RunDirectory(folder.resolve("runs/speech")).bestCheckpoints()).isNotEmpty();
  }

  @Test
  void ctcAloneTrainsNoDecoderAndNeedsTheObjective() throws IOException {
    Tones.write(folder, "train", 16);
    Tones.write(folder, "dev", 4);
    Tones.write(folder, "test", 4);
    Path config = folder.resolve("alone.yaml");
    Matcher page =
        Pattern.compile("(?ms)^```yaml\\n(.*?)^```$")
            .matcher(Files.readString(CommandRun.project("docs/speech.md")));
    assertThat(page.find()).isTrue();
    Files.writeString(config, page.group(1));
    String alone = "search.ctc.weight=1";
    Path run = folder.resolve("alone");
    CommandRun refused =
        CommandRun.of(
            "check", config, "--set", alone, "--set", "training.objectives={type: cross-entropy}");
    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err()).contains("search.ctc.weight", "needs the objective ctc");
    succeeded(
        "train",
        config,
        "--run",
        run,
        "--set",
        alone,
        "--set",
        "training.objectives={type: ctc, weight: 1}");
    succeeded("train", "--run", run, "--resume", "--set", "training.epochs=3");
    assertThat(succeeded("evaluate", run, "--metric", "wer,perplexity").out())
        .contains("perplexity");
    CommandRun attention =
        CommandRun.of("evaluate", run, "--set", "search.ranking.coverage_penalty=0.2");
    assertThat(attention.status()).isNotZero();
    assertThat(attention.err()).contains("need attention");
  }

  private static CommandRun succeeded(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }
}
