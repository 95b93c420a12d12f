package org.seq4j.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.text.Vocabulary;

class VocabularyTest {

  private static CountedVocabulary of(String... tokens) {
    return CountedVocabulary.counting().add(List.of(tokens)).build(VocabularyConfig.ALL);
  }

  private static List<String> ordinary(CountedVocabulary vocabulary) {
    return IntStream.range(4, vocabulary.size()).mapToObj(vocabulary::token).toList();
  }

  @Test
  void specialTokensComeFirst() {
    CountedVocabulary vocabulary = of("a");
    assertThat(vocabulary.token(Vocabulary.PAD)).isEqualTo("<pad>");
    assertThat(vocabulary.token(Vocabulary.UNKNOWN)).isEqualTo("<unk>");
    assertThat(vocabulary.token(Vocabulary.BEGIN)).isEqualTo("<s>");
    assertThat(vocabulary.token(Vocabulary.END)).isEqualTo("</s>");
    assertThat(vocabulary.token(4)).isEqualTo("a");
    assertThat(vocabulary.size()).isEqualTo(5);
  }

  @Test
  void frequentTokensComeFirstThenCodePointsDecide() {
    // U+1F600 is after U+FF21, though its first UTF-16 unit is below that.
    assertThat(ordinary(of("\uD83D\uDE00", "\uFF21", "b", "ab", "a", "z", "z")))
        .containsExactly("z", "a", "ab", "b", "\uFF21", "\uD83D\uDE00");
  }

  @Test
  void rareTokensAreLeftOut() {
    CountedVocabulary vocabulary =
        CountedVocabulary.counting()
            .add(List.of("a", "a", "b", "c", "c"))
            .build(new VocabularyConfig(2, Optional.empty()));
    assertThat(ordinary(vocabulary)).containsExactly("a", "c");
  }

  @Test
  void theSizeLimitsOrdinaryTokens() {
    CountedVocabulary vocabulary =
        CountedVocabulary.counting()
            .add(List.of("a", "b", "b", "c", "c", "c"))
            .build(new VocabularyConfig(1, Optional.of(2)));
    assertThat(ordinary(vocabulary)).containsExactly("c", "b");
  }

  @Test
  void countsTellHowOftenTokensOccurredAndHowMuchWasLeftOut() {
    CountedVocabulary vocabulary =
        CountedVocabulary.counting()
            .add(List.of("a", "a", "b"))
            .add(List.of("a", "c"))
            .build(new VocabularyConfig(2, Optional.empty()));
    assertThat(vocabulary.count(4)).isEqualTo(3);
    assertThat(vocabulary.count(Vocabulary.UNKNOWN)).isEqualTo(2);
    assertThat(vocabulary.count(Vocabulary.END)).isZero();
  }

  @Test
  void tokensThatWereNotCountedAreUnknown() {
    assertThat(of("a", "b", "b").encode(List.of("a", "x", "b"))).containsExactly(5, 1, 4);
  }

  @Test
  void aTokenSpeltLikeASpecialOneIsUnknown() {
    assertThat(of("a").encode(Vocabulary.SPECIALS)).containsOnly(Vocabulary.UNKNOWN);
  }

  @Test
  void aTokenSpeltLikeASpecialOneHasItsOwnIdIfCounted() {
    CountedVocabulary vocabulary = of("</s>");
    assertThat(vocabulary.id("</s>")).isEqualTo(4);
    assertThat(vocabulary.decode(4, Vocabulary.END)).containsExactly("</s>");
  }

  @Test
  void decodingDropsSpecialTokensButShowsUnknownOnes() {
    assertThat(of("a").decode(2, 4, 1, 4, 3, 0, 0)).containsExactly("a", "<unk>", "a");
  }

  @Test
  void anIdBeyondTheLastIsAnError() {
    CountedVocabulary vocabulary = of("a");
    assertThatThrownBy(() -> vocabulary.token(5)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void noTokensAtAllIsAnError() {
    CountedVocabulary.Builder empty = CountedVocabulary.counting().add(List.of());
    assertThatThrownBy(() -> empty.build(VocabularyConfig.ALL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the vocabulary would be empty: the training text has no tokens. Check that its file is"
                + " not empty and that the tokenizer suits it.");
  }

  @Test
  void noFrequentTokenIsAnError() {
    CountedVocabulary.Builder rare = CountedVocabulary.counting().add(List.of("b", "a", "b"));
    assertThatThrownBy(() -> rare.build(new VocabularyConfig(10, Optional.empty())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the vocabulary would be empty: min_frequency is 10, but the most frequent token, 'b',"
                + " occurs 2 times in the training text. Lower min_frequency.");
  }

  @Test
  void anEmptyTokenIsAnError() {
    assertThatThrownBy(() -> of("a", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an empty token in [a, ]");
  }

  @Test
  void tokensOfAlwaysAreFirstHoweverRare() {
    VocabularyConfig config =
        new VocabularyConfig(
            2,
            Optional.of(1),
            Optional.empty(),
            List.of("<formal>", "b"),
            false,
            VocabularyConfig.Specials.USUAL);
    CountedVocabulary vocabulary =
        CountedVocabulary.counting().add(List.of("a", "a", "b", "c", "c", "c")).build(config);
    assertThat(vocabulary.encode(List.of("<formal>", "b", "c", "a")))
        .containsExactly(4, 5, 6, Vocabulary.UNKNOWN);
  }

  @Test
  void specialTokensAreWrittenAsConfigured(@TempDir Path folder) throws IOException {
    VocabularyConfig config =
        new VocabularyConfig(
            1,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            false,
            new VocabularyConfig.Specials("_", "?", "^", "$"));
    CountedVocabulary vocabulary =
        CountedVocabulary.counting().add(List.of("<unk>", "?")).build(config);
    assertThat(vocabulary.decode(Vocabulary.UNKNOWN, vocabulary.id("<unk>")))
        .containsExactly("?", "<unk>");
    StringWriter text = new StringWriter();
    vocabulary.write(text);
    assertThat(text.toString()).startsWith("_\t0\n?\t0\n^\t0\n$\t0\n");
    Path file = Files.writeString(folder.resolve("v"), text.toString());
    assertThat(CountedVocabulary.read(file, config)).isEqualTo(vocabulary);
    assertThatThrownBy(() -> CountedVocabulary.read(file))
        .hasMessage(file + ", line 1: expected the special token <pad>, got '_'");
  }

  @Test
  void vocabulariesMadeElsewhereAreRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("v");
    Files.writeString(file, "<s>\n</s>\nthe 7\na\t3\nrare 1\n");
    CountedVocabulary counted =
        CountedVocabulary.importFrom(file, new VocabularyConfig(2, Optional.empty())).vocabulary();
    assertThat(counted.encode(List.of("the", "a", "rare"))).containsExactly(4, 5, 1);
    assertThat(counted.count(4)).isEqualTo(7);
    Files.writeString(file, "x\ny z\n");
    CountedVocabulary bare =
        CountedVocabulary.importFrom(file, new VocabularyConfig(5, Optional.of(2))).vocabulary();
    assertThat(bare.encode(List.of("x", "y z"))).containsExactly(4, 5);
    StringWriter text = new StringWriter();
    counted.write(text);
    Files.writeString(file, text.toString());
    assertThat(CountedVocabulary.importFrom(file, VocabularyConfig.ALL).vocabulary())
        .isEqualTo(counted);
    Files.writeString(file, "x\nx\n");
    assertThatThrownBy(() -> CountedVocabulary.importFrom(file, VocabularyConfig.ALL))
        .hasMessage(file + ", line 2: duplicate token 'x'");
  }

  @Test
  void memoryIsBoundedHoweverManyTokensThereAre() {
    CountedVocabulary.Builder counting = CountedVocabulary.counting();
    for (int i = 0; i < 4_100_000; i++) {
      counting.add(List.of(Integer.toString(i, 36)));
      if (i % 100 == 0) {
        counting.add(List.of("often"));
      }
    }
    CountedVocabulary vocabulary = counting.build(new VocabularyConfig(2, Optional.empty()));
    assertThat(vocabulary.size()).isEqualTo(5);
    assertThat(vocabulary.count(Vocabulary.UNKNOWN)).isEqualTo(4_100_000);
  }

  @Test
  void bytesLeaveNothingUnknown() {
    VocabularyConfig config =
        new VocabularyConfig(
            2,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            true,
            VocabularyConfig.Specials.USUAL);
    CountedVocabulary vocabulary =
        CountedVocabulary.counting().add(List.of("a", "a", "\u00DF@@")).build(config);
    List<String> tokens = List.of("\u00DF@@", "\uD83D\uDE00", "a", "x");
    List<String> spelled = ByteFallback.spell(tokens, vocabulary);
    assertThat(spelled)
        .startsWith("<0xC3>", "<0x9F>", "<0x40>", "<0x40>", "<0x>", "<0xF0>")
        .endsWith("<0x>", "a", "<0x78>", "<0x>");
    assertThat(vocabulary.encode(spelled)).doesNotContain(Vocabulary.UNKNOWN);
    assertThat(ByteFallback.join(spelled)).isEqualTo(tokens);
    assertThat(ByteFallback.join(List.of("<0x>", "a", "<0xC3>"))).containsExactly("a", "\uFFFD");
  }
}
