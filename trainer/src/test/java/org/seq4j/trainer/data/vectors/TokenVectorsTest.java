package org.seq4j.trainer.data.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.trainer.data.corpus.DataException;

final class TokenVectorsTest {
  private static final CountedVocabulary VOCABULARY =
      CountedVocabulary.counting()
          .add(List.of("cat", "cat", "cat", "dog", "New York", "1", "rare", "rare", "rare"))
          .build(new VocabularyConfig(1, Optional.empty()));

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("vectors.txt"), text);
  }

  private TokenVectors read(String text) throws IOException {
    return TokenVectors.read(file(text), 2, VOCABULARY);
  }

  @Test
  void asOfGlove() throws IOException {
    TokenVectors vectors = read("cat 1 -2.5e-1\nbird 0 0\nNew York 3 4\n1 5 6\ncat 9 9\n");
    assertThat(vectors.rows().keySet())
        .containsExactlyInAnyOrder(
            VOCABULARY.id("cat"), VOCABULARY.id("New York"), VOCABULARY.id("1"));
    assertThat(vectors.rows().get(VOCABULARY.id("cat"))).containsExactly(1, -0.25f);
    assertThat(vectors.rows().get(VOCABULARY.id("New York"))).containsExactly(3, 4);
    assertThat(vectors.coverage().found()).isEqualTo(3);
    assertThat(vectors.coverage().tokens()).isEqualTo(5);
    assertThat(vectors.coverage().occurrences()).isCloseTo(5 / 9.0, within(1e-9));
  }

  /** The tool writes a space after the last number, and first the end of sentences. */
  @Test
  void asOfWord2vec() throws IOException {
    TokenVectors vectors = read("2 2\n</s> 7 8 \ndog 1 2 \n");
    assertThat(vectors.rows().get(VOCABULARY.id("dog"))).containsExactly(1, 2);
    assertThat(vectors.rows().keySet()).doesNotContain(Vocabulary.END);
    assertThat(vectors.coverage().found()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cat 1 2 3 | line 1: expected vectors of 2 numbers (units), got 3. Set units to that",
        "9 300;cat 1 2 | line 1: expected vectors of 2 numbers (units), got 300",
        "cat 1 2;dog 1 | line 2: expected a token and 2 numbers, separated by spaces, got 2 fields",
        "cat 1 2;dog 1 x | line 2: expected a number, got 'x'",
        "cat 1 NaN | line 1: expected a finite number, got NaN",
        "3 2;cat 1 2 | vectors.txt: line 1 announces 3 vectors, but the file has only 1: it is truncated"
      })
  void whatIsWrongIsSaidWithItsLine(String lines, String message) {
    assertThatThrownBy(() -> read(lines.strip().replace(';', '\n') + "\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void theFirstLineIsEnoughToTellTheSize() throws IOException {
    TokenVectors.check(file("cat 1 2\nnonsense"), 2);
    Path other = file("5 300\n");
    assertThatThrownBy(() -> TokenVectors.check(other, 2)).hasMessageContaining("got 300");
    Path empty = file("");
    assertThatThrownBy(() -> TokenVectors.check(empty, 2)).hasMessageContaining("an empty file");
  }
}
