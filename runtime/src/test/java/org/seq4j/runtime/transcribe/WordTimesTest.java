package org.seq4j.runtime.transcribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.translate.Translation;

class WordTimesTest {
  private static final int STRIDE = 8;

  /** Tokens of a text, each of which looks at one output. */
  private static Translation.Candidate candidate(
      String text, List<String> tokens, int outputs, int... looksAt) {
    List<Token> placed = new ArrayList<>();
    int from = 0;
    for (String token : tokens) {
      int start = text.indexOf(token, from);
      placed.add(new Token(token, start, start + token.length()));
      from = start + token.length();
    }
    float[][] attention = new float[looksAt.length][outputs];
    for (int i = 0; i < looksAt.length; i++) {
      attention[i][looksAt[i]] = 1;
    }
    return new Translation.Candidate(text, placed, -1, -1, Ending.END, attention);
  }

  private static Optional<List<WordTimes.Placed>> placed(
      Pauses pauses, Range part, Translation.Candidate candidate) {
    return TokenPlaces.byAttention(candidate, part, STRIDE)
        .flatMap(
            places ->
                new WordTimes(pauses, part, STRIDE)
                    .of(candidate.text(), candidate.tokens(), places.ranges()));
  }

  private static void assertPlaces(List<WordTimes.Placed> words, int[]... expected) {
    assertThat(words).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(words.get(i).range().start()).isCloseTo(expected[i][0], within(3));
      assertThat(words.get(i).range().end()).isCloseTo(expected[i][1], within(3));
    }
  }

  @Test
  void wordsBeginAndEndAtThePausesAroundThem() {
    Pauses pauses = Sounds.of(40, 100, 20, 100, 20, 100, 60);
    Translation.Candidate best =
        candidate("one two three", List.of("one", "two", "three"), 55, 6, 21, 40, 54);
    List<WordTimes.Placed> words = placed(pauses, new Range(0, 440), best).orElseThrow();
    assertThat(words).extracting(WordTimes.Placed::text).containsExactly("one", "two", "three");
    assertPlaces(words, new int[] {40, 140}, new int[] {160, 260}, new int[] {280, 380});
  }

  @Test
  void timesOfAPartAreThoseOfTheWholeSound() {
    Pauses pauses = Sounds.of(40, 100, 200, 100, 60);
    Translation.Candidate best = candidate("two", List.of("two"), 25, 10);
    assertPlaces(placed(pauses, new Range(300, 500), best).orElseThrow(), new int[] {340, 440});
  }

  @Test
  void withoutAPauseWordsMeetAtTheQuietestPosition() {
    float[] loudness = new float[400];
    for (int i = 0; i < loudness.length; i++) {
      loudness[i] =
          i < 40 || i >= 360 ? Sounds.QUIET : Sounds.LOUD - (Math.abs(i - 200) < 6 ? 5 : 0);
    }
    Translation.Candidate best = candidate("one two", List.of("one", "two"), 50, 10, 32);
    assertPlaces(
        placed(new Pauses(loudness, 200), new Range(0, 400), best).orElseThrow(),
        new int[] {40, 199},
        new int[] {199, 360});
  }

  @Test
  void aWordOfSeveralTokensLastsFromTheFirstToTheLast() {
    Pauses pauses = Sounds.of(40, 60, 20, 60, 20, 100, 60); // the first word has a pause in it
    Translation.Candidate best = candidate("ab c", List.of("a", "b", "c"), 45, 6, 18, 28);
    assertPlaces(
        placed(pauses, new Range(0, 360), best).orElseThrow(),
        new int[] {40, 180},
        new int[] {200, 300});
  }

  @Test
  void aWordThatIsHeardTooEarlyBeginsWhereThePauseEnds() {
    Pauses pauses = Sounds.of(40, 100, 200, 100, 60);
    Translation.Candidate best = candidate("one two", List.of("one", "two"), 63, 10, 28);
    assertPlaces(
        placed(pauses, new Range(0, 500), best).orElseThrow(),
        new int[] {40, 140},
        new int[] {340, 440});
  }

  @Test
  void attentionThatJumpsBackIsPutInOrder() {
    float[][] attention = {
      {0.1f, 0.8f, 0.1f, 0, 0},
      {0.55f, 0, 0, 0.4f, 0.05f}, // looks back to the first, but the fourth is possible
      {0, 0, 0, 0.1f, 0.9f}
    };
    assertThat(MonotoneAlignment.of(attention)).containsExactly(1, 3, 4);
  }

  @Test
  void withoutAttentionThereAreNoTimes() {
    Pauses pauses = Sounds.of(40, 100, 40);
    Range whole = new Range(0, 180);
    Translation.Candidate words =
        new Translation.Candidate(
            "one", List.of(new Token("one", 0, 3)), -1, -1, Ending.END, new float[0][]);
    Translation.Candidate nothing =
        new Translation.Candidate("", List.of(), -1, -1, Ending.END, new float[0][]);
    assertThat(placed(pauses, whole, words)).isEmpty();
    assertThat(placed(pauses, whole, nothing)).isEqualTo(Optional.of(List.of()));
  }
}
