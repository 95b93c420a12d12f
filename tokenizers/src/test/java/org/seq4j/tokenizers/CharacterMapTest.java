package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are those of SentencePieceNormalizer of sentencepiece 0.2.2. */
class CharacterMapTest {
  private static final CharacterMap NMT = CharacterMap.named("nmt_nfkc");
  private static final CharacterMap NFKC = CharacterMap.named("nfkc");

  @ParameterizedTest
  @CsvSource({
    "\uff41\uff42\uff11 \u2460, ab1 1",
    "\ufb01 \u00bd \u337f \u3314, fi 1\u20442 \u682a\u5f0f\u4f1a\u793e \u30ad\u30ed",
    "e\u0301 \u212b \uac00, \u00e9 \u00c5 \uac00",
    "\u30ab\u3099 \uff76\uff9e, \u30ac \u30ac",
    "\u2018a\u2019 \u201cb\u201d \u2026 \u2014, \u2018a\u2019 \u201cb\u201d ... \u2014",
    "plain \ud83d\ude00 text, plain \ud83d\ude00 text",
  })
  void bothMapsHaveNfkc(String text, String expected) {
    assertThat(NMT.normalize(text)).isEqualTo(expected);
    assertThat(NFKC.normalize(text)).isEqualTo(expected);
  }

  @Test
  void onlyNmtHasRulesForSpacesAndControls() {
    assertThat(NMT.normalize("a\tb\u00a0c\u3000d")).isEqualTo("a b c d");
    assertThat(NFKC.normalize("a\tb\u00a0c\u3000d")).isEqualTo("a\tb c d");
    assertThat(NMT.normalize("x\u200by\u0007z\u200e\ufeff")).isEqualTo("x yz  ");
    assertThat(NFKC.normalize("x\u200by\u0007z")).isEqualTo("x\u200by\u0007z");
    assertThat(NMT.normalize("\uff5e")).isEqualTo("\uff5e"); // nmt keeps it
    assertThat(NFKC.normalize("\uff5e")).isEqualTo("~");
  }
}
