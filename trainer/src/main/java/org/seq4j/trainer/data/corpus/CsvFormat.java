package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.plugin.Key;

/** The format of CSV files (RFC 4180): columns separated by commas, quoted where necessary. */
public final class CsvFormat implements CorpusFormat {
  private final Config config;
  private final CsvSyntax syntax;

  /** The keys of {@code csv}. */
  public record Config(
      @Key(
              doc =
                  "Whether the first row has the names of the columns, which source, target and alignment"
                      + " may then use in place of numbers.",
              defaultValue = "true")
          boolean header,
      @Key(doc = "Character between columns, such as ';'.", defaultValue = "','")
          String separator) {

    /** Checks the separator. */
    public Config {
      if (separator.length() != 1 || "\"\r\n".contains(separator)) {
        throw new IllegalArgumentException(
            "separator: expected one character other than a quote, got '" + separator + "'");
      }
    }
  }

  public CsvFormat(Config config) {
    this.config = config;
    this.syntax = new CsvSyntax(config.separator().charAt(0));
  }

  @Override
  public List<String> extensions() {
    return Compression.endings(".csv");
  }

  @Override
  public void check(CorpusFiles files) {
    Columns.check(files, config.header(), "remove header: false");
  }

  @Override
  public ExampleReader open(CorpusFiles files) {
    Path file = files.file().orElseThrow();
    return LineReader.open(file, new CsvRows(file, syntax), rows -> parser(files, file, rows));
  }

  private LineReader.Parser parser(CorpusFiles files, Path file, LineSource rows) {
    if (!config.header()) {
      return new RowParser(Columns.of(files), 0);
    }
    String[] names = syntax.fields(LineReader.header(file, rows), () -> file + ", line 1");
    return new RowParser(Columns.of(files, List.of(names)), names.length);
  }

  /** Parses rows, all of which have the same number of columns. */
  private final class RowParser implements LineReader.Parser {
    private final Columns columns;
    private int width; // 0 before the first row

    RowParser(Columns columns, int width) {
      this.columns = columns;
      this.width = width;
    }

    @Override
    public Example parse(String line, Supplier<String> place) {
      String[] row = syntax.fields(line, place);
      if (width > 0 && row.length != width) {
        throw new BadExampleException(
            place.get(),
            String.format(
                Locale.ROOT,
                "expected %d columns as in the first row, got %d;"
                    + " a text with the separator '%s' needs quotes",
                width,
                row.length,
                config.separator()));
      }
      Example example = columns.example(row, "'" + config.separator() + "'", place);
      width = row.length;
      return example;
    }
  }
}
