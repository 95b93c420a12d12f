package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class WhitespaceTokenizerTest extends TokenizerContract<NoKeys> {

  @Override
  protected String name() {
    return "whitespace";
  }

  @Override
  protected NoKeys config() {
    return new NoKeys();
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  @Test
  void wordsAreWhatIsBetweenWhiteSpace() {
    assertThat(tokenizer().tokenize(" HH AH0\t\tL "))
        .containsExactly(new Token("HH", 1, 3), new Token("AH0", 4, 7), new Token("L", 9, 10));
  }

  @Test
  void oneSpaceJoinsWords() {
    assertThat(tokenizer().detokenize(List.of("HH", "AH0", "L"))).isEqualTo("HH AH0 L");
  }

  @Test
  void nothingButWhiteSpaceHasNoWords() {
    assertThat(tokenizer().tokenize(" \t\u00A0\u3000\r\n")).isEmpty();
  }

  @Test
  void whiteSpaceIsThatOfPython() {
    // [hex(c) for c in range(0x110000) if not chr(c).split()]
    int[] python = {
      0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001,
      0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
      0x202f, 0x205f, 0x3000
    };
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> tokenizer().tokenize(Character.toString(c)).isEmpty()))
        .containsExactly(IntStream.of(python).boxed().toArray(Integer[]::new));
  }
}
