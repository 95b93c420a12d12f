package org.seq4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.Example;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.ConfigTree;
import org.seq4j.runtime.config.ConfigWriter;
import org.seq4j.runtime.config.key.Literal;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.FileProblem;
import org.seq4j.trainer.data.split.HeldOutConfig;

/** The sections data and batch as they stand in a file. */
class DataConfigBindingTest {
  private static final ConfigReader READER = new ConfigReader(ComponentRegistry.of());

  @TempDir private Path directory;

  record File(@Key(doc = "What to read.") DataConfig data) {}

  record BatchFile(@Key(doc = "How much at a time.", defaultValue = "{}") BatchConfig batch) {}

  @Test
  void oneCorpusIsAListOfOne() {
    DataConfig data = bind("data: {train: {source: a.txt, target: b.txt}}");
    assertThat(data.train())
        .containsExactly(CorpusConfig.parallel(Path.of("a.txt"), Path.of("b.txt")));
  }

  @Test
  void columnsAreNumbers() {
    DataConfig data = bind("data: {train: [{file: x.tsv, source: 1, target: 0}]}");
    assertThat(data.train()).containsExactly(CorpusConfig.columns(path("x.tsv"), 1, 0));
  }

  @Test
  void theSourceMayBeSeveralColumns() {
    DataConfig data = bind("data: {train: {file: x.tsv, source: [0, 1], target: 2}}");
    assertThat(data.train().get(0).source()).containsExactly(new Literal("0"), new Literal("1"));
  }

  @Test
  void aReferenceMayHaveAlternatives() {
    DataConfig data =
        bind(
            """
            data:
              train: {file: x.tsv, source: 0, target: 1}
              dev: {file: dev.tsv, source: 0, target: 1, alternatives: true}
            """);
    assertThat(data.dev()).contains(CorpusConfig.columns(path("dev.tsv"), 0, 1).withAlternatives());
  }

  @Test
  void aPartMayBeHeldOut() {
    DataConfig data =
        bind(
            """
            data:
              train: {file: x.tsv, source: 0, target: 1}
              held_out: {count: 2670, by: source}
            """);
    assertThat(data.heldOut()).contains(HeldOutConfig.count(2670));
  }

  @Test
  void aMistakeIsToldWithItsLine() {
    assertThatThrownBy(
            () ->
                bind(
                    """
                    data:
                      train:
                        - {file: x.tsv, source: a.txt, target: 1}
                      held_out: {fraction: 1.0}
                    """))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "line 3  data.train[0].source: expected a column number (from 0) because file is"
                + " given, got 'a.txt'",
            "line 4  data.held_out.fraction: expected a number between 0 and 1, got 1.0");
  }

  @Test
  void aMissingFileIsToldWithItsLine() {
    ConfigTree tree = tree("data:\n  train: {source: a.txt, target: b.txt}\n");
    Dataset data = new Dataset(READER.bind(tree, File.class).data(), directory);
    FileProblem problem = data.fileProblems().get(1);
    assertThat(tree.problem(problem.path(), problem.message()))
        .hasToString(
            "data.train[0].target: no such file: "
                + directory.resolve("b.txt")
                + ". Relative paths start from the folder of the config file, those of --set from the working directory")
        .satisfies(told -> assertThat(told.place().line()).isEqualTo(2));
  }

  @Test
  void theConfigOfARunReadsTheSameFilesFromAnotherFolder() throws IOException {
    Files.writeString(directory.resolve("a.txt"), "a\n");
    Files.writeString(directory.resolve("b.txt"), "b\n");
    DataConfig data = bind("data: {train: {source: a.txt, target: b.txt}}");
    String written = ConfigWriter.write(new File(data.absolute(directory)));
    Path elsewhere = directory.resolve("runs/1");
    ConfigTree tree = READER.parse(elsewhere.resolve("config.yaml"), written, List.of());
    assertThat(new Dataset(READER.bind(tree, File.class).data(), elsewhere).read().train())
        .containsExactly(new Example("a", List.of("b")));
  }

  @Test
  void aBatchHas64SequencesUnlessToldOtherwise() {
    assertThat(batch("batch:")).isEqualTo(new BatchConfig(64, BatchConfig.Unit.SEQUENCES));
  }

  @Test
  void aBatchMayBeCountedInTokens() {
    assertThat(batch("batch: {size: 2000, unit: tokens}"))
        .isEqualTo(new BatchConfig(2000, BatchConfig.Unit.TOKENS));
  }

  @Test
  void aBatchIsNotEmpty() {
    assertThatThrownBy(() -> batch("batch: {size: 0}"))
        .hasMessageContaining("batch.size: expected a whole number, at least 1, got 0");
  }

  private BatchConfig batch(String yaml) {
    return READER.bind(tree(yaml), BatchFile.class).batch();
  }

  private DataConfig bind(String yaml) {
    return READER.bind(tree(yaml), File.class).data();
  }

  private ConfigTree tree(String yaml) {
    return READER.parse(directory.resolve("experiment.yaml"), yaml, List.of());
  }

  private Path path(String name) {
    return directory.resolve(name).toAbsolutePath().normalize();
  }
}
