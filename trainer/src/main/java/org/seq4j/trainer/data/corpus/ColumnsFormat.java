package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.plugin.Key;

/** The format of text files with columns separated by tabs. */
public final class ColumnsFormat implements CorpusFormat {
  private final Config config;

  /** The keys of {@code columns}. */
  public record Config(
      @Key(
              doc =
                  "Whether the first line has the names of the columns, which source, target and alignment"
                      + " may then use in place of numbers.",
              defaultValue = "false")
          boolean header) {}

  public ColumnsFormat(Config config) {
    this.config = config;
  }

  @Override
  public List<String> extensions() {
    return Compression.endings(".tsv");
  }

  @Override
  public void check(CorpusFiles files) {
    Columns.check(files, config.header(), "add format: {type: columns, header: true}");
  }

  @Override
  public ExampleReader open(CorpusFiles files) {
    Path file = files.file().orElseThrow();
    return LineReader.open(
        file,
        new Lines(file),
        lines -> {
          Columns columns =
              config.header()
                  ? Columns.of(files, List.of(split(LineReader.header(file, lines))))
                  : Columns.of(files);
          return (line, place) -> columns.example(split(line), "tabs", place);
        });
  }

  private static String[] split(String line) {
    return line.split("\t", -1);
  }
}
