package org.seq4j.trainer.training.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.trainer.training.Toy;

/** The lengths that answers may have in a validation. */
final class ValidationSearchTest {
  private static final TextCodec WORDS = Toy.letters();
  private static final int LONGEST = 3; // so the bound is 16
  private static final int MAX_SOURCE = 50;

  private static int max(SearchConfig configured, int source) {
    SearchConfig search =
        new ValidationSearch(configured, WORDS, MAX_SOURCE, LONGEST)
            .apply(new TextValue("a ".repeat(source).strip()));
    assertThat(search.type()).isEqualTo(SearchConfig.Type.GREEDY);
    return search.length().maxFor(Math.min(source, MAX_SOURCE));
  }

  @Test
  void anAnswerEndsAtAMultipleOfTheLongestReference() {
    assertThat(max(SearchConfig.beam(5), 40)).isEqualTo(16);
    assertThat(max(SearchConfig.beam(5), 90)).isEqualTo(16);
  }

  @Test
  void noAnswerMayBeLongerThanInTheConfiguredSearch() {
    assertThat(max(SearchConfig.beam(5), 2)).isEqualTo(14);
    assertThat(max(SearchConfig.beam(5).with("length.max", 7), 40)).isEqualTo(7);
  }

  @Test
  void aMinimumOfTheConfiguredSearchHolds() {
    assertThat(max(SearchConfig.beam(5).with("length.min", 20), 40)).isEqualTo(90);
    assertThat(max(SearchConfig.beam(5).with("length.min_ratio", 0.5), 40)).isEqualTo(90);
  }

  @Test
  void theLongestReferenceIsThatOfAllReferences() {
    List<ExampleValue> references = List.of(new TextValue("a"), new TextValue("a b c"));
    assertThat(ValidationSearch.longest(WORDS, references)).isEqualTo(LONGEST);
  }
}
