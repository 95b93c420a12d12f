package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.text.ColumnsTokenizer;
import org.seq4j.runtime.text.ColumnsTokenizer.Column;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.testkit.TokenizerContract;

/** A tokenizer for each column of a text: a lemma in characters, its features as words. */
final class ColumnsTokenizerTest extends TokenizerContract<ColumnsTokenizer.Config> {
  private static final Component<Tokenizer> CHARACTERS =
      Component.of(Tokenizer.class, "characters", new NoKeys(), keys -> new CharacterTokenizer());
  private static final Component<Tokenizer> WORDS =
      Component.of(Tokenizer.class, "whitespace", new NoKeys(), keys -> new WhitespaceTokenizer());

  @Override
  protected String name() {
    return "columns";
  }

  @Override
  protected ColumnsTokenizer.Config config() {
    return separatedBy("\t");
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  private static ColumnsTokenizer.Config separatedBy(String separator) {
    return new ColumnsTokenizer.Config(
        List.of(new Column(List.of(CHARACTERS)), new Column(List.of(WORDS))),
        separator,
        "<sep>",
        false);
  }

  @Test
  void eachColumnHasItsTokenizer() {
    List<Token> tokens = tokenizer().tokenize("ev\tN  PL");
    assertThat(tokens)
        .containsExactly(
            new Token("e", 0, 1),
            new Token("v", 1, 2),
            new Token("<sep>", 2, 3),
            new Token("N", 3, 4),
            new Token("PL", 6, 8));
    assertThat(tokenizer().detokenize(tokens.stream().map(Token::text).toList()))
        .isEqualTo("ev\tN PL");
  }

  @Test
  void aTextMayHaveFewerColumnsOrMore() {
    assertThat(tokenizer().tokens("ev")).containsExactly("e", "v");
    assertThat(tokenizer().tokens("\tN")).containsExactly("<sep>", "N");
    Tokenizer bars = new ColumnsTokenizer(separatedBy(" | "), new ComponentContext(Path.of("")));
    assertThat(bars.tokens("e | N | PL")).containsExactly("e", "<sep>", "N", "|", "PL");
  }

  @Test
  void aColumnNeedsATokenizer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Column(List.of()))
        .withMessage("tokenizer: expected a tokenizer, or a list of them, got an empty list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b"})
  void aMarkIsOneToken(String mark) {
    List<Column> columns = List.of(new Column(List.of(WORDS)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ColumnsTokenizer.Config(columns, "\t", mark, false))
        .withMessage("mark: expected a token without spaces, got '" + mark + "'");
  }

  @Test
  void theMarkIsKnownAndStandsBetweenColumnsOnly() {
    assertThat(tokenizer().columns()).contains(new Tokenizer.Columns(2, "<sep>", false));
    List<Token> tokens = tokenizer().tokenize("e\t<sep> <sep>' <sep>x");
    assertThat(tokens)
        .extracting(Token::text)
        .containsExactly("e", "<sep>", "<sep>'", "<sep>''", "<sep>x");
    assertThat(tokenizer().detokenize(tokens.stream().map(Token::text).toList()))
        .isEqualTo("e\t<sep> <sep>' <sep>x");
  }

  @Test
  void onlyTheLastTokenizerOfAChainHasColumns() {
    Component<Tokenizer> columns =
        Component.of(Tokenizer.class, "columns", config(), ColumnsTokenizer::new);
    assertThat(chain(WORDS, columns).columns()).isPresent();
    assertThat(chain(columns, WORDS).columns()).isEmpty();
  }

  private static Tokenizer chain(Component<Tokenizer> first, Component<Tokenizer> second) {
    return SequenceConfig.ofText(List.of(first, second), VocabularyConfig.ALL, 9)
        .createTokenizer(new ComponentContext(Path.of("")));
  }
}
