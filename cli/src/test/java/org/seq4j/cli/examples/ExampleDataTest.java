package org.seq4j.cli.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.io.RunException;
import org.seq4j.trainer.data.corpus.DataException;

class ExampleDataTest {
  private static final SplitLines REVERSE = Reverse.lines();
  private static final SplitLines DATES = Dates.lines();

  @TempDir private Path directory;

  @Test
  void dataAreFoundByName() {
    assertThat(ExampleData.named("dates")).containsInstanceOf(Dates.class);
    assertThat(ExampleData.named("nothing")).isEmpty();
  }

  @Test
  void writesThreeFilesAndNothingElse() throws IOException {
    Path made = directory.resolve("a/b");
    new SplitLines(List.of("a\tA"), List.of("b\tB"), List.of("c\tC", "d\tD")).write(made);
    try (Stream<Path> files = Files.list(made)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("train.tsv", "dev.tsv", "test.tsv");
    }
    assertThat(made.resolve("test.tsv")).hasContent("c\tC\nd\tD\n");
  }

  @Test
  void replacesFilesThatAreThere() throws IOException {
    Files.writeString(directory.resolve("train.tsv"), "old\n");
    new SplitLines(List.of("a\tA"), List.of("b\tB"), List.of("c\tC")).write(directory);
    assertThat(directory.resolve("train.tsv")).hasContent("a\tA\n");
  }

  @Test
  void leavesNoPartWhenItCannotWrite() throws IOException {
    Files.createDirectories(directory.resolve("dev.tsv/in-the-way"));
    SplitLines lines = new SplitLines(List.of("a\tA"), List.of("b\tB"), List.of("c\tC"));
    assertThatThrownBy(() -> lines.write(directory)).isInstanceOf(RunException.class);
    assertThat(directory.resolve("dev.tsv.partial")).doesNotExist();
  }

  @Test
  void seriesAreTwentyVectorsOfTenOnEachSide() {
    SplitLines series = Series.lines();
    assertThat(sizes(series)).containsExactly(3_000, 200, 200);
    FeatureCodec codec = new FeatureCodec(10, 20);
    for (String line : series.test()) {
      assertThat(codec.encode(codec.tokens(source(line))).length()).isEqualTo(20);
      assertThat(codec.encode(codec.tokens(target(line))).length()).isEqualTo(20);
    }
    assertThat(series.train()).doesNotHaveDuplicates().doesNotContainAnyElementsOf(series.test());
  }

  @Test
  void reverseHasItsSizes() {
    assertThat(sizes(REVERSE)).containsExactly(50_000, 1_000, 1_000);
  }

  @Test
  void reverseReverses() {
    assertThat(REVERSE.test())
        .allSatisfy(
            line -> {
              List<String> source = new ArrayList<>(List.of(source(line).split(" ")));
              Collections.reverse(source);
              assertThat(target(line)).isEqualTo(String.join(" ", source));
            });
  }

  @Test
  void reverseHasLongerSequencesInTestThanInTraining() {
    assertThat(lengths(REVERSE.train())).hasSize(25).contains(1, 25);
    assertThat(lengths(REVERSE.test())).hasSize(30).contains(1, 30);
  }

  @Test
  void reverseHasNoSourceInTwoSplits() {
    assertThat(sharedSources(REVERSE)).isEmpty();
  }

  @Test
  void reverseIsTheSameInEveryRelease() {
    assertThat(hash(REVERSE)).isEqualTo("40f0df58d06c13c0");
  }

  @Test
  void datesHaveTheirSizes() {
    assertThat(sizes(DATES)).containsExactly(20_000, 1_000, 1_000);
  }

  @Test
  void datesAreTheSameTwice() {
    assertThat(Dates.lines()).isEqualTo(DATES);
  }

  @Test
  void noDayIsInTwoLines() {
    assertThat(all(DATES).map(ExampleDataTest::target).distinct().count()).isEqualTo(22_000);
  }

  @Test
  void datesAreIsoFrom1900To2099() {
    Pattern iso = Pattern.compile("(19|20)\\d\\d-[01]\\d-[0-3]\\d");
    assertThat(all(DATES).filter(line -> !iso.matcher(target(line)).matches())).isEmpty();
  }

  @Test
  void noTextMeansTwoDays() {
    Map<String, Set<String>> meanings = new HashMap<>();
    all(DATES)
        .forEach(
            line ->
                meanings.computeIfAbsent(source(line), text -> new HashSet<>()).add(target(line)));
    meanings.values().removeIf(days -> days.size() == 1);
    assertThat(meanings).isEmpty();
  }

  @Test
  void everyDateHasAYearOfFourDigits() {
    assertThat(all(DATES).filter(line -> !source(line).contains(target(line).substring(0, 4))))
        .isEmpty();
  }

  @Test
  void datesAreOfTwelveCountries() {
    assertThat(
            DateFormats.unambiguous().stream().map(form -> form.locale().getCountry()).distinct())
        .containsExactly("GB", "US", "DE", "FR", "ES", "IT", "BR", "NL", "SE", "PL", "RU", "JP");
  }

  @Test
  void formsThatMayMeanAnotherDayAreLeftOut() {
    assertThat(DateFormats.unambiguous())
        .extracting(DateFormats.Format::pattern)
        .contains("dd/MM/y")
        .doesNotContain("M/d/yy", "MM/dd/y");
  }

  @Test
  void pronunciationHasItsSizes() throws IOException {
    assertThat(sizes(pronunciation())).containsExactly(126_480, 2_500, 5_000);
  }

  @Test
  void pronunciationIsTheSameInEveryRelease() throws IOException {
    assertThat(hash(pronunciation())).isEqualTo("55a7e8141c4db545");
  }

  @Test
  void allPronunciationsOfAWordAreInOneSplit() throws IOException {
    assertThat(sharedSources(pronunciation())).isEmpty();
  }

  @Test
  void aWordHasOneLineInTest() throws IOException {
    assertThat(sources(pronunciation().test())).hasSize(5_000);
  }

  @Test
  void theNumberOfAnAlternativeIsNoPartOfTheWord() throws IOException {
    assertThat(new Pronunciation().readDictionary().get("tomato"))
        .containsExactly("T AH M EY T OW", "T AH M AA T OW");
  }

  @Test
  void saysWhereTheDictionaryComesFromIfItIsMissing() {
    Pronunciation withoutIt = new Pronunciation(ClassLoader.getPlatformClassLoader());
    assertThatThrownBy(() -> withoutIt.write(directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the CMU dictionary is not on the class path: expected the resource"
                + " edu/cmu/sphinx/models/en-us/cmudict-en-us.dict of sphinx4-data-1.0.0.jar"
                + " (Maven: de.sciss:sphinx4-data:1.0.0), which is in the folder lib of"
                + " the distribution");
  }

  private static SplitLines pronunciation() throws IOException {
    return Pronunciation.split(new Pronunciation().readDictionary());
  }

  private static List<Integer> sizes(SplitLines lines) {
    return List.of(lines.train().size(), lines.dev().size(), lines.test().size());
  }

  private static Stream<String> all(SplitLines lines) {
    return Stream.of(lines.train(), lines.dev(), lines.test()).flatMap(List::stream);
  }

  private static Set<Integer> lengths(List<String> lines) {
    return lines.stream().map(line -> source(line).split(" ").length).collect(Collectors.toSet());
  }

  private static Set<String> sources(List<String> lines) {
    return lines.stream().map(ExampleDataTest::source).collect(Collectors.toSet());
  }

  /** Sources that are in more than one file. */
  private static Set<String> sharedSources(SplitLines lines) {
    Set<String> seen = new HashSet<>();
    Set<String> shared = new HashSet<>();
    for (List<String> file : List.of(lines.train(), lines.dev(), lines.test())) {
      Set<String> own = sources(file);
      own.stream().filter(seen::contains).forEach(shared::add);
      seen.addAll(own);
    }
    return shared;
  }

  private static String source(String line) {
    return line.substring(0, line.indexOf('\t'));
  }

  private static String target(String line) {
    return line.substring(line.indexOf('\t') + 1);
  }

  /** The first eight bytes of the SHA-256 of all lines. */
  private static String hash(SplitLines lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      all(lines).forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
