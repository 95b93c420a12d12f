package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class HuggingFaceJsonTokenizerTest extends TokenizerContract<HuggingFaceJsonTokenizer.Config> {
  private static final String JSON =
      """
      {
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": null,
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": false},
        "model": {
          "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
          "max_input_chars_per_word": 100,
          "vocab": {"[UNK]": 0, "dog": 1, "##s": 2, ".": 3, "the": 4}
        }
      }
      """;

  @TempDir private Path folder;

  @Override
  @BeforeEach
  protected void makeTokenizer() {
    try {
      Files.writeString(folder.resolve("tokenizer.json"), JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    super.makeTokenizer();
  }

  @Override
  protected String name() {
    return "huggingface";
  }

  @Override
  protected HuggingFaceJsonTokenizer.Config config() {
    return new HuggingFaceJsonTokenizer.Config(folder.resolve("tokenizer.json"));
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  @Override
  protected boolean isStableAfterOneRoundTrip() {
    return false; // [UNK] is cut again
  }

  @Test
  void cutsAsTheFileSays() {
    assertThat(tokenizer().tokenize("The \uD83D\uDE00 Dogs."))
        .containsExactly(
            new Token("the", 0, 3),
            new Token("[UNK]", 4, 6),
            new Token("dog", 7, 10),
            new Token("##s", 10, 11),
            new Token(".", 11, 12));
  }

  @Test
  void joinsAsTheFileSays() {
    assertThat(tokenizer().detokenize(tokenizer().tokens("The dogs."))).isEqualTo("the dogs .");
  }

  @Test
  void whatIsNoSuchFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{}");
    assertThatThrownBy(
            () -> new HuggingFaceJsonTokenizer(new HuggingFaceJsonTokenizer.Config(file)))
        .hasMessageContaining("other.json is not a usable tokenizer.json: ");
  }

  /** The file with added tokens; the expected values are those of Hugging Face's tokenizers. */
  private HuggingFaceJsonTokenizer withAdded(String... flagged) throws IOException {
    StringBuilder added = new StringBuilder("\"added_tokens\": [");
    for (int i = 0; i < flagged.length; i++) {
      String[] words = flagged[i].split(" ", -1);
      added.append(i == 0 ? "" : ", ");
      added
          .append("{\"id\": ")
          .append(90 - i)
          .append(", \"content\": \"")
          .append(words[0].replace('_', ' '))
          .append('"');
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized", "special")) {
        added.append(", \"%s\": %s".formatted(flag, List.of(words).contains(flag)));
      }
      added.append('}');
    }
    Path file = folder.resolve("added.json");
    Files.writeString(file, "\ufeff" + JSON.replace("\"added_tokens\": [", added.toString()));
    return new HuggingFaceJsonTokenizer(new HuggingFaceJsonTokenizer.Config(file));
  }

  @ParameterizedTest
  @CsvSource({
    "<L> lstrip,                the <L> dog,   the <L> dog",
    "<R> rstrip,                dogs <R>  the, dog ##s <R> the",
    "<B> lstrip rstrip special, the <B>  dog,  the <B> dog",
    "<W> single_word,           dog <W> the,   dog <W> the",
    "<W> single_word,           dog<W>s,       dog [UNK] [UNK] [UNK] [UNK]",
    "<S> special,               <S>the <S>,    <S> the <S>",
    "the special,               THE thedog,    the the dog",
  })
  void tokensAreThoseOfTheIds(String added, String text, String expected) throws IOException {
    HuggingFaceJsonTokenizer tokenizer = withAdded("<X>", added);
    List<String> tokens = tokenizer.tokens(text);
    assertThat(tokens).containsExactly(expected.split(" ", -1));
    assertThat(tokenizer.detokenize(tokens)).isEqualTo(expected.replace(" ##", ""));
  }

  @Test
  void anAddedTokenOfTwoWordsIsOneToken() throws IOException {
    HuggingFaceJsonTokenizer tokenizer =
        withAdded("<N> normalized", "New_York lstrip", "<M> lstrip");
    List<String> tokens = tokenizer.tokens("dog <N> in New York <M> the");
    assertThat(tokens).containsExactly("dog", "<N>", "[UNK]", "New York", "<M>", "the");
    assertThat(tokenizer.detokenize(tokens)).isEqualTo("dog <N> [UNK] New York <M> the");
  }

  @Test
  void tokensThatAreNotInTheFileStay() {
    assertThat(tokenizer().detokenize(List.of("the", "<?>", "dog", "##s")))
        .isEqualTo("the <?> dogs");
  }

  @Test
  void anUnknownCharacterOfAUnigramModelIsItsUnknownToken() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("unigram.json"),
            """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": null, "post_processor": null,
             "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"},
             "decoder": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always"},
             "model": {"type": "Unigram", "unk_id": 0, "byte_fallback": false,
               "vocab": [["<unk>", 0.0], ["\u2581the", -1.0], ["\u2581", -2.0], ["d", -3.0]]}}
            """);
    HuggingFaceJsonTokenizer unigram =
        new HuggingFaceJsonTokenizer(new HuggingFaceJsonTokenizer.Config(file));
    List<String> tokens = unigram.tokens("the ddz");
    assertThat(tokens).containsExactly("\u2581the", "\u2581", "d", "d", "<unk>");
    assertThat(unigram.detokenize(tokens)).isEqualTo("the dd<unk>");
  }
}
