package org.seq4j.cli.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class TextLinesTest {
  private static final int MOST = 100;

  private static TextLines of(String text) {
    return new TextLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "stdin");
  }

  @Test
  void readsAllThatIsThere() throws IOException {
    TextLines lines = of("one\ntwo\r\n\nfour\n");

    assertThat(lines.next(MOST)).containsExactly("one", "two", "", "four");
    assertThat(lines.next(MOST)).isEmpty();
  }

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    TextLines lines = of("one\ntwo");

    assertThat(lines.next(MOST)).containsExactly("one");
    assertThat(lines.next(MOST)).containsExactly("two"); // there might have been more of it
    assertThat(lines.next(MOST)).isEmpty();
  }

  @Test
  void readsNoMoreThanAskedFor() throws IOException {
    TextLines lines = of("1\n2\n3\n");

    assertThat(lines.next(2)).containsExactly("1", "2");
    assertThat(lines.next(2)).containsExactly("3");
    assertThat(lines.next(2)).isEmpty();
  }

  @Test
  void skipsAByteOrderMarkAtTheStartOnly() throws IOException {
    assertThat(of("\ufeffone\n\ufefftwo\n").next(MOST)).containsExactly("one", "\ufefftwo");
  }

  @Test
  void readsLinesLongerThanItsBuffer() throws IOException {
    String large = "ä".repeat(100_000);

    assertThat(of(large + "\nend\n").next(MOST)).containsExactly(large, "end");
  }

  @Test
  @Timeout(20)
  void doesNotWaitForMoreThanALine() throws IOException {
    try (PipedOutputStream out = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(out)) {
      TextLines lines = new TextLines(in, "stdin");
      out.write("one\ntw".getBytes(StandardCharsets.UTF_8));

      assertThat(lines.next(MOST)).containsExactly("one");

      out.write("o\nthree\n".getBytes(StandardCharsets.UTF_8));

      assertThat(lines.next(MOST)).containsExactly("two", "three");
    }
  }

  @Test
  void givesTheLinesBeforeOneThatIsNotUtf8() throws IOException {
    byte[] bytes = "one\ntw\u00ff\nthree\n".getBytes(StandardCharsets.ISO_8859_1);
    TextLines lines = new TextLines(new ByteArrayInputStream(bytes), "words.txt");

    assertThat(lines.next(MOST)).containsExactly("one");
    assertThatThrownBy(() -> lines.next(MOST))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "words.txt, line 2, byte 3: expected UTF-8, got the byte 0xFF. If the file is in another"
                + " encoding, convert it, for example with iconv -f ISO-8859-1 -t UTF-8");
  }
}
