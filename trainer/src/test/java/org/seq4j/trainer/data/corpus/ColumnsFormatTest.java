package org.seq4j.trainer.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.testkit.CorpusFormatContract;

final class ColumnsFormatTest extends CorpusFormatContract {

  @Override
  protected CorpusFormat format() {
    return new ColumnsFormat(new ColumnsFormat.Config(false));
  }

  @Override
  protected List<Example> examples() {
    return List.of(
        new Example("a b", List.of("1")),
        new Example("", List.of("2")),
        new Example("c", List.of("")));
  }

  @Override
  protected CorpusFiles corpus(List<Example> examples) throws IOException {
    return write(
        examples.stream()
            .map(it -> it.target().text() + "\t" + it.source().text() + "\n")
            .collect(Collectors.joining()));
  }

  private CorpusFiles write(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.tsv"), text);
    return CorpusFiles.of(file).with("1", "0");
  }

  @Override
  protected Optional<Broken> broken() throws IOException {
    return Optional.of(
        new Broken(
            write("a\t1\nb\nc\t3\n"),
            folder.resolve("x.tsv")
                + ", line 2: expected at least 2 columns separated by tabs, got 1"
                + " (source is column 1, target is column 0, counted from 0)",
            2));
  }

  @Test
  void columnsOfAHeaderHaveNames() throws IOException {
    Path file = Files.writeString(folder.resolve("named.tsv"), "en\tde\none\teins\n");
    CorpusFormat named = new ColumnsFormat(new ColumnsFormat.Config(true));
    try (ExampleReader reader = named.open(CorpusFiles.of(file).with("de", "0"))) {
      assertThat(reader.next()).contains(new Example("eins", List.of("one")));
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void severalColumnsAreJoinedByTheSeparator() throws IOException {
    CorpusFiles one = write("ev\tN PL\tevler\n");
    CorpusFiles several =
        new CorpusFiles(
            one.directory(),
            one.file(),
            List.of("0", "1"),
            " | ",
            Optional.of("2"),
            false,
            Optional.empty());
    try (ExampleReader reader = format().open(several)) {
      assertThat(reader.next()).contains(new Example("ev | N PL", List.of("evler")));
    }
  }
}
