package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.sentencepiece.SpTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.SharedFolder;
import org.seq4j.testkit.TokenizerContract;
import org.seq4j.tokenizers.SentencePieceTrainer.Config.Model;
import org.seq4j.tokenizers.SentencePieceTrainer.Config.Normalization;

class SentencePieceTokenizerTest extends TokenizerContract<SentencePieceTokenizer.Config> {
  private static final String VECTORS = "vectors/sentencepiece/";

  private static final List<String> TEXT =
      List.of(
          "the quick brown fox jumps over the lazy dog.",
          "the lazy dog sleeps; the quick fox does not.",
          "newest and widest, lowest and newer: 7 foxes, 17 dogs!");

  @TempDir private Path folder;

  @Override
  @BeforeEach
  protected void makeTokenizer() {
    train(Model.UNIGRAM, 60, false, TEXT);
    super.makeTokenizer();
  }

  private Path train(Model model, int size, boolean byteFallback, List<String> text) {
    Path file = folder.resolve("model");
    try (OutputStream out = Files.newOutputStream(file)) {
      new SentencePieceTrainer(
              new SentencePieceTrainer.Config(
                  model, size, 1.0, 16, byteFallback, Normalization.IDENTITY))
          .train(text.iterator(), out);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected String name() {
    return "sentencepiece";
  }

  @Override
  protected SentencePieceTokenizer.Config config() {
    return new SentencePieceTokenizer.Config(folder.resolve("model"));
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  @Override
  protected boolean isStableAfterOneRoundTrip() {
    return false; // U+2581 becomes a space, and spaces become one
  }

  private static SentencePieceTokenizer shared(String model) {
    return new SentencePieceTokenizer(
        new SentencePieceTokenizer.Config(SharedFolder.file(VECTORS + model + ".model")));
  }

  private static List<String> pieces(String line) {
    List<String> pieces = new ArrayList<>(List.of(line.split(" ", -1)));
    pieces.removeIf(String::isEmpty);
    return pieces;
  }

  @ParameterizedTest
  @CsvSource({
    "test_model, botchan.head500.txt, botchan.head500.test_model",
    "botchan.unigram.1000, botchan.head500.txt, botchan.head500.botchan.unigram.1000",
    "botchan.bpe.1000, botchan.head500.txt, botchan.head500.botchan.bpe.1000",
    "botchan.char.70, botchan.head500.txt, botchan.head500.botchan.char.70",
    "test_ja_model, wagahaiwa_nekodearu.head60.txt, wagahaiwa_nekodearu.head60.test_ja_model",
    "test_model, tricky.txt, tricky.test_model",
    "test_ja_model, tricky.txt, tricky.test_ja_model",
  })
  void cutsAsTheLibraryDoes(String model, String text, String expected) throws IOException {
    SentencePieceTokenizer tokenizer = shared(model);
    List<String> lines = SharedFolder.lines(VECTORS + text);
    List<String> found = SharedFolder.lines(VECTORS + expected + ".piece");
    List<String> ids = SharedFolder.lines(VECTORS + expected + ".id");
    try (SpTokenizer library = new SpTokenizer(SharedFolder.file(VECTORS + model + ".model"))) {
      for (int i = 0; i < lines.size(); i++) {
        List<String> tokens = tokenizer.tokens(lines.get(i));
        assertThat(tokens).as("line %d", i + 1).containsExactlyElementsOf(pieces(found.get(i)));
        assertThat(
                tokens.stream().map(piece -> Integer.toString(library.getProcessor().getId(piece))))
            .as("numbers of line %d", i + 1)
            .containsExactlyElementsOf(pieces(ids.get(i)));
      }
    }
  }

  @Test
  void joinsAsTheLibraryDoes() throws IOException {
    SentencePieceTokenizer tokenizer = shared("test_model");
    List<String> cut = SharedFolder.lines(VECTORS + "botchan.head500.test_model.piece");
    List<String> joined = SharedFolder.lines(VECTORS + "botchan.head500.test_model.decoded");
    for (int i = 0; i < cut.size(); i++) {
      if (!joined.get(i).contains("\u2047")) { // for the unknown: joined from numbers, not pieces
        assertThat(tokenizer.detokenize(pieces(cut.get(i)))).isEqualTo(joined.get(i));
      }
    }
  }

  @Test
  void placesAreThoseInTheRawText() {
    SentencePieceTokenizer tokenizer = shared("test_model");
    String raw = " a \u00A0telescope \uFF21\uFB01 e\u0301";
    List<Token> tokens = tokenizer.tokenize(raw);
    StringBuilder covered = new StringBuilder();
    for (Token token : tokens) {
      covered.append(raw, token.start(), token.end());
    }
    assertThat(covered.toString().replace(" ", "").replace("\u00A0", ""))
        .isEqualTo("atelescope\uFF21\uFB01e\u0301");
    assertThat(tokens.get(0)).isEqualTo(new Token("\u2581a", 0, 2));
  }

  @Test
  void placesInPlainTextAreExact() {
    assertThat(tokenizer().tokenize("the dog"))
        .allSatisfy(
            token ->
                assertThat(token.text().replace("\u2581", ""))
                    .isEqualTo("the dog".substring(token.start(), token.end()).strip()));
  }

  @Test
  void aPieceForEachByteLeavesNothingUnknown() {
    SentencePieceTokenizer tokenizer =
        new SentencePieceTokenizer(
            new SentencePieceTokenizer.Config(train(Model.UNIGRAM, 310, true, TEXT)));
    assertThat(tokenizer.tokens("\u00DF\uD83D\uDE00"))
        .containsExactly("\u2581", "<0xC3>", "<0x9F>", "<0xF0>", "<0x9F>", "<0x98>", "<0x80>");
    assertThat(tokenizer.detokenize(tokenizer.tokens("the \u00DF\uD83D\uDE00 dog")))
        .isEqualTo("the \u00DF\uD83D\uDE00 dog");
  }

  @ParameterizedTest
  @EnumSource
  void hasAsManyPiecesAsAskedFor(Model model) throws IOException {
    List<String> text =
        SharedFolder.lines(VECTORS + "botchan.txt").stream().map(String::strip).toList();
    SentencePieceTokenizer tokenizer =
        new SentencePieceTokenizer(
            new SentencePieceTokenizer.Config(train(model, 1000, false, text)));
    long found = text.stream().mapToLong(line -> tokenizer.tokens(line).size()).sum();
    String theirs = model == Model.UNIGRAM ? "botchan.unigram.1000" : "botchan.bpe.1000";
    SentencePieceTokenizer library = shared(theirs);
    long expected = text.stream().mapToLong(line -> library.tokens(line).size()).sum();
    // "within 1 % of spm_train's compression"
    assertThat(found).isLessThanOrEqualTo(Math.round(1.01 * expected));
  }

  /** SentencePiece's own tool, where it is installed, reads what is trained here. */
  @ParameterizedTest
  @EnumSource
  void theToolCutsAsWeDo(Model model) throws IOException, InterruptedException {
    Path tool = tool("spm_encode");
    List<String> text =
        SharedFolder.lines(VECTORS + "botchan.txt").stream()
            .map(line -> line.replace("\uFEFF", "").strip())
            .toList();
    Path trained = train(model, 1000, false, text);
    Path input = Files.write(folder.resolve("text"), text);
    Path output = folder.resolve("pieces");
    Process process =
        new ProcessBuilder(tool.toString(), "--model=" + trained)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
    SentencePieceTokenizer tokenizer =
        new SentencePieceTokenizer(new SentencePieceTokenizer.Config(trained));
    assertThat(text.stream().map(line -> String.join(" ", tokenizer.tokens(line))))
        .containsExactlyElementsOf(Files.readAllLines(output));
  }

  private static Path tool(String name) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst();
    assumeThat(found).as(name + " is not installed").isPresent();
    return found.orElseThrow();
  }

  @Test
  void trainingTwiceGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(folder.resolve("model"));
    assertThat(Files.readAllBytes(train(Model.UNIGRAM, 60, false, TEXT))).isEqualTo(first);
  }

  @Test
  void aModelNormalizesAsItsTrainingTextWas() throws IOException {
    Path file = folder.resolve("normalizing");
    try (OutputStream out = Files.newOutputStream(file)) {
      SentencePieceTrainer.Config normalizing =
          new SentencePieceTrainer.Config(Model.BPE, 10, 1.0, 16, false, Normalization.NMT_NFKC);
      new SentencePieceTrainer(normalizing)
          .train(List.of("\uff41\uff42\uff11 \u2460", "ab1\u00a01", "ab1\u20071").iterator(), out);
    }
    SentencePieceTokenizer tokenizer =
        new SentencePieceTokenizer(new SentencePieceTokenizer.Config(file));
    assertThat(tokenizer.tokenize("\uff41\uff42\uff11\u3000\u2460"))
        .containsExactly(
            new Token("\u2581ab", 0, 2), new Token("1", 2, 3), new Token("\u25811", 3, 5));
    assertThat(tokenizer.tokens("ab1 1")).containsExactly("\u2581ab", "1", "\u25811");
  }

  @Test
  void tooFewPiecesAreRefused() {
    SentencePieceTrainer trainer =
        new SentencePieceTrainer(
            new SentencePieceTrainer.Config(Model.BPE, 10, 1.0, 16, false, Normalization.IDENTITY));
    assertThatThrownBy(() -> trainer.train(TEXT.iterator(), new ByteArrayOutputStream()))
        .hasMessage(
            "size: 10 is too small: the text has 34 different characters, and there are 3 special pieces. Set at least 37, or lower character_coverage");
  }

  @Test
  void whatIsNoModelIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "no model");
    assertThatThrownBy(() -> new SentencePieceTokenizer(new SentencePieceTokenizer.Config(file)))
        .hasMessageContaining("text is not a SentencePiece model");
  }

  @Test
  void theSameWordsInAnotherOrderGiveTheSameModel() throws IOException {
    byte[] first = Files.readAllBytes(folder.resolve("model"));
    List<String> turned = new ArrayList<>(TEXT);
    Collections.reverse(turned);
    assertThat(Files.readAllBytes(train(Model.UNIGRAM, 60, false, turned))).isEqualTo(first);
  }
}
