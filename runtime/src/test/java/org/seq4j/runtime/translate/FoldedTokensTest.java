package org.seq4j.runtime.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.VocabularyConfig;

class FoldedTokensTest {
  private final CountedVocabulary target =
      CountedVocabulary.counting().add(List.of("bath", "Bath", "inn")).build(VocabularyConfig.ALL);
  private final ExtendedVocabulary vocabulary =
      new ExtendedVocabulary(List.of("BATH", "Lion", "lion", "inn", "Lion"), target);
  private final FoldedTokens folded = new FoldedTokens(FoldedTokens.of(target), vocabulary);

  @Test
  void tokensOfTheTargetAndTheSourceAreTheSameInAnyCase() {
    List<Integer> bath = List.of(target.id("bath"), target.id("Bath"), vocabulary.id("BATH"));
    assertThat(bath).extracting(folded::first).containsOnly(folded.first(bath.get(0)));
    assertThat(folded.all(folded.first(bath.get(2)))).containsExactlyInAnyOrderElementsOf(bath);
    assertThat(folded.all(folded.first(vocabulary.id("lion"))))
        .containsExactlyInAnyOrder(vocabulary.id("lion"), vocabulary.id("Lion"));
    assertThat(folded.all(folded.first(target.id("inn")))).containsExactly(target.id("inn"));
  }

  @Test
  void aTokenIsFoundInAnotherCase() {
    assertThat(folded.id("LION")).isIn(vocabulary.id("lion"), vocabulary.id("Lion"));
    assertThat(folded.id("Lion")).isEqualTo(vocabulary.id("Lion"));
    assertThat(folded.id("bear")).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(folded.first(Vocabulary.UNKNOWN)).isEqualTo(Vocabulary.UNKNOWN);
    assertThat(folded.all(Vocabulary.UNKNOWN)).containsExactly(Vocabulary.UNKNOWN);
  }
}
