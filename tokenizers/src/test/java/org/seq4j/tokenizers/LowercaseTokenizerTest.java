package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class LowercaseTokenizerTest extends TokenizerContract<NoKeys> {

  @Override
  protected String name() {
    return "lowercase";
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
  void writesInLowerCase() {
    assertThat(tokenizer().tokenize("\u00C4B  \u0130x \u03A3\u039F\u03A3"))
        .containsExactly(
            new Token("\u00E4b", 0, 2),
            new Token("i\u0307x", 4, 6),
            new Token("\u03C3\u03BF\u03C3", 7, 10));
    assertThat(tokenizer().detokenize(List.of("a", "b"))).isEqualTo("a b");
  }
}
