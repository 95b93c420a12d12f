package org.seq4j.runtime.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyFileTest {
  private static final String SPECIALS = "<pad>\t0\n<unk>\t0\n<s>\t0\n</s>\t0\n";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("source.vocabulary");
  }

  private CountedVocabulary read(String content) throws IOException {
    Files.writeString(file, content, UTF_8);
    return CountedVocabulary.read(file);
  }

  @Test
  void aLineIsATokenATabAndACount() throws IOException {
    StringWriter text = new StringWriter();
    CountedVocabulary.counting()
        .add(List.of("b", "a", "b", "c"))
        .build(new VocabularyConfig(1, Optional.of(2)))
        .write(text);
    assertThat(text).hasToString("<pad>\t0\n<unk>\t1\n<s>\t0\n</s>\t0\nb\t2\na\t1\n");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    CountedVocabulary vocabulary =
        CountedVocabulary.counting()
            .add(List.of("\t", "\n", "\r", "\r\n", "\\", "\\t", "\\u0041", " ", "\u2028", "\u0000"))
            .add(List.of("\uFEFF", "</s>", "e\u0301", "\uD83D\uDE00", "\uD83D", "\uDE00", "?", "a"))
            .add(List.of("\u0085", "\f", "a\tb", "\uFFFD", "a"))
            .build(VocabularyConfig.ALL);
    try (Writer writer = Files.newBufferedWriter(file, UTF_8)) {
      vocabulary.write(writer);
    }
    assertThat(CountedVocabulary.read(file)).isEqualTo(vocabulary);
  }

  @Test
  void escapesKeepLinesWhole() throws IOException {
    StringWriter text = new StringWriter();
    CountedVocabulary.counting()
        .add(List.of("\t\n\r\\", "\uD83D"))
        .build(VocabularyConfig.ALL)
        .write(text);
    assertThat(text.toString().lines().skip(4))
        .containsExactly("\\t\\n\\r\\\\\t1", "\\" + "uD83D\t1");
  }

  @Test
  void windowsLineEndsAndAMissingLastOneDoNotMatter() throws IOException {
    CountedVocabulary vocabulary = read((SPECIALS + "a\t5\nb\t3").replace("\n", "\r\n"));
    assertThat(vocabulary.token(5)).isEqualTo("b");
    assertThat(vocabulary.count(4)).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a           | expected a token, a tab and a count, got 'a'
          aTABx       | expected a count after the tab, got 'x'
          aTAB-1      | expected a count after the tab, got '-1'
          TAB1        | the token is empty
          zTAB1       | duplicate token 'z', first in line 5
          a\\qTAB1    | a backslash must be followed by t, n, r, another backslash, or u and four hexadecimal digits: 'a\\q'
          a\\TAB1     | a backslash must be followed by t, n, r, another backslash, or u and four hexadecimal digits: 'a\\'
          a\\u12TAB1  | a backslash must be followed by t, n, r, another backslash, or u and four hexadecimal digits: 'a\\u12'
          """)
  void aMalformedLineIsNamed(String bad, String message) {
    String content = SPECIALS + "z\t9\n" + bad.replace("TAB", "\t") + "\nb\t1\n";
    assertThatThrownBy(() -> read(content))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ", line 6: " + message);
  }

  @Test
  void specialTokensMustBeInPlace() {
    assertThatThrownBy(() -> read("<pad>\t0\n<s>\t0\n"))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ", line 2: expected the special token <unk>, got '<s>'");
  }

  @Test
  void aFileOfSpecialTokensAloneIsNoVocabulary() {
    assertThatThrownBy(() -> read(SPECIALS))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": not a vocabulary: expected the special tokens <pad> <unk> <s> </s> and at least"
                + " one other token, but the file has 4 lines");
  }

  @Test
  void bytesThatAreNotUtf8AreNamed() throws IOException {
    Files.write(file, (SPECIALS + "\u00E4\t1\n").getBytes(ISO_8859_1));
    assertThatThrownBy(() -> CountedVocabulary.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + ", line 5, byte 1: expected UTF-8, got the byte 0xE4.");
  }
}
