package org.seq4j.trainer.data.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  @TempDir private Path directory;

  @Test
  void theLastLineNeedsNoEnd() throws IOException {
    assertThat(read("a\nb".getBytes(UTF_8))).containsExactly("a", "b");
  }

  @Test
  void blankLinesCount() throws IOException {
    assertThat(read("\na\n\n".getBytes(UTF_8))).containsExactly("", "a", "");
  }

  @Test
  void carriageReturnsBeforeTheEndOfALineGo() throws IOException {
    assertThat(read("a\r\nb\r\n".getBytes(UTF_8))).containsExactly("a", "b");
  }

  @Test
  void otherSeparatorsAreText() throws IOException {
    assertThat(read("a\u2028b\fc\u0085d\n".getBytes(UTF_8))).containsExactly("a\u2028b\fc\u0085d");
  }

  @Test
  void theByteOrderMarkIsSkipped() throws IOException {
    assertThat(read(concat(MARK, "a\nb\n".getBytes(UTF_8)))).containsExactly("a", "b");
  }

  @Test
  void aByteOrderMarkAloneIsNoLine() throws IOException {
    assertThat(read(MARK)).isEmpty();
  }

  @Test
  void aReplacementCharacterInTheTextIsNoError() throws IOException {
    assertThat(read("a\ufffdb\n".getBytes(UTF_8))).containsExactly("a\ufffdb");
  }

  @Test
  void aLineMayBeLongerThanTheBuffer() throws IOException {
    String line = "x\u00e4\ud83d\ude00".repeat(50_000);
    assertThat(read((line + "\nend\n").getBytes(UTF_8))).containsExactly(line, "end");
  }

  @Test
  void anUnpairedSurrogateIsNotUtf8() {
    byte[] surrogate = {'a', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '\n'};
    assertThatThrownBy(() -> read(surrogate))
        .hasMessageContaining(", line 1, byte 2: expected UTF-8, got the byte 0xED.");
  }

  @Test
  void aLineCutInsideACharacterIsNotUtf8() {
    byte[] cut = {'a', (byte) 0xc3};
    assertThatThrownBy(() -> read(cut)).hasMessageContaining(", line 1, byte 2: expected UTF-8");
  }

  @Test
  void bytesAreCountedWithTheMark() {
    assertThatThrownBy(() -> read(concat(MARK, new byte[] {'a', (byte) 0xff, '\n'})))
        .hasMessageContaining(", line 1, byte 5: expected UTF-8, got the byte 0xFF.");
  }

  private List<String> read(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("lines.txt"), bytes);
    List<String> all = new ArrayList<>();
    try (Lines lines = new Lines(file)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        all.add(line.get());
      }
    }
    return all;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
