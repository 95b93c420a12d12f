package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class MosesTokenizerTest extends TokenizerContract<MosesTokenizer.Config> {

  @Override
  protected String name() {
    return "moses";
  }

  @Override
  protected MosesTokenizer.Config config() {
    return new MosesTokenizer.Config("en", false, false, Optional.empty());
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  @Test
  void cutsWordsAndPunctuation() {
    assertThat(tokenizer().tokenize("Mr. Smith's  dog (5,300)..."))
        .containsExactly(
            new Token("Mr.", 0, 3),
            new Token("Smith", 4, 9),
            new Token("'s", 9, 11),
            new Token("dog", 13, 16),
            new Token("(", 17, 18),
            new Token("5,300", 18, 23),
            new Token(")", 23, 24),
            new Token("...", 24, 27));
  }

  @Test
  void protectedPatternsAreNotSplit(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("protected"), "https?://\\S+\n\\w+/\\w+\n");
    MosesTokenizer protecting =
        new MosesTokenizer(
            new MosesTokenizer.Config("en", false, false, Optional.empty(), Optional.of(file)));
    String text = "See http://x.org/a_b, and/or  this...";
    assertThat(protecting.tokenize(text))
        .containsExactly(
            new Token("See", 0, 3),
            new Token("http://x.org/a_b,", 4, 21),
            new Token("and/or", 22, 28),
            new Token("this", 30, 34),
            new Token("...", 34, 37));
    assertThat(protecting.detokenize(protecting.tokens(text)))
        .isEqualTo("See http://x.org/a_b, and/or this...");
    assertThat(tokenizer().tokens("and/or")).containsExactly("and", "/", "or");
  }

  @Test
  void aBrokenProtectedPatternIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("protected"), "a\n(\n");
    MosesTokenizer.Config config =
        new MosesTokenizer.Config("en", false, false, Optional.empty(), Optional.of(file));
    assertThatThrownBy(() -> new MosesTokenizer(config))
        .hasMessageStartingWith(file + ", line 2: '(' is not a regular expression: ");
  }

  @Test
  void hyphensAndEscapesStandForWhatWasTyped() {
    MosesTokenizer word =
        new MosesTokenizer(new MosesTokenizer.Config("en", true, true, Optional.empty()));
    assertThat(word.tokenize("a-b & 'c"))
        .containsExactly(
            new Token("a", 0, 1),
            new Token("@-@", 1, 2),
            new Token("b", 2, 3),
            new Token("&amp;", 4, 5),
            new Token("&apos;", 6, 7),
            new Token("c", 7, 8));
    assertThat(word.detokenize(word.tokens("a-b & c"))).isEqualTo("a-b & c");
  }

  @Test
  void abbreviationsMayBeOnesOwn(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("own"), "# own\nXy\nNr #NUMERIC_ONLY#\n");
    MosesTokenizer word =
        new MosesTokenizer(new MosesTokenizer.Config("en", false, false, Optional.of(file)));
    assertThat(word.tokens("Xy. Mr. Nr. 5 Nr. X."))
        .containsExactly("Xy.", "Mr", ".", "Nr.", "5", "Nr", ".", "X", ".");
  }
}
