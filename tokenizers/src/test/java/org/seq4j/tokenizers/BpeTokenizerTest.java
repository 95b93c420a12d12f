package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class BpeTokenizerTest extends TokenizerContract<BpeTokenizer.Config> {
  private static final String CODES =
      """
      #version: 0.2
      l o
      lo w</w>
      lo w
      e r</w>
      low er</w>
      """;

  @TempDir private Path folder;

  @Override
  @BeforeEach
  protected void makeTokenizer() {
    write("codes.bpe", CODES);
    super.makeTokenizer();
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String name() {
    return "bpe";
  }

  @Override
  protected BpeTokenizer.Config config() {
    return config(Optional.empty(), 1, 0, List.of());
  }

  private BpeTokenizer.Config config(
      Optional<Path> vocabulary, int threshold, double dropout, List<String> glossaries) {
    return new BpeTokenizer.Config(
        folder.resolve("codes.bpe"),
        Optional.empty(),
        "@@",
        vocabulary,
        threshold,
        dropout,
        glossaries);
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  @Test
  void cutsWordsIntoParts() {
    assertThat(tokenizer().tokenize("low lowest  lower"))
        .containsExactly(
            new Token("low", 0, 3),
            new Token("low@@", 4, 7),
            new Token("e@@", 7, 8),
            new Token("s@@", 8, 9),
            new Token("t", 9, 10),
            new Token("lower", 12, 17));
  }

  @Test
  void joinsParts() {
    assertThat(tokenizer().detokenize(List.of("low@@", "e@@", "s@@", "t", "lo@@")))
        .isEqualTo("lowest lo");
  }

  @Test
  void aPartThatIsNotInTheVocabularyIsSplitAgain() {
    Path vocabulary = write("vocabulary", "lo@@ 5\nw@@ 5\nlower 1\nlow 9\n");
    assertThat(
            new BpeTokenizer(config(Optional.of(vocabulary), 2, 0, List.of()))
                .tokens("lower low lowx"))
        .containsExactly("lo@@", "w@@", "e@@", "r", "low", "lo@@", "w@@", "x");
  }

  @Test
  void aVocabularyMayBeSeq4js() {
    Path vocabulary = write("vocabulary", "<unk>\t3\nlower\t1\n");
    assertThat(new BpeTokenizer(config(Optional.of(vocabulary), 1, 0, List.of())).tokens("lower"))
        .containsExactly("lower");
  }

  @Test
  void whatAGlossaryMatchesStaysWhole() {
    BpeTokenizer bpe = new BpeTokenizer(config(Optional.empty(), 1, 0, List.of("USA", "<\\w+>")));
    assertThat(bpe.tokens("1934USABUSA low<x9>low USA"))
        .containsExactly(
            "1@@", "9@@", "3@@", "4@@", "USA@@", "B@@", "USA", "low@@", "<x9>@@", "low", "USA");
  }

  @Test
  void dropoutCutsOneWordInManyWays() {
    BpeTokenizer bpe = new BpeTokenizer(config(Optional.empty(), 1, 0.5, List.of()));
    Set<List<Token>> ways = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      List<Token> way = bpe.sampleTokenization("lower", seed);
      assertThat(bpe.detokenize(way.stream().map(Token::text).toList())).isEqualTo("lower");
      assertThat(bpe.sampleTokenization("lower", seed)).isEqualTo(way);
      ways.add(way);
    }
    assertThat(ways).hasSizeGreaterThan(3).contains(bpe.tokenize("lower"));
    assertThat(bpe.tokens("lower")).containsExactly("lower");
  }

  @Test
  void ofOverlappingPairsTheLeftOneIsMerged() {
    write("codes.bpe", "#version: 0.2\nx x\n");
    assertThat(new BpeTokenizer(config()).tokens("xxxxy")).containsExactly("xx@@", "xx@@", "y");
    assertThat(new BpeTokenizer(config()).tokens("xxxy")).containsExactly("xx@@", "x@@", "y");
  }

  @Test
  void theEndOfAWordMayBeAToken() {
    write("codes.bpe", "o w\now </w>\n");
    assertThat(new BpeTokenizer(config()).tokens("ow owl")).containsExactly("ow", "ow@@", "l");
  }

  @Test
  void aBrokenLineIsNamed() {
    write("codes.bpe", "#version: 0.2\nx x\nx\n");
    assertThatThrownBy(() -> new BpeTokenizer(config()))
        .hasMessageEndingWith(
            "codes.bpe, line 3: expected two symbols separated by a space, got 'x'");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(folder.resolve("codes.bpe"));
    assertThatThrownBy(() -> new BpeTokenizer(config()))
        .hasMessage("no such file: " + folder.resolve("codes.bpe") + ". Expected byte pair merges");
  }

  @Test
  void codesWithAByteOrderMarkAreTheSame() {
    String codes = "#version: 0.2\nl o\nlo w</w>\n";
    write("codes.bpe", codes);
    List<String> tokens = new BpeTokenizer(config()).tokens("low lower");
    write("codes.bpe", "\ufeff" + codes.replace("\n", "\r\n"));
    assertThat(new BpeTokenizer(config()).tokens("low lower"))
        .isEqualTo(tokens)
        .containsExactly("low", "lo@@", "w@@", "e@@", "r");
  }

  @Test
  void codesWithoutMergesAreRefused() {
    write("codes.bpe", "#version: 0.2\n");
    assertThatThrownBy(() -> new BpeTokenizer(config()))
        .hasMessageEndingWith(
            "codes.bpe: expected byte pair merges, got none; learn them with seq4j tokenizer train"
                + " bpe");
  }

  @Test
  void codesInUtf16AreRefused() throws IOException {
    Files.write(
        folder.resolve("codes.bpe"),
        "\ufeff#version: 0.2\nl o\n".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> new BpeTokenizer(config()))
        .hasMessageContaining(
            "codes.bpe: expected text in UTF-8, got UTF-16. Convert the file, for example with"
                + " iconv -f UTF-16 -t UTF-8");
  }
}
