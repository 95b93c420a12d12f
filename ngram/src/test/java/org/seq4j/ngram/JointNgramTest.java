package org.seq4j.ngram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JointNgramTest {
  private static final int BEAM = 1000;

  /**
   * Words of an invented language, in which c is TS before i, and K elsewhere; final e is silent.
   */
  private static List<PairExample> words(int count) {
    Random random = new Random(1);
    List<PairExample> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = 1 + random.nextInt(4); length > 0; length--) {
        word.append("bcdft".charAt(random.nextInt(5))).append("aieo".charAt(random.nextInt(4)));
      }
      words.add(new PairExample(List.of(word.toString().split("")), sounds(word.toString())));
    }
    return words;
  }

  private static List<String> sounds(String word) {
    List<String> sounds = new ArrayList<>();
    for (int i = 0; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (letter == 'c' && word.charAt(i + 1) == 'i') {
        sounds.addAll(List.of("T", "S"));
      } else if (!(letter == 'e' && i == word.length() - 1)) {
        sounds.add(letter == 'c' ? "K" : String.valueOf(Character.toUpperCase(letter)));
      }
    }
    return sounds;
  }

  private static JointNgram trained(int order) {
    return JointNgram.train(words(400), new JointNgram.Settings(order, 10)).model();
  }

  @Test
  void newWordsArePronounced() {
    JointNgram model = trained(4);
    for (String word : List.of("cicaco", "fotacide", "tecicife")) {
      assertThat(model.answer(List.of(word.split("")), 50, 1).get(0).target())
          .isEqualTo(sounds(word));
    }
  }

  @Test
  void answersAreDistinctAndTheBestComesFirst() {
    List<JointNgram.Answer> answers = trained(3).answer(List.of("b", "e", "c", "e"), BEAM, 10);
    assertThat(answers).hasSizeGreaterThan(2);
    assertThat(answers.stream().map(JointNgram.Answer::target)).doesNotHaveDuplicates();
    assertThat(answers).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
    for (JointNgram.Answer answer : answers) {
      assertThat(trained(3).score(List.of("b", "e", "c", "e"), answer.target()))
          .isCloseTo(answer.score(), within(1e-9));
    }
  }

  @Test
  void anUnknownLetterHasNoAnswer() {
    assertThat(trained(2).answer(List.of("b", "x"), BEAM, 3)).isEmpty();
    assertThat(trained(2).score(List.of("b", "x"), List.of("B")))
        .isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void aScoreIsTheSumOverAllAlignmentsOfAllTargetsThatAreReached() {
    JointNgram model = trained(3);
    List<String> source = List.of("c", "i");
    double all = 0;
    for (JointNgram.Answer answer : model.answer(source, 100_000, 100_000)) {
      all += Math.exp(model.score(source, answer.target()));
    }
    double joint = 0; // of the same source, as one sum over the answers of the search
    for (JointNgram.Answer answer : model.answer(source, 100_000, 100_000)) {
      joint += Math.exp(answer.score());
    }
    assertThat(all).isCloseTo(joint, within(1e-12));
  }

  @Test
  void whatCannotBeAlignedHasAFloorThatCountsItsFaults() {
    JointNgram model = trained(3);
    List<String> source = List.of("b", "a", "d", "o");
    double right = model.scoreOrFloor(source, List.of("B", "A", "D", "O"));
    double one = model.scoreOrFloor(source, List.of("B", "A", "D", "X"));
    double two = model.scoreOrFloor(source, List.of("B", "A", "X", "X"));
    double longer =
        model.scoreOrFloor(source, List.of("X", "X", "X", "X", "X", "X", "X", "X", "X"));
    assertThat(right).isEqualTo(model.score(source, List.of("B", "A", "D", "O")));
    assertThat(model.score(source, List.of("B", "A", "D", "X")))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(List.of(right, one, two, longer))
        .isSortedAccordingTo(Comparator.reverseOrder())
        .allMatch(Double::isFinite);
    assertThat(one).isLessThan(right - 10);
    assertThat(model.scoreOrFloor(List.of("x"), List.of())).isFinite();
    assertThat(model.scoreOrFloor(List.of(), List.of("B"))).isFinite();
  }

  @Test
  void itsTokensAreThoseOfItsPairs() {
    assertThat(trained(2).sourceTokens())
        .containsExactly("a", "b", "c", "d", "e", "f", "i", "o", "t");
    assertThat(trained(2).targetTokens()).contains("K", "S", "T").doesNotContain("C", "c");
  }

  @Test
  void examplesWithoutAnAlignmentAreCounted() {
    List<PairExample> words = words(50);
    words.add(new PairExample(List.of("b"), List.of("A", "B", "C")));
    assertThat(JointNgram.train(words, new JointNgram.Settings(2, 3)).unaligned()).isEqualTo(1);
  }

  @Test
  void aModelIsReadAsItWasWritten() throws IOException {
    JointNgram model = trained(4);
    StringWriter file = new StringWriter();
    model.write(file);
    JointNgram read = JointNgram.read(file.toString().lines().iterator());
    for (PairExample word : words(100)) {
      assertThat(read.answer(word.source(), 50, 5)).isEqualTo(model.answer(word.source(), 50, 5));
    }
    StringWriter again = new StringWriter();
    read.write(again);
    assertThat(again).hasToString(file.toString());
  }

  @Test
  void tokensMayBeAnyText() throws IOException {
    List<PairExample> words =
        List.of(
            new PairExample(List.of("_", "}", "|"), List.of("%", "<s>", " ")),
            new PairExample(List.of("ä", "😀"), List.of("ü", "\t")));
    JointNgram model = JointNgram.train(words, new JointNgram.Settings(2, 3)).model();
    StringWriter file = new StringWriter();
    model.write(file);
    JointNgram read = JointNgram.read(file.toString().lines().iterator());
    for (PairExample word : words) {
      assertThat(read.answer(word.source(), 50, 1).get(0).target()).isEqualTo(word.target());
    }
  }

  @Test
  void aDamagedFileIsDescribed() throws IOException {
    StringWriter file = new StringWriter();
    trained(2).write(file);
    String text = file.toString();
    damaged("", "line 0: the file is truncated");
    damaged("hello\n", "line 1: expected \\data\\, with which a file of the ARPA format begins");
    damaged(text.substring(0, text.length() / 2) + "\n", "line ");
    damaged(text.replace("\\end\\", "\\3-grams:"), "expected \\end\\, got '\\3-grams:'");
    damaged(text.replaceFirst("-\\d+\\.\\d+\t", "x\t"), "expected a number, got 'x'");
  }

  private static void damaged(String text, String message) {
    Iterator<String> lines = text.lines().iterator();
    assertThatThrownBy(() -> JointNgram.read(lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
