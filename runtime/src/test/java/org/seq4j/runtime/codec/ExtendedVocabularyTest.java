package org.seq4j.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.VocabularyConfig;

class ExtendedVocabularyTest {
  private static final CountedVocabulary TARGET =
      CountedVocabulary.counting().add(List.of("the", "of")).build(VocabularyConfig.ALL);
  private static final int V = TARGET.size();

  private final ExtendedVocabulary copies =
      new ExtendedVocabulary(List.of("the", "Zog", "of", "Zog", "Yu"), TARGET);

  @Test
  void whatTheTargetDoesNotKnowHasTheFirstPositionInTheSource() {
    TokenIds source = copies.ofSource(new TokenIds(9, 8, 7, 8, 1));
    assertThat(source.ids()).containsExactly(9, 8, 7, 8, 1);
    assertThat(source.copies())
        .containsExactly(TARGET.id("the"), V + 1, TARGET.id("of"), V + 1, V + 4);
  }

  @Test
  void aTargetCopiesWhatItDoesNotKnowAndTheSourceHas() {
    List<String> tokens = List.of("Yu", "the", "Xi", "Zog");
    TokenIds target = copies.ofTarget(tokens, new TokenIds(TARGET.encode(tokens)));
    assertThat(target.copies()).containsExactly(V + 4, TARGET.id("the"), Vocabulary.UNKNOWN, V + 1);
    assertThat(target.ids())
        .containsExactly(
            Vocabulary.UNKNOWN, TARGET.id("the"), Vocabulary.UNKNOWN, Vocabulary.UNKNOWN);
  }

  @Test
  void numbersAreReadBack() {
    assertThat(copies.decode(List.of(V + 1, TARGET.id("of"), V + 4, Vocabulary.END)))
        .containsExactly("Zog", "of", "Yu");
  }
}
