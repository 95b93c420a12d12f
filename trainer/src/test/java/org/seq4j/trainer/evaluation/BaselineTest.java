package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.metric.SlotValues;

final class BaselineTest {
  private static final String SOURCE = " A small  tool. It reads files, and writes others.";

  private static List<Example> none() {
    throw new AssertionError("no training data are needed");
  }

  private static ActionFormat noActions() {
    throw new AssertionError("no form of actions is needed");
  }

  @ParameterizedTest
  @CsvSource({
    "lead:3, A small tool.",
    "lead:100, 'A small tool. It reads files, and writes others.'",
    "first-sentence, A small  tool.",
    "copy, ' A small  tool. It reads files, and writes others.'"
  })
  void theSourceItselfAnswers(String name, String expected) {
    assertThat(
            Baseline.of(name, BaselineTest::none, BaselineTest::noActions).answers(List.of(SOURCE)))
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
    Baseline nearest = Baseline.of("nearest", () -> train, BaselineTest::noActions);
    // More of the words are those of the last example, but "picture" is rare.
    assertThat(nearest.answers(List.of("a library that shows a PICTURE.", "nothing", "a game!")))
        .containsExactly("pictures", "pictures", "game");
  }

  @Test
  void nearestWithoutTrainingDataIsEmpty() {
    assertThat(Baseline.of("nearest", List::of, BaselineTest::noActions).answers(List.of("a")))
        .containsExactly("");
  }

  private static String template(List<Example> train, String source) {
    ActionFormat format =
        new ActionFormat(new SlotValues(SlotValues.DEFAULT), Optional.of(" <actions> "));
    return Baseline.of("template", () -> train, () -> format).answers(List.of(source)).get(0);
  }

  private static Example example(String source, String reply) {
    return new Example(source, List.of(reply));
  }

  @Test
  void aTemplateIsTheMostFrequentReplyToTheSameActionsWithTheValuesOfTheSource() {
    List<Example> train =
        List.of(
            example("a <actions> OFFER name = Lion ; OFFER city = Bath", "Go to lion in BATH!"),
            example("b <actions> OFFER name = Bear ; OFFER city = York", "Bear in York, or York?"),
            example("c <actions> OFFER name = Wolf ; OFFER city = Bath", "Wolf in Bath, or Bath?"),
            example("d <actions> OFFER name = Lion ; OFFER city = York", "Go to Lion in Leeds!"),
            example("e <actions> REQUEST city = Lion | Bath", "Lion or Bath?"));
    assertThat(template(train, "x <actions> OFFER name = Red Fox ; OFFER city = New York"))
        .isEqualTo("Red Fox in New York, or New York?");
    assertThat(template(train, "a <actions> REQUEST city = Bath | $1 \\"))
        .isEqualTo("Bath or $1 \\?");
  }

  @Test
  void ofRepliesThatLeaveOutValuesThoseWithTheSameValuesArePreferred() {
    List<Example> train =
        List.of(
            example("a <actions> INFORM garden = True", "Yes, it has."),
            example("b <actions> INFORM garden = True", "Yes, it has."),
            example("c <actions> INFORM garden = False", "No, it has none."));
    assertThat(template(train, "x <actions> INFORM garden = false")).isEqualTo("No, it has none.");
    assertThat(template(train, "x <actions> INFORM garden = True")).isEqualTo("Yes, it has.");
    assertThat(template(train, "x <actions> INFORM garden = dontcare")).isEqualTo("Yes, it has.");
  }

  @Test
  void longValuesAreReplacedBeforeShortOnesWithinThem() {
    List<Example> train =
        List.of(example("g <actions> A x = 4 ; A y = Route 4", "Route 4, for 4."));
    assertThat(template(train, "h <actions> A x = 2 ; A y = Road 7")).isEqualTo("Road 7, for 2.");
  }

  @Test
  void actionsThatNeverOccurredLoseTheLastOneAndAtLastTheNearestSourceAnswers() {
    List<Example> train =
        List.of(
            example("good bye now <actions> GOODBYE", "Bye!"),
            example("what is its rating? <actions> INFORM rating = 4.0", "It is 4.0."));
    assertThat(template(train, "h <actions> INFORM rating = 3.5 ; REQ_MORE ; GOODBYE"))
        .isEqualTo("It is 3.5.");
    assertThat(template(train, "rating? <actions> OFFER name = Lion ; REQ_MORE"))
        .isEqualTo("It is 4.0.");
    assertThat(template(List.of(), "h <actions> REQ_MORE")).isEmpty();
  }

  @Test
  void withoutASeparatorTheWholeSourceConsistsOfActions() {
    List<Example> train = List.of(example("INFORM rating = 4.0", "It is 4.0."));
    ActionFormat format = new ActionFormat(new SlotValues(SlotValues.DEFAULT), Optional.empty());
    assertThat(
            Baseline.of("template", () -> train, () -> format)
                .answers(List.of("INFORM rating = 3")))
        .containsExactly("It is 3.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lead", "lead:0", "lead:-1", "lead:9999999", "Copy", ""})
  void otherNamesAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baseline.of(name, BaselineTest::none, BaselineTest::noActions))
        .withMessage(
            "no baseline named '%s'; there are lead:N, first-sentence, copy, nearest, template",
            name);
  }
}
