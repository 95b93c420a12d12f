package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.Token;
import org.seq4j.testkit.TokenizerContract;

class ByteTokenizerTest extends TokenizerContract<NoKeys> {

  @Override
  protected String name() {
    return "bytes";
  }

  @Override
  protected NoKeys config() {
    return new NoKeys();
  }

  @Override
  protected boolean lossless() {
    return true;
  }

  @Test
  void aCharacterIsItsBytes() {
    assertThat(tokenizer().tokenize("aß\uD83D\uDE00"))
        .containsExactly(
            new Token("<0x61>", 0, 1),
            new Token("<0xC3>", 1, 2),
            new Token("<0x9F>", 2, 2),
            new Token("<0xF0>", 2, 4),
            new Token("<0x9F>", 4, 4),
            new Token("<0x98>", 4, 4),
            new Token("<0x80>", 4, 4));
  }

  @Test
  void whatIsNoUtf8IsShownAsReplaced() {
    assertThat(tokenizer().detokenize(List.of("<0x61>", "<0xC3>", "<0x62>", "<unk>", "<0xF0>")))
        .isEqualTo("a\uFFFDb\uFFFD\uFFFD");
  }
}
