package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.runtime.text.VocabularyConfig;

/** Several tokenizers as one. */
class StepsTest {
  @TempDir private Path folder;

  private Tokenizer tokenizer(double dropout) throws IOException {
    Path codes = Files.writeString(folder.resolve("codes"), "#version: 0.2\nt h\nth e</w>\n");
    BpeTokenizer.Config bpe =
        new BpeTokenizer.Config(
            codes, Optional.empty(), "@@", Optional.empty(), 1, dropout, List.of());
    return steps(
        List.of(
            Component.of(
                Tokenizer.class,
                "normalize",
                new NormalizingTokenizer.Config("en"),
                NormalizingTokenizer::new),
            Component.of(
                Tokenizer.class,
                "moses",
                new MosesTokenizer.Config("en", false, true, Optional.empty()),
                MosesTokenizer::new),
            Component.of(Tokenizer.class, "bpe", bpe, BpeTokenizer::new)));
  }

  private Tokenizer steps(List<Component<Tokenizer>> steps) {
    return SequenceConfig.ofText(steps, VocabularyConfig.ALL, 100)
        .createTokenizer(new ComponentContext(folder));
  }

  @Test
  void eachStepCutsWhatTheOneBeforeGave() throws IOException {
    assertThat(tokenizer(0).tokens("\u201Ethe\u201C it's"))
        .containsExactly(
            "&@@", "q@@", "u@@", "o@@", "t@@", ";", "the", "&@@", "q@@", "u@@", "o@@", "t@@", ";",
            "i@@", "t", "&@@", "a@@", "p@@", "o@@", "s@@", ";@@", "s");
  }

  @Test
  void placesAreThoseInTheRawText() throws IOException {
    String raw = "\u2026 the (the\u201D";
    assertThat(tokenizer(0).tokenize(raw).stream().filter(token -> token.text().equals("the")))
        .containsExactly(new Token("the", 2, 5), new Token("the", 7, 10));
    assertThat(tokenizer(0).tokenize(raw))
        .contains(new Token(".@@", 0, 0), new Token("(", 6, 7))
        .last()
        .isEqualTo(new Token(";", 10, 11));
  }

  @Test
  void theWayBackUndoesEachStep() throws IOException {
    Tokenizer tokenizer = tokenizer(0);
    assertThat(tokenizer.detokenize(tokenizer.tokens("Is the dog (the 'big' one) here?")))
        .isEqualTo("Is the dog (the 'big' one) here?");
  }

  @Test
  void charactersOfWordsKnowWhereWordsEnd() {
    Tokenizer tokenizer =
        steps(
            List.of(
                Component.of(
                    Tokenizer.class,
                    "moses",
                    new MosesTokenizer.Config("en", false, false, Optional.empty()),
                    MosesTokenizer::new),
                Component.of(
                    Tokenizer.class,
                    "characters",
                    new NoKeys(),
                    keys -> new CharacterTokenizer())));
    assertThat(tokenizer.tokenize("Hi,  you"))
        .containsExactly(
            new Token("H", 0, 1),
            new Token("i", 1, 2),
            new Token(" ", 2, 2),
            new Token(",", 2, 3),
            new Token(" ", 3, 5),
            new Token("y", 5, 6),
            new Token("o", 6, 7),
            new Token("u", 7, 8));
    assertThat(tokenizer.detokenize(tokenizer.tokens("Hi,  you"))).isEqualTo("Hi, you");
  }

  @Test
  void noTextHasNoTokens() throws IOException {
    assertThat(tokenizer(0).tokenize("")).isEmpty();
    assertThat(tokenizer(0).detokenize(List.of())).isEmpty();
  }

  @Test
  void aStepThatSamplesDoesSoAmongOthers() throws IOException {
    assertThat(tokenizer(0).isStochastic()).isFalse();
    Tokenizer sampling = tokenizer(1);
    assertThat(sampling.isStochastic()).isTrue();
    assertThat(sampling.sampleTokenization("the", 1).stream().map(Token::text))
        .containsExactly("t@@", "h@@", "e");
    assertThat(sampling.tokens("the")).containsExactly("the");
  }
}
