package org.seq4j.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

  private static Vocabulary of(String... symbols) {
    return Vocabulary.counting().add(List.of(symbols)).build(VocabularyConfig.ALL);
  }

  private static List<String> ordinary(Vocabulary vocabulary) {
    return IntStream.range(4, vocabulary.size()).mapToObj(vocabulary::symbol).toList();
  }

  @Test
  void specialSymbolsComeFirst() {
    Vocabulary vocabulary = of("a");
    assertThat(vocabulary.symbol(Vocabulary.PAD)).isEqualTo("<pad>");
    assertThat(vocabulary.symbol(Vocabulary.UNKNOWN)).isEqualTo("<unk>");
    assertThat(vocabulary.symbol(Vocabulary.BEGIN)).isEqualTo("<s>");
    assertThat(vocabulary.symbol(Vocabulary.END)).isEqualTo("</s>");
    assertThat(vocabulary.symbol(4)).isEqualTo("a");
    assertThat(vocabulary.size()).isEqualTo(5);
  }

  @Test
  void frequentSymbolsComeFirstThenCodePointsDecide() {
    // U+1F600 is after U+FF21, though its first UTF-16 unit is below that.
    assertThat(ordinary(of("\uD83D\uDE00", "\uFF21", "b", "ab", "a", "z", "z")))
        .containsExactly("z", "a", "ab", "b", "\uFF21", "\uD83D\uDE00");
  }

  @Test
  void rareSymbolsAreLeftOut() {
    Vocabulary vocabulary =
        Vocabulary.counting()
            .add(List.of("a", "a", "b", "c", "c"))
            .build(new VocabularyConfig(2, Optional.empty()));
    assertThat(ordinary(vocabulary)).containsExactly("a", "c");
  }

  @Test
  void theSizeLimitsOrdinarySymbols() {
    Vocabulary vocabulary =
        Vocabulary.counting()
            .add(List.of("a", "b", "b", "c", "c", "c"))
            .build(new VocabularyConfig(1, Optional.of(2)));
    assertThat(ordinary(vocabulary)).containsExactly("c", "b");
  }

  @Test
  void countsTellHowOftenSymbolsOccurredAndHowMuchWasLeftOut() {
    Vocabulary vocabulary =
        Vocabulary.counting()
            .add(List.of("a", "a", "b"))
            .add(List.of("a", "c"))
            .build(new VocabularyConfig(2, Optional.empty()));
    assertThat(vocabulary.count(4)).isEqualTo(3);
    assertThat(vocabulary.count(Vocabulary.UNKNOWN)).isEqualTo(2);
    assertThat(vocabulary.count(Vocabulary.END)).isZero();
  }

  @Test
  void symbolsThatWereNotCountedAreUnknown() {
    assertThat(of("a", "b", "b").encode(List.of("a", "x", "b"))).containsExactly(5, 1, 4);
  }

  @Test
  void aSymbolSpeltLikeASpecialOneIsUnknown() {
    assertThat(of("a").encode(Vocabulary.SPECIALS)).containsOnly(Vocabulary.UNKNOWN);
  }

  @Test
  void aSymbolSpeltLikeASpecialOneHasItsOwnIdIfCounted() {
    Vocabulary vocabulary = of("</s>");
    assertThat(vocabulary.id("</s>")).isEqualTo(4);
    assertThat(vocabulary.decode(4, Vocabulary.END)).containsExactly("</s>");
  }

  @Test
  void decodingDropsSpecialSymbolsButShowsUnknownOnes() {
    assertThat(of("a").decode(2, 4, 1, 4, 3, 0, 0)).containsExactly("a", "<unk>", "a");
  }

  @Test
  void anIdBeyondTheLastIsAnError() {
    Vocabulary vocabulary = of("a");
    assertThatThrownBy(() -> vocabulary.symbol(5)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void noSymbolsAtAllIsAnError() {
    Vocabulary.Builder empty = Vocabulary.counting().add(List.of());
    assertThatThrownBy(() -> empty.build(VocabularyConfig.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The vocabulary would be empty: the training text has no symbols. Check that its file is"
                + " not empty and that the tokenizer fits it.");
  }

  @Test
  void noFrequentSymbolIsAnError() {
    Vocabulary.Builder rare = Vocabulary.counting().add(List.of("b", "a", "b"));
    assertThatThrownBy(() -> rare.build(new VocabularyConfig(10, Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The vocabulary would be empty: min_frequency is 10, but the most frequent symbol, 'b',"
                + " occurs 2 times in the training text. Lower min_frequency.");
  }

  @Test
  void anEmptySymbolIsAnError() {
    assertThatThrownBy(() -> of("a", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("An empty symbol among [a, ]");
  }
}
