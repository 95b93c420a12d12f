package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.data.Example;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.translate.Translation;

final class DiagnosisTest {
  /** Of two sources; one of four numbers is always nearly the same. */
  private static final List<float[][]> ENCODED =
      List.of(
          new float[][] {{0.1f, 1, -1, 0.5f}, {0.2f, 1.001f, 1, 0.5f}},
          new float[][] {{0.3f, 0.999f, 0, 0.6f}});

  /** Answers that are all right, but for the first ones. */
  private static Diagnosis diagnosis(String... odd) {
    return diagnosis(List.of(odd), true);
  }

  private static Diagnosis diagnosis(List<String> odd, boolean finished) {
    List<Evaluation.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      String text = i < odd.size() ? odd.get(i) : "right " + i;
      boolean ended = finished || i >= odd.size();
      answers.add(
          new Evaluation.Answer(
              new Example("source " + i, List.of("right " + i)), translation(text, ended)));
    }
    return Diagnosis.of(
        new Evaluation(List.of(), List.of(), answers, List.of(), 0), 20, List.of(), ENCODED);
  }

  private static Translation translation(String text, boolean finished, float[]... attention) {
    List<Token> tokens =
        text.isEmpty()
            ? List.of()
            : Arrays.stream(text.split(" ", -1)).map(token -> new Token(token, 0, 0)).toList();
    Ending ending = finished ? Ending.END : Ending.LENGTH;
    return new Translation(
        "source",
        List.of(new Token("source", 0, 6)),
        List.of(new Translation.Candidate(text, tokens, 0, 0, ending, attention)),
        false);
  }

  @Test
  void nothingIsFoundInGoodAnswers() {
    Diagnosis good = diagnosis();
    assertThat(good.figures())
        .containsEntry("unknown", 0.0)
        .containsEntry("identical", 0.0)
        .containsEntry("length_ratio", 1.0)
        .doesNotContainKey("attention_entropy");
    assertThat(good.findings()).isEmpty();
  }

  @Test
  void unitsThatNeverChangeAreDead() {
    assertThat(diagnosis().figures()).containsEntry("dead_units", 0.25);
    assertThat(Diagnosis.deadUnits(List.of())).isEmpty();
    assertThat(Diagnosis.deadUnits(List.of(new float[] {1, 2}, new float[] {1, 2}))).hasValue(1);
  }

  @Test
  void onlyUnknown() {
    Diagnosis found =
        diagnosis(
            "<unk> <unk> a",
            "<unk> <unk> b",
            "<unk> <unk> c",
            "<unk> <unk> d",
            "<unk> <unk> e",
            "<unk> <unk> f",
            "<unk> <unk> g");
    assertThat(found.unknown()).isCloseTo(14 / 27.0, within(1e-12));
    assertThat(found.findings())
        .singleElement()
        .asString()
        .startsWith("52 % of the tokens in the hypotheses are unknown: usual at the beginning");
  }

  @Test
  void theSameAnswerForEverything() {
    Diagnosis found = diagnosis("the one", "the one", "the one", "the one", "the one", "the one");
    assertThat(found.identical()).isEqualTo(0.6);
    assertThat(found.findings())
        .singleElement()
        .asString()
        .startsWith("60 % of the hypotheses are the same: the model does not use the source");
  }

  @Test
  void neverStops() {
    Diagnosis found = diagnosis(List.of("a b c", "c b a", "b a c", "b c a"), false);
    assertThat(found.endless()).isEqualTo(0.4);
    assertThat(found.findings())
        .singleElement()
        .asString()
        .startsWith("40 % of the hypotheses reach the max length");
  }

  @Test
  void emptyAndRepeatingAndShort() {
    assertThat(diagnosis("", "", "", "", "", "").findings())
        .anyMatch(line -> line.startsWith("60 % of the hypotheses are empty"));
    assertThat(diagnosis("x y x y x y x y", "b a a a a", "d c c c c", "q q q q").findings())
        .singleElement()
        .asString()
        .startsWith("40 % of the hypotheses repeat themselves");
    List<String> halves = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "");
    assertThat(diagnosis(halves, true).findings())
        .singleElement()
        .asString()
        .startsWith("the hypotheses have 0.45 times as many tokens as the references");
  }

  @Test
  void unitsOfUpToThreeTokensRepeat() {
    assertThat(Diagnosis.repeats(List.of("a", "a", "a"))).isFalse();
    assertThat(Diagnosis.repeats(List.of("b", "a", "a", "a", "a"))).isTrue();
    assertThat(Diagnosis.repeats(List.of("a", "b", "a", "b", "a", "b"))).isFalse();
    assertThat(Diagnosis.repeats(List.of("a", "b", "a", "b", "a", "b", "a", "b"))).isTrue();
    assertThat(Diagnosis.repeats(List.of("a b c d e f g h i".split(" ", -1)))).isFalse();
  }

  @Test
  void attentionIsSpreadOrSharpAndAlongTheDiagonalOrNot() {
    float[][] sharp = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    assertThat(Attention.entropies(sharp)).containsExactly(0.0, 0.0, 0.0);
    assertThat(Attention.diagonality(sharp)).containsExactly(1.0, 1.0, 1.0);
    float[][] spread = {{0.25f, 0.25f, 0.25f, 0.25f}};
    assertThat(Attention.entropies(spread).sum()).isCloseTo(1, within(1e-9));
    float[][] backwards = {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}};
    assertThat(Attention.diagonality(backwards)).containsExactly(0.0, 1.0, 0.0);
  }
}
