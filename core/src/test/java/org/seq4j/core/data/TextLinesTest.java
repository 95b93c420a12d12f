package org.seq4j.core.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextLinesTest {
  @TempDir private Path folder;

  @Test
  void aMarkAndCarriageReturnsAreSkipped() throws IOException {
    Path file = Files.writeString(folder.resolve("x"), "\ufeffa\r\n\ufeffb\r\n\r");
    assertThat(TextValue.Lines.all(file)).containsExactly("a", "\ufeffb", "");
  }

  @Test
  void readingGoesOnAfterALineThatIsNotUtf8() {
    byte[] bytes = "a\n\u00e4\nb\n".getBytes(StandardCharsets.ISO_8859_1);
    try (TextValue.Lines lines = new TextValue.Lines("x", new ByteArrayInputStream(bytes))) {
      assertThat(lines.next()).contains("a");
      assertThatThrownBy(lines::next)
          .isInstanceOf(BadExampleException.class)
          .hasMessageStartingWith("x, line 2, byte 1: expected UTF-8, got the byte 0xE4.");
      assertThat(lines.next()).contains("b");
      assertThat(lines.place()).isEqualTo("x, line 3");
      assertThat(lines.next()).isEqualTo(Optional.empty());
    }
  }

  @Test
  void aFileInUtf16IsWhollyRefused() throws IOException {
    Path file = Files.write(folder.resolve("x"), "a\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> TextValue.Lines.all(file))
        .isExactlyInstanceOf(CorpusException.class)
        .hasMessage(
            file
                + ": expected text in UTF-8, got UTF-16. Convert the file, for example with"
                + " iconv -f UTF-16 -t UTF-8");
  }

  @Test
  void compressedDataAreNamed() throws IOException {
    Path file = Files.write(folder.resolve("x"), new byte[] {0x1f, (byte) 0x8b, 8, 0, '\n'});
    assertThatThrownBy(() -> TextValue.Lines.all(file)).hasMessageContaining("gzip -dc");
  }

  @Test
  void zerosInATextAreNoUtf16() throws IOException {
    Path file = Files.write(folder.resolve("x"), "\0a\0\0b\n\0\n".getBytes(UTF_8));
    assertThat(TextValue.Lines.all(file)).containsExactly("\0a\0\0b", "\0");
  }

  @Test
  void aMissingFileAndAFolderAreNamed() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> TextValue.Lines.open(none)).hasMessage("no such file: " + none);
    assertThatThrownBy(() -> TextValue.Lines.all(folder))
        .hasMessage("cannot read " + folder + ": it is a folder, not a file");
  }

  @Test
  void errorsAreWords() {
    assertThat(CorpusException.reason(new MalformedInputException(1)))
        .isEqualTo("it is not text in UTF-8");
    assertThat(CorpusException.reason(new EOFException())).startsWith("it ends too early");
    assertThat(CorpusException.reason(new AccessDeniedException("x")))
        .isEqualTo("permission denied: x");
    assertThat(CorpusException.reason(new FileSystemException("x", null, "No space left")))
        .isEqualTo("No space left: x");
    assertThat(CorpusException.reason(new IOException("broken"))).isEqualTo("broken");
    assertThat(CorpusException.reason(new IOException())).isNotBlank().doesNotContain("null");
  }
}
