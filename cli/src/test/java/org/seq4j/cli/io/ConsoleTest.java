package org.seq4j.cli.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.cli.Main;
import org.seq4j.cli.view.NumberFormats;

/** Stdout that fails, and what users are told to type. */
final class ConsoleTest {

  @Test
  void aReaderThatHasEnoughIsNoError() {
    assertThat(Main.run(failing("Broken pipe"), "data", "list")).isZero();
  }

  @Test
  void aFullDiskIsAnError() {
    assertThat(Main.run(failing("No space left on device"), "data", "list")).isEqualTo(1);
  }

  @Test
  void aFailureIsToldOfOnce() {
    ResultStream stream = new ResultStream(new Failing("No space left on device"));

    assertThatThrownBy(() -> stream.write(1))
        .isInstanceOf(CommandException.class)
        .hasMessage("cannot write the results to stdout: No space left on device");
    stream.write(1);
    stream.flush();
  }

  @Test
  void quotesWhatAShellWouldRead() {
    assertThat(failing("").command("train", Path.of("my runs/it's.yaml"), "--run", "runs/a-1"))
        .isEqualTo("./seq4j train 'my runs/it'\\''s.yaml' --run runs/a-1");
  }

  @Test
  void timesAreShort() {
    assertThat(NumberFormats.time(Duration.ofMillis(44_600))).isEqualTo("45 s");
    assertThat(NumberFormats.time(Duration.ofSeconds(192))).isEqualTo("3 min 12 s");
    assertThat(NumberFormats.time(Duration.ofSeconds(7_530))).isEqualTo("2 h 5 min");
  }

  private static Console failing(String message) {
    PrintStream out =
        new PrintStream(new ResultStream(new Failing(message)), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Console(
        InputStream.nullInputStream(), out, err, false, false, false, 80, "./seq4j", List::of);
  }

  private static final class Failing extends OutputStream {
    private final String message;

    Failing(String message) {
      this.message = message;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(message);
    }
  }
}
