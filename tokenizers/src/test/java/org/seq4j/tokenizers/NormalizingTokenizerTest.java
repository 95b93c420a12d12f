package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class NormalizingTokenizerTest extends TokenizerContract<NormalizingTokenizer.Config> {

  @Override
  protected String name() {
    return "normalize";
  }

  @Override
  protected NormalizingTokenizer.Config config() {
    return new NormalizingTokenizer.Config("en");
  }

  @Override
  protected boolean lossless() {
    return false;
  }

  @Override
  protected boolean isStableAfterOneRoundTrip() {
    return false; // a later rule of Moses may make what an earlier one would rewrite
  }

  @Test
  void writesPunctuationInOneWay() {
    assertThat(tokenizer().tokenize("\u201EA\u201C \u2026 (b )"))
        .containsExactly(new Token("\"A\"", 0, 3), new Token("...", 4, 5), new Token("(b)", 6, 10));
    assertThat(tokenizer().detokenize(List.of("a", "b"))).isEqualTo("a b");
  }
}
