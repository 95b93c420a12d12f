package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.data.Example;

final class BaselineTest {
  private static final String SOURCE = " A small  tool. It reads files, and writes others.";

  private static List<Example> none() {
    throw new AssertionError("no training data are needed");
  }

  @ParameterizedTest
  @CsvSource({
    "lead:3, A small tool.",
    "lead:100, 'A small tool. It reads files, and writes others.'",
    "first-sentence, A small  tool.",
    "copy, ' A small  tool. It reads files, and writes others.'"
  })
  void theSourceItselfAnswers(String name, String expected) {
    assertThat(Baseline.of(name, BaselineTest::none).answers(List.of(SOURCE)))
        .containsExactly(expected);
  }

  @Test
  void nearestWeighsWordsByTheirRarity() {
    List<Example> train =
        List.of(
            new Example("a library to read a picture", List.of("pictures")),
            new Example("a library to read a book", List.of("books")),
            new Example("a game", List.of("game")),
            new Example("a library to read", List.of("reading")));
    Baseline nearest = Baseline.of("nearest", () -> train);
    // More of the words are those of the last example, but "picture" is rare.
    assertThat(nearest.answers(List.of("a library that shows a PICTURE.", "nothing", "a game!")))
        .containsExactly("pictures", "pictures", "game");
  }

  @Test
  void nearestWithoutTrainingDataIsEmpty() {
    assertThat(Baseline.of("nearest", List::of).answers(List.of("a"))).containsExactly("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lead", "lead:0", "lead:-1", "lead:9999999", "Copy", ""})
  void otherNamesAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baseline.of(name, BaselineTest::none))
        .withMessage(
            "no baseline named '%s'; there are lead:N, first-sentence, copy, nearest", name);
  }
}
