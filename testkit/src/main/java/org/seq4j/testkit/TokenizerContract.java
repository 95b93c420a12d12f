package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;

/**
 * Contract of tokenizers. The author of a tokenizer extends it in a test of a few lines:
 *
 * <pre>{@code
 * class SyllableTokenizerTest extends TokenizerContract<SyllableTokenizer.Config> {
 *   protected String name() { return "syllables"; }
 *   protected SyllableTokenizer.Config config() {
 *     return new SyllableTokenizer.Config();
 *   }
 *   protected boolean lossless() { return true; }
 * }
 * }</pre>
 *
 * @param <C> the configuration of the tokenizer
 */
public abstract class TokenizerContract<C extends Record> {
  private static final List<String> PIECES =
      List.of(
          " ",
          "  ",
          "\t",
          "\r\n",
          "\n",
          "\r",
          "\u0000",
          "\u001F",
          "\u0085",
          "\u00A0",
          "\u2028",
          "\u200B",
          "\u3000",
          "\uFEFF",
          "\uFFFF",
          "a",
          "Z",
          "7",
          ".",
          "\\",
          "<s>",
          "\u2581",
          "\u00DF",
          "\u0130",
          "e\u0301",
          "\u0301",
          "\u0915\u094D\u0937\u093F",
          "\u1112\u1161\u11AB",
          "\u05D0",
          "\u4E2D",
          "\uD83D\uDE00",
          "\uD83D",
          "\uDE00",
          "\u200D",
          "\uFE0F",
          "\uD83C\uDDE9\uD83C\uDDEA",
          "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB");

  private static final ComponentRegistry REGISTRY = new PluginLoader().classPath();

  private Tokenizer tokenizer;

  /** Returns the name under which the plugin registers the tokenizer. */
  protected abstract String name();

  /** Returns a valid configuration. */
  protected abstract C config();

  /** Returns true if {@code detokenize(tokens(x))} is {@code x} for every text. */
  protected abstract boolean lossless();

  /**
   * Returns true if a second round trip changes nothing; used if the tokenizer is not {@link
   * #lossless}.
   */
  protected boolean isStableAfterOneRoundTrip() {
    return true;
  }

  /** Returns the folder that relative paths in the configuration are resolved against. */
  protected Path directory() {
    return Path.of("").toAbsolutePath();
  }

  /** Creates the tokenizer under test, as from a config file. */
  @BeforeEach
  protected void makeTokenizer() {
    tokenizer = create();
  }

  /** Returns the tokenizer under test. */
  protected final Tokenizer tokenizer() {
    return tokenizer;
  }

  private Tokenizer create() {
    return REGISTRY
        .component(Tokenizer.class, name(), config())
        .create(new ComponentContext(directory()));
  }

  /** Returns texts from plain to malformed; the same on every run. */
  protected List<String> texts() {
    Random random = new Random(1);
    List<String> texts = new ArrayList<>(PIECES);
    texts.add("The quick brown fox jumps over the lazy dog.");
    texts.add("  leading,\ttabs  and trailing ");
    for (int i = 0; i < 300; i++) {
      int length = random.nextInt(30);
      StringBuilder mixed = new StringBuilder();
      StringBuilder units = new StringBuilder();
      StringBuilder codePoints = new StringBuilder();
      for (int j = 0; j < length; j++) {
        mixed.append(PIECES.get(random.nextInt(PIECES.size())));
        units.append((char) random.nextInt(1 << 16));
        codePoints.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
      }
      texts.add(mixed.toString());
      texts.add(units.toString());
      texts.add(codePoints.toString());
    }
    return texts;
  }

  /** The empty text has no tokens. */
  @Test
  protected void theEmptyTextHasNoTokens() {
    assertThat(tokenizer.tokenize("")).isEmpty();
    assertThat(tokenizer.detokenize(List.of())).isEmpty();
  }

  /** Offsets are within the text, increase and do not overlap; tokens are not empty. */
  @Test
  protected void tokensStandInTheTextOneAfterAnother() {
    for (String text : texts()) {
      int position = 0;
      for (Token token : tokenizer.tokenize(text)) {
        assertThat(token.text()).as("token in %s", quoted(text)).isNotEmpty();
        assertThat(token.start()).as("start in %s", quoted(text)).isGreaterThanOrEqualTo(position);
        assertThat(token.end())
            .as("end in %s", quoted(text))
            .isBetween(token.start(), text.length());
        position = token.end();
      }
    }
  }

  /** Detokenizing restores the text or, if it is not lossless, a second round trip is stable. */
  @Test
  protected void detokenizingUndoesTokenizing() {
    for (String text : texts()) {
      String once = roundTrip(text);
      if (lossless()) {
        assertThat(once).as(quoted(text)).isEqualTo(text);
      } else if (isStableAfterOneRoundTrip()) {
        assertThat(roundTrip(once)).as(quoted(text)).isEqualTo(once);
      }
    }
  }

  /** Two tokenizers of the same configuration give the same tokens. */
  @Test
  protected void twoOfTheSameConfigurationAgree() {
    Tokenizer other = create();
    for (String text : texts()) {
      assertThat(other.tokenize(text)).as(quoted(text)).isEqualTo(tokenizer.tokenize(text));
    }
  }

  /** A tokenizer is thread-safe and has no state between texts. */
  @Test
  protected void manyThreadsGetTheSame() {
    List<String> texts = texts();
    List<List<Token>> expected = texts.stream().map(text -> create().tokenize(text)).toList();
    List<List<Token>> found =
        IntStream.range(0, 8 * texts.size())
            .parallel()
            .mapToObj(i -> tokenizer.tokenize(texts.get(i % texts.size())))
            .toList();
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isEqualTo(expected.get(i % expected.size()));
    }
  }

  /** Very long lines work, whatever their characters. */
  @Test
  protected void longLinesWork() {
    for (String piece : PIECES) {
      String text = piece.repeat(10_000);
      String once = roundTrip(text);
      // compared outside of the assertion, which would print both texts
      boolean kept =
          once.equals(lossless() ? text : isStableAfterOneRoundTrip() ? roundTrip(once) : once);
      assertThat(kept).as("round trip of a long line of %s", quoted(piece)).isTrue();
    }
  }

  /** A hundred thousand random texts and lines of a megabyte cause no exception. */
  @Test
  @Tag("slow")
  protected void keepsTheContractOnAnyText() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        switch (random.nextInt(4)) {
          case 0 -> text.append(PIECES.get(random.nextInt(PIECES.size())));
          case 1 -> text.append((char) random.nextInt(1 << 16));
          case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
          default -> text.append((char) (32 + random.nextInt(95)));
        }
      }
      checkPromises(text.toString());
    }
    for (String piece : PIECES) {
      checkPromises(piece.repeat(1_000_000 / piece.length()));
    }
  }

  private void checkPromises(String text) {
    List<Token> tokens = tokenizer.tokenize(text);
    int position = 0;
    for (Token token : tokens) {
      boolean placed =
          token.start() >= position && token.end() >= token.start() && token.end() <= text.length();
      if (!placed) {
        throw new AssertionError(token + " has wrong offsets in " + quoted(shortened(text)));
      }
      position = token.end();
    }
    String once = tokenizer.detokenize(tokens.stream().map(Token::text).toList());
    if (lossless()
        ? !once.equals(text)
        : isStableAfterOneRoundTrip() && !roundTrip(once).equals(once)) {
      throw new AssertionError(
          "the round trip does not restore the text: " + quoted(shortened(text)));
    }
  }

  private static String shortened(String text) {
    return text.length() < 200 ? text : text.substring(0, 200) + "...";
  }

  private String roundTrip(String text) {
    return tokenizer.detokenize(tokenizer.tokens(text));
  }

  /** Returns the text with escaped non-printable characters. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                quoted.append(
                    c > 32 && c < 127 ? "" + (char) c : String.format(Locale.ROOT, "\\u%04x", c)));
    return quoted.toString();
  }
}
