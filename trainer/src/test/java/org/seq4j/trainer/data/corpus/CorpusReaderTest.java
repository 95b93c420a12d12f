package org.seq4j.trainer.data.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.data.Example;
import org.seq4j.runtime.config.key.Literal;

class CorpusReaderTest {
  private static final CorpusReader READER = new CorpusReader(CorpusFormats.BUILT_IN, Sides.ANY);

  @TempDir private Path directory;

  @Test
  void readsParallelFilesLineByLine() throws IOException {
    file("a.txt", "one\ntwo\n");
    file("b.txt", "eins\nzwei\n");
    assertThat(READER.read(parallel(), directory))
        .containsExactly(example("one", "eins"), example("two", "zwei"));
  }

  @Test
  void readsColumnsAndIgnoresFurtherOnes() throws IOException {
    file("x.tsv", "eins\tone\tmore\nzwei\ttwo\n");
    assertThat(READER.read(CorpusConfig.columns(Path.of("x.tsv"), 1, 0), directory))
        .containsExactly(example("one", "eins"), example("two", "zwei"));
  }

  @Test
  void joinsSourceColumnsWithASpace() throws IOException {
    file("x.tsv", "go\tV;PST\twent\n");
    CorpusConfig corpus =
        new CorpusConfig(
            Optional.of(Path.of("x.tsv")),
            List.of(new Literal("1"), new Literal("0")),
            new Literal("2"),
            false);
    assertThat(READER.read(corpus, directory)).containsExactly(example("V;PST go", "went"));
  }

  @Test
  void takesColumnsAfterTheTargetAsAlternatives() throws IOException {
    file("x.tsv", "a\tAH\tEY\nb\tB IY\nc\tS IY\t\n");
    assertThat(READER.read(columns().withAlternatives(), directory))
        .containsExactly(example("a", "AH", "EY"), example("b", "B IY"), example("c", "S IY"));
  }

  @Test
  void takesPartsOfATargetLineAsAlternatives() throws IOException {
    file("a.txt", "a\nb\n");
    file("b.txt", "AH\tEY\nB IY\n");
    assertThat(READER.read(parallel().withAlternatives(), directory))
        .containsExactly(example("a", "AH", "EY"), example("b", "B IY"));
  }

  @Test
  void keepsATabOfAParallelTargetWithoutAlternatives() throws IOException {
    file("a.txt", "a\n");
    file("b.txt", "x\ty\n");
    assertThat(READER.read(parallel(), directory)).containsExactly(example("a", "x\ty"));
  }

  @Test
  void keepsBlankLinesOfParallelFiles() throws IOException {
    file("a.txt", "one\n\ntwo\n");
    file("b.txt", "eins\n\nzwei\n");
    assertThat(READER.read(parallel(), directory)).contains(example("", ""));
  }

  @Test
  void namesBothFilesAndCountsIfTheirLengthsDiffer() throws IOException {
    file("a.txt", "one\ntwo\nthree\n");
    file("b.txt", "eins\n");
    assertThatThrownBy(() -> READER.read(parallel(), directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s has 3 lines, %s has 1 line: expected the same number, line n of"
                + " one belongs to line n of the other",
            directory.resolve("a.txt"), directory.resolve("b.txt"));
  }

  @Test
  void seesThatTheSecondFileIsLonger() throws IOException {
    file("a.txt", "one\n");
    file("b.txt", "eins\nzwei\n");
    assertThatThrownBy(() -> READER.read(parallel(), directory))
        .hasMessageContainingAll("a.txt has 1 line,", "b.txt has 2 lines:");
  }

  @Test
  void saysWhichLineHasTooFewColumns() throws IOException {
    file("x.tsv", "one\teins\ntwo\n");
    assertThatThrownBy(() -> READER.read(columns(), directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s, line 2: expected at least 2 columns separated by tabs, got 1"
                + " (source is column 0, target is column 1, counted from 0)",
            directory.resolve("x.tsv"));
  }

  @Test
  void saysThatAFileIsEmpty() throws IOException {
    file("x.tsv", "");
    assertThatThrownBy(() -> READER.read(columns(), directory))
        .isInstanceOf(DataException.class)
        .hasMessage("%s is empty: expected at least one line", directory.resolve("x.tsv"));
  }

  @Test
  void saysThatParallelFilesAreEmpty() throws IOException {
    file("a.txt", "");
    file("b.txt", "");
    assertThatThrownBy(() -> READER.read(parallel(), directory))
        .hasMessage("%s is empty: expected at least one line", directory.resolve("a.txt"));
  }

  @Test
  void saysWhereALineIsNotUtf8() throws IOException {
    Files.write(directory.resolve("x.tsv"), "one\teins\ncaf\u00e9\tx\n".getBytes(ISO_8859_1));
    assertThatThrownBy(() -> READER.read(columns(), directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s, line 2, byte 4: expected UTF-8, got the byte 0xE9. If the file is in another"
                + " encoding, convert it, for example with iconv -f ISO-8859-1 -t UTF-8",
            directory.resolve("x.tsv"));
  }

  @Test
  void saysThatAFileCannotBeRead() {
    assertThatThrownBy(() -> READER.read(columns(), directory))
        .isInstanceOf(DataException.class)
        .hasMessage("no such file: %1$s", directory.resolve("x.tsv"));
  }

  @Test
  void readsAlignmentsFromAFileAColumnOrAKey() throws IOException {
    file("a.txt", "x y\nz\n");
    file("b.txt", "1 2\n3\n");
    file("links", "0-1 1-0  0-1\n\n");
    file("x.tsv", "0-1 1-0\tx y\t1 2\n\tz\t3\n");
    file(
        "x.jsonl",
        """
        {"s": "x y", "t": "1 2", "links": "0-1 1-0"}
        {"s": "z", "t": "3", "links": ""}
        """);
    List<Example> expected =
        List.of(
            new Example("x y", List.of("1 2"), Optional.of(Alignment.parse("0-1 1-0"))),
            new Example("z", List.of("3"), Optional.of(Alignment.parse(""))));
    assertThat(expected.get(0).alignment().orElseThrow().links())
        .containsExactly(new Alignment.Link(0, 1), new Alignment.Link(1, 0));
    assertThat(READER.read(aligned(Optional.empty(), "a.txt", "b.txt", "links"), directory))
        .isEqualTo(expected);
    assertThat(READER.read(aligned(Optional.of(Path.of("x.tsv")), "1", "2", "0"), directory))
        .isEqualTo(expected);
    assertThat(READER.read(aligned(Optional.of(Path.of("x.jsonl")), "s", "t", "links"), directory))
        .isEqualTo(expected);
  }

  @Test
  void saysWhatIsWrongWithAnAlignment() throws IOException {
    file("a.txt", "x y\nz\n");
    file("b.txt", "1 2\n3\n");
    file("links", "0-1 1-0\n0:0\n");
    file("short", "0-1 1-0\n");
    assertThatThrownBy(
            () -> READER.read(aligned(Optional.empty(), "a.txt", "b.txt", "links"), directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s, line 2: expected an alignment such as '0-0 1-2' (source-target, counted from 0),"
                + " got '0:0'",
            directory.resolve("links"));
    assertThatThrownBy(
            () -> READER.read(aligned(Optional.empty(), "a.txt", "b.txt", "short"), directory))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s has 2 lines, %s has 1 line: expected the same number, line n of"
                + " one belongs to line n of the other",
            directory.resolve("a.txt"), directory.resolve("short"));
    assertThatThrownBy(
            () -> READER.read(aligned(Optional.empty(), "a.txt", "b.txt", "3"), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("alignment: the file of column 3 is missing");
  }

  @Test
  void emptyLinesAtTheEndAreNoExamples() throws IOException {
    file("x.tsv", "a\tb\n\n\n");
    assertThat(READER.read(columns(), directory)).containsExactly(example("a", "b"));
    file("x.tsv", "a\tb\n\n\nc\td\n\n");
    assertThatThrownBy(() -> READER.read(columns(), directory))
        .hasMessageStartingWith(
            directory.resolve("x.tsv") + ", line 2: expected at least 2 columns");
  }

  @Test
  void emptyLinesInTheMiddleAreCountedOneByOne() throws IOException {
    file("x.tsv", "a\tb\n\n\nc\td\n\n");
    SkippedExamples skipped = new SkippedExamples();
    try (CorpusStream stream = READER.open(columns(), directory)) {
      assertThat(CorpusReader.next(stream, OnError.SKIP, skipped)).contains(example("a", "b"));
      assertThat(CorpusReader.next(stream, OnError.SKIP, skipped)).contains(example("c", "d"));
      assertThat(CorpusReader.next(stream, OnError.SKIP, skipped)).isEmpty();
      assertThat(CorpusReader.next(stream, OnError.SKIP, skipped)).isEmpty();
    }
    assertThat(skipped.count(SkippedExamples.Reason.MALFORMED)).isEqualTo(2);
  }

  private static CorpusConfig aligned(
      Optional<Path> file, String source, String target, String alignment) {
    return new CorpusConfig(
        file,
        List.of(new Literal(source)),
        new Literal(target),
        false,
        Optional.of(new Literal(alignment)),
        1);
  }

  private static CorpusConfig parallel() {
    return CorpusConfig.parallel(Path.of("a.txt"), Path.of("b.txt"));
  }

  private static CorpusConfig columns() {
    return CorpusConfig.columns(Path.of("x.tsv"), 0, 1);
  }

  private static Example example(String source, String... targets) {
    return new Example(source, List.of(targets));
  }

  private void file(String name, String text) throws IOException {
    Files.write(directory.resolve(name), text.getBytes(UTF_8));
  }
}
