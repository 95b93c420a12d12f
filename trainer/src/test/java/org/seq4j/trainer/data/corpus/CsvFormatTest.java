package org.seq4j.trainer.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.testkit.CorpusFormatContract;

final class CsvFormatTest extends CorpusFormatContract {

  @Override
  protected CorpusFormat format() {
    return csv(true, ",");
  }

  private static CorpusFormat csv(boolean header, String separator) {
    return new CsvFormat(new CsvFormat.Config(header, separator));
  }

  @Override
  protected List<Example> examples() {
    return List.of(
        new Example("a, \"b\"", List.of("1")),
        new Example("", List.of("2")),
        new Example("c", List.of("")));
  }

  @Override
  protected CorpusFiles corpus(List<Example> examples) throws IOException {
    return write(
        examples.stream()
            .map(it -> quoted(it.target().text()) + "," + quoted(it.source().text()) + "\r\n")
            .collect(Collectors.joining("", "summary,text\r\n", "")));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  private CorpusFiles write(String text) throws IOException {
    return CorpusFiles.of(Files.writeString(folder.resolve("x.csv"), text)).with("text", "summary");
  }

  @Override
  protected Optional<Broken> broken() throws IOException {
    return Optional.of(
        new Broken(
            write("text,summary\na,1\n\"b\nc\",2\nd, and e,3\nf,4\n"),
            folder.resolve("x.csv")
                + ", line 5: expected 2 columns as in the first row, got 3;"
                + " a text with the separator ',' needs quotes",
            3));
  }

  private static List<Example> read(CorpusFormat format, CorpusFiles files) throws IOException {
    List<Example> examples = new ArrayList<>();
    try (ExampleReader reader = format.open(files)) {
      for (Optional<Example> next = reader.next(); next.isPresent(); next = reader.next()) {
        examples.add(next.get());
      }
    }
    return examples;
  }

  @Test
  void quotedFieldsKeepSeparatorsAndQuotesAndLoseLineBreaks() throws IOException {
    CorpusFiles files = write("text,summary\n\"a,\n\"\"b\"\"\",5\" disk\n");
    assertThat(read(format(), files)).containsExactly(new Example("a, \"b\"", List.of("5\" disk")));
  }

  @Test
  void aRowIsWhereItsFirstLineIs() throws IOException {
    try (ExampleReader reader = format().open(write("text,summary\n\"a\nb\",1\nc,2\n"))) {
      reader.next();
      assertThat(reader.location()).endsWith("x.csv, line 2");
      reader.next();
      assertThat(reader.location()).endsWith("x.csv, line 4");
    }
  }

  @Test
  void columnsHaveNumbersToo() throws IOException {
    CorpusFiles files = write("text,summary\na,1\n").with("1", "text");
    assertThat(read(format(), files)).containsExactly(new Example("1", List.of("a")));
  }

  @Test
  void withoutAHeaderTheFirstRowIsAnExample() throws IOException {
    CorpusFiles files = write("a;1\nb;2\n").with("0", "1");
    assertThat(read(csv(false, ";"), files))
        .containsExactly(new Example("a", List.of("1")), new Example("b", List.of("2")));
  }

  @Test
  void namesTheColumnsThereAre() throws IOException {
    CorpusFiles files = write("text,summary\na,1\n").with("txt", "summary");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> format().open(files))
        .withMessage("source: the header has no column 'txt'. Its columns are 'text', 'summary'");
  }

  @Test
  void refusesANameThatTwoColumnsHave() throws IOException {
    CorpusFiles files = write("text,summary,text\na,1,b\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> format().open(files))
        .withMessageContaining("source: the header has several columns 'text'; give the number");
  }

  @Test
  void anExampleWithTextAfterAQuoteIsMalformed() throws IOException {
    try (ExampleReader reader = format().open(write("text,summary\n\"a\" b,1\n"))) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(BadExampleException.class)
          .hasMessageEndingWith(
              "x.csv, line 2: expected the separator ',' or the end of the row after the quoted"
                  + " column 0, got ' '; write a quote inside quotes as two");
    }
  }

  @Test
  void aQuoteThatIsNotClosedEndsReading() throws IOException {
    try (ExampleReader reader = format().open(write("text,summary\na,1\n\"b,2\nc,3\n"))) {
      reader.next();
      assertThatThrownBy(reader::next)
          .isInstanceOf(CorpusException.class)
          .isNotInstanceOf(BadExampleException.class)
          .hasMessageContaining(
              "x.csv, line 3: a quoted column begins here and is not closed before the end");
    }
  }

  @Test
  void aQuoteThatIsNotClosedDoesNotFillTheMemory() throws IOException {
    String rest = "0123456789,1\n".repeat(200_000);
    try (ExampleReader reader = format().open(write("text,summary\n\"" + rest))) {
      assertThatThrownBy(reader::next).hasMessageContaining("within 1000000 characters");
      assertThat(reader.progress()).isLessThan(0.6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"", "\n", "::"})
  void aSeparatorIsOneCharacter(String separator) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CsvFormat.Config(true, separator))
        .withMessageStartingWith("separator: expected one character");
  }
}
