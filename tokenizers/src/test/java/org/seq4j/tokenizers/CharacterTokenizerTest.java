package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class CharacterTokenizerTest extends TokenizerContract<NoKeys> {

  @Override
  protected String name() {
    return "characters";
  }

  @Override
  protected NoKeys config() {
    return new NoKeys();
  }

  @Override
  protected boolean lossless() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "e\u0301\u0323", // two marks
        "\u1112\u1161\u11AB", // Hangul in jamo
        "\uAC00\u11A8", // a Hangul syllable with a final consonant
        "\r\n",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66", // family
        "\uD83D\uDC4B\uD83C\uDFFD", // skin tone
        "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB", // skin tone and profession
        "\u2764\uFE0F\u200D\uD83D\uDD25", // heart on fire
        "1\uFE0F\u20E3", // keycap
        "\uD83C\uDDE9\uD83C\uDDEA", // flag
        "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", // England
        "\u0928\u093F", // Devanagari vowel sign
        "\u0E01\u0E33", // Thai vowel sign
      })
  void oneCharacterToTheReaderIsOneToken(String character) {
    assertThat(tokenizer().tokens("x" + character + character + "y"))
        .containsExactly("x", character, character, "y");
  }

  @Test
  void spacesAreTokens() {
    assertThat(tokenizer().tokenize("a b"))
        .containsExactly(new Token("a", 0, 1), new Token(" ", 1, 2), new Token("b", 2, 3));
  }

  @Test
  void offsetsCountUtf16Units() {
    assertThat(tokenizer().tokenize("\uD83D\uDE00e\u0301."))
        .containsExactly(
            new Token("\uD83D\uDE00", 0, 2), new Token("e\u0301", 2, 4), new Token(".", 4, 5));
  }

  @Test
  void anUnpairedSurrogateStandsAlone() {
    assertThat(tokenizer().tokens("a\uD83Db\uDE00")).containsExactly("a", "\uD83D", "b", "\uDE00");
  }

  @Test
  void theShortCutChangesNothing() {
    Pattern cluster = Pattern.compile("\\X");
    List<Character> units = new ArrayList<>();
    for (char unit = 0; unit < 0x500; unit++) {
      units.add(unit);
    }
    for (char unit = 0x3000; unit < 0x3100; unit++) {
      units.add(unit);
    }
    for (char unit = 0x4DFE; unit < 0xA000; unit = (char) (unit + 97)) {
      units.add(unit);
    }
    for (char first : units) {
      StringBuilder text = new StringBuilder();
      for (char second : units) {
        text.append(first).append(second);
      }
      List<String> expected = cluster.matcher(text).results().map(r -> r.group()).toList();
      assertThat(tokenizer().tokens(text.toString()).equals(expected))
          .as("after %04X", (int) first)
          .isTrue();
    }
  }
}
