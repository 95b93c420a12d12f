package org.seq4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.Example;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.FileProblem;
import org.seq4j.trainer.data.split.DatasetSplits;
import org.seq4j.trainer.data.split.HeldOut;
import org.seq4j.trainer.data.split.HeldOutConfig;
import org.seq4j.trainer.data.split.SplitName;

class DatasetTest {
  @TempDir private Path directory;

  @Test
  void readsTheTrainingCorporaOneAfterAnother() throws IOException {
    CorpusConfig first = corpus("first.tsv", "a\tA\n");
    CorpusConfig second = corpus("second.tsv", "b\tB\n");
    Dataset data = dataset(List.of(first, second), Optional.empty(), Optional.empty());
    assertThat(data.read().train()).extracting(it -> it.source().text()).containsExactly("a", "b");
  }

  @Test
  void readsEverySplit() throws IOException {
    DatasetSplits splits =
        new Dataset(
                new DataConfig(
                    List.of(corpus("train.tsv", "a\tA\n")),
                    Optional.of(corpus("dev.tsv", "b\tB\n")),
                    Optional.of(corpus("test.tsv", "c\tC\n")),
                    Optional.empty()),
                directory)
            .read();
    assertThat(splits)
        .isEqualTo(
            new DatasetSplits(
                List.of(new Example("a", List.of("A"))),
                List.of(new Example("b", List.of("B"))),
                List.of(new Example("c", List.of("C")))));
  }

  @Test
  void aSplitThatIsNotConfiguredIsEmpty() throws IOException {
    Dataset data =
        dataset(List.of(corpus("train.tsv", "a\tA\n")), Optional.empty(), Optional.empty());
    assertThat(data.read(SplitName.DEV)).isEmpty();
  }

  @Test
  void oneSplitNeedsNoOtherFile() throws IOException {
    CorpusConfig missing = CorpusConfig.columns(Path.of("missing.tsv"), 0, 1);
    Dataset data =
        dataset(List.of(missing), Optional.of(corpus("dev.tsv", "b\tB\n")), Optional.empty());
    assertThat(data.read(SplitName.DEV)).containsExactly(new Example("b", List.of("B")));
  }

  @Test
  void oneSplitIsTheSameAsInAll() throws IOException {
    Dataset data = heldOut(HeldOutConfig.count(30));
    DatasetSplits all = data.read();
    assertThat(data.read(SplitName.TRAIN)).isEqualTo(all.train());
    assertThat(data.read(SplitName.DEV)).isEqualTo(all.dev());
  }

  @Test
  void noSourceIsOnBothSidesOfTheCut() throws IOException {
    DatasetSplits splits = heldOut(HeldOutConfig.count(30)).read();
    assertThat(splits.train())
        .extracting(it -> it.source().text())
        .doesNotContainAnyElementsOf(splits.dev().stream().map(it -> it.source().text()).toList());
  }

  @Test
  void theCutLosesNothing() throws IOException {
    DatasetSplits splits = heldOut(HeldOutConfig.count(30)).read();
    assertThat(splits.train()).hasSize(340);
    assertThat(splits.dev()).hasSize(30);
  }

  @Test
  void aHeldOutSourceHasAllItsTargets() throws IOException {
    DatasetSplits splits = heldOut(HeldOutConfig.count(30)).read();
    assertThat(splits.dev())
        .allSatisfy(
            example ->
                assertThat(example.targetTexts())
                    .containsExactly(example.source().text() + "x", example.source().text() + "y"));
  }

  @Test
  void aFractionIsRoughlyThatShare() throws IOException {
    assertThat(heldOut(HeldOutConfig.fraction(0.25)).read().dev()).hasSizeBetween(30, 70);
  }

  @Test
  void aFractionLeavesSourcesInPlaceWhenOthersAreAdded() {
    List<Example> few = numbered(500);
    List<Example> many = numbered(1000);
    HeldOutConfig tenth = HeldOutConfig.fraction(0.1);
    assertThat(HeldOut.cut(many, tenth).heldOut()).containsAll(HeldOut.cut(few, tenth).heldOut());
  }

  @Test
  void anotherSeedCutsElsewhere() {
    HeldOutConfig first =
        new HeldOutConfig(Optional.empty(), Optional.of(50), HeldOutConfig.By.SOURCE, 1);
    HeldOutConfig second =
        new HeldOutConfig(Optional.empty(), Optional.of(50), HeldOutConfig.By.SOURCE, 2);
    assertThat(HeldOut.cut(numbered(500), first).heldOut())
        .isNotEqualTo(HeldOut.cut(numbered(500), second).heldOut());
  }

  @Test
  void aCountThatLeavesNothingIsAnError() {
    assertThatThrownBy(() -> HeldOut.cut(numbered(5), HeldOutConfig.count(5)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "held_out: no training data would remain: they have only 5 distinct sources; lower count"
                + " 5");
  }

  @Test
  void aFractionThatTakesNothingIsAnError() {
    assertThatThrownBy(() -> HeldOut.cut(numbered(5), HeldOutConfig.fraction(0.0001)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "held_out: fraction 1.0E-4 of the 5 distinct sources in the training data selects none;"
                + " raise it or set count");
  }

  @Test
  void reportsEveryFileThatIsMissing() throws IOException {
    CorpusConfig there = corpus("train.tsv", "a\tA\n");
    CorpusConfig gone = CorpusConfig.parallel(Path.of("gone.src"), Path.of("train.tsv"));
    CorpusConfig folder = CorpusConfig.columns(Path.of("."), 0, 1);
    Dataset data = dataset(List.of(there, gone), Optional.of(folder), Optional.empty());
    assertThat(data.fileProblems())
        .extracting(FileProblem::path, FileProblem::message)
        .containsExactly(
            tuple(
                "data.train[1].source",
                "no such file: "
                    + directory.resolve("gone.src")
                    + ". Relative paths start from the folder of the config file, those of --set from the working directory"),
            tuple("data.dev.file", "expected a file, got a folder: " + directory.resolve(".")));
  }

  @Test
  void comparesTheKeysOfACorpusWithItsHeader() throws IOException {
    Path file = Files.writeString(directory.resolve("x.csv"), "text,summary\na,1\n");
    CorpusConfig corpus =
        new CorpusConfig(
            Optional.of(file), List.of(new Literal("text")), new Literal("resume"), false);
    Dataset data = dataset(List.of(corpus), Optional.empty(), Optional.empty());
    assertThat(data.fileProblems())
        .containsExactly(
            new FileProblem(
                "data.train[0]",
                file,
                "target: the header has no column 'resume'. Its columns are 'text', 'summary'"));
  }

  /** 200 sources of two lines each, which are far from each other in the file. */
  private Dataset heldOut(HeldOutConfig part) throws IOException {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 200)
        .forEach(i -> text.append(String.format(Locale.ROOT, "w%d\tw%dx\n", i, i)));
    IntStream.range(0, 200)
        .forEach(i -> text.append(String.format(Locale.ROOT, "w%d\tw%dy\n", i, i)));
    return dataset(
        List.of(corpus("train.tsv", text.toString())), Optional.empty(), Optional.of(part));
  }

  private static List<Example> numbered(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Example("source " + i, List.of("target " + i)))
        .toList();
  }

  private Dataset dataset(
      List<CorpusConfig> train, Optional<CorpusConfig> dev, Optional<HeldOutConfig> heldOut) {
    return new Dataset(new DataConfig(train, dev, Optional.empty(), heldOut), directory);
  }

  private CorpusConfig corpus(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
    return CorpusConfig.columns(Path.of(name), 0, 1);
  }
}
