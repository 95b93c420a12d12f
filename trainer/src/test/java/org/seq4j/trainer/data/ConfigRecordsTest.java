package org.seq4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.split.HeldOutConfig;

/** The rules across keys of the section {@code data}. */
class ConfigRecordsTest {
  private static final Literal FILE = new Literal("a.txt");
  private static final Literal COLUMN = new Literal("2");
  private static final CorpusConfig CORPUS = CorpusConfig.columns(Path.of("x.tsv"), 0, 1);

  @Test
  void parallelFilesAreACorpus() {
    assertThatNoException()
        .isThrownBy(() -> CorpusConfig.parallel(Path.of("a.txt"), Path.of("b.txt")));
  }

  @Test
  void aColumnIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CorpusConfig.columns(Path.of("x.tsv"), 0, -1))
        .withMessageStartingWith("target: expected a column number (from 0)")
        .withMessageContaining("got '-1'");
  }

  @Test
  void aFileHasAName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corpus(Optional.empty(), List.of(FILE), new Literal("")))
        .withMessage("target: expected the name of a file, got an empty one");
  }

  @Test
  void anAbsoluteCorpusNamesItsFilesInFull() {
    Path folder = Path.of("folder").toAbsolutePath();
    assertThat(CorpusConfig.parallel(Path.of("a.txt"), Path.of("../b.txt")).absolute(folder))
        .isEqualTo(CorpusConfig.parallel(folder.resolve("a.txt"), folder.resolveSibling("b.txt")));
  }

  @Test
  void anAbsoluteCorpusKeepsItsColumns() {
    Path folder = Path.of("folder").toAbsolutePath();
    assertThat(CORPUS.withAlternatives().absolute(folder))
        .isEqualTo(CorpusConfig.columns(folder.resolve("x.tsv"), 0, 1).withAlternatives());
  }

  @Test
  void aFileOfColumnsHasNoSourceFile() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corpus(Optional.of(Path.of("x.tsv")), List.of(FILE), COLUMN))
        .withMessage(
            "source: expected a column number (from 0) because file is given, got 'a.txt';"
                + " for two parallel files, remove the key file; for a column name, add"
                + " format: {type: columns, header: true}");
  }

  @Test
  void aColumnNeedsAFile() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corpus(Optional.empty(), List.of(FILE), COLUMN))
        .withMessage(
            "target: the file of column 2 is missing. Add file: NAME.tsv;"
                + " if it is the name of a file itself, write ./2");
  }

  @Test
  void filesAreNotJoined() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corpus(Optional.empty(), List.of(FILE, FILE), FILE))
        .withMessage(
            "source: expected one file, got 2; only columns of a tab-separated file or JSON keys"
                + " can be joined");
  }

  @Test
  void aCorpusWithoutASourceIsForALanguageModel() {
    CorpusConfig corpus = corpus(Optional.empty(), List.of(), FILE);
    assertThat(corpus.lacksSource()).isTrue();
    assertThat(corpus.ofTargets().source()).containsExactly(FILE);
  }

  private static CorpusConfig corpus(Optional<Path> file, List<Literal> source, Literal target) {
    return new CorpusConfig(file, source, target, false);
  }

  @Test
  void thereIsSomethingToTrainOn() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> data(List.of(), Optional.empty(), Optional.empty()))
        .withMessage("train: expected at least one corpus, got an empty list");
  }

  @Test
  void devAndHeldOutExcludeEachOther() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> data(List.of(CORPUS), Optional.of(CORPUS), Optional.of(HeldOutConfig.count(1))))
        .withMessage(
            "dev and held_out: set only one of them; held_out takes the validation data from train");
  }

  @Test
  void trainingDataHaveNoAlternatives() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> data(List.of(CORPUS.withAlternatives()), Optional.empty(), Optional.empty()))
        .withMessage(
            "train: alternatives are for dev and test only;"
                + " write one line for each pair of a source and a target");
  }

  private static DataConfig data(
      List<CorpusConfig> train, Optional<CorpusConfig> dev, Optional<HeldOutConfig> heldOut) {
    return new DataConfig(train, dev, Optional.empty(), heldOut);
  }

  @Test
  void heldOutNeedsFractionOrCount() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new HeldOutConfig(Optional.of(0.1), Optional.of(3), HeldOutConfig.By.SOURCE, 1))
        .withMessage("set either fraction or count");
  }

  @Test
  void heldOutIsNeitherNothingNorEverything() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeldOutConfig.fraction(1))
        .withMessage("fraction: expected a number between 0 and 1, got 1.0");
  }

  @Test
  void heldOutIsAtLeastOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HeldOutConfig.count(0))
        .withMessage("count: expected at least 1, got 0");
  }
}
