package org.seq4j.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.testkit.TokenizerContract;

class TruecaseTokenizerTest extends TokenizerContract<TruecaseTokenizer.Config> {
  @TempDir private Path folder;

  @Override
  @BeforeEach
  protected void makeTokenizer() {
    try {
      Files.writeString(folder.resolve("model"), "the (3/4) The (1)\nParis (2/2)\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    super.makeTokenizer();
  }

  @Override
  protected String name() {
    return "truecase";
  }

  @Override
  protected TruecaseTokenizer.Config config() {
    return new TruecaseTokenizer.Config(folder.resolve("model"));
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  @Test
  void sentencesBeginAsWordsAreUsuallyWritten() {
    assertThat(tokenizer().tokens("The PARIS of The The . &quot; The Big"))
        .containsExactly("the", "Paris", "of", "The", "The", ".", "&quot;", "the", "Big");
  }

  @Test
  void sentencesBeginWithACapitalAgain() {
    assertThat(tokenizer().detokenize(List.of("the", "end", ".", "so"))).isEqualTo("The end . So");
  }

  @Test
  void formsAreCountedWhereNoSentenceBegins() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Iterator<String> lines = List.of("\" Oh the cat ? The cat", "A The the the", "").iterator();
    new TruecaseTrainer().train(lines, out);
    assertThat(out.toString(UTF_8)).isEqualTo("? (1/1)\ncat (2/2)\nthe (3/4) The (1)\n");
  }

  @Test
  void nothingCanBeLearnedFromFirstWords() {
    assertThatThrownBy(
            () ->
                new TruecaseTrainer()
                    .train(List.of("A", "B").iterator(), new ByteArrayOutputStream()))
        .hasMessage("the text has no words except the first words of sentences");
  }
}
