package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;

/** The format of text files with columns separated by tabs. */
public final class ColumnsFormat implements CorpusFormat {
  private static final Pattern COLUMN = Pattern.compile("\\d{1,6}");

  @Override
  public List<String> extensions() {
    return Compression.endings(".tsv");
  }

  @Override
  public void check(CorpusFiles files) {
    if (files.file().isEmpty()) {
      throw new IllegalArgumentException("file: expected a file of columns, got none");
    }
    if (files.source().isEmpty()) {
      throw missing("source").get();
    }
    for (String column : files.source()) {
      check("source", column);
    }
    check("target", files.target().orElseThrow(missing("target")));
    files.alignment().ifPresent(column -> check("alignment", column));
  }

  private static Supplier<IllegalArgumentException> missing(String key) {
    return () ->
        new IllegalArgumentException(key + ": expected a column number (from 0), got none");
  }

  private static void check(String key, String text) {
    if (!COLUMN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          ("%s: expected a column number (from 0) because file is given, got '%s';"
                  + " for two parallel files, remove the key file")
              .formatted(key, text));
    }
  }

  @Override
  public ExampleReader open(CorpusFiles files) {
    Path file = files.file().orElseThrow();
    return new LineReader(file, new Columns(files)::example);
  }

  /** The columns of source, target and alignment. */
  private static final class Columns {
    private final boolean alternatives;
    private final List<Integer> sources;
    private final int target;
    private final Optional<Integer> alignment;
    private final int needed;

    Columns(CorpusFiles files) {
      this.alternatives = files.alternatives();
      this.sources = files.source().stream().map(Integer::valueOf).toList();
      this.target = Integer.parseInt(files.target().orElseThrow());
      this.alignment = files.alignment().map(Integer::valueOf);
      int last = Math.max(target, sources.stream().mapToInt(Integer::intValue).max().orElse(0));
      this.needed = 1 + Math.max(last, alignment.orElse(0));
    }

    Example example(String line, Supplier<String> place) {
      String[] columns = line.split("\t", -1);
      if (columns.length < needed) {
        throw new BadExampleException(place.get(), tooFew(columns.length));
      }
      String source =
          sources.stream().map(column -> columns[column]).collect(Collectors.joining(" "));
      return new Example(
          source,
          alternatives ? LineReader.references(columns, target) : List.of(columns[target]),
          alignment.map(column -> LineReader.alignment(columns[column], place)));
    }

    private String tooFew(int found) {
      String named = sources.stream().map(String::valueOf).collect(Collectors.joining(" and "));
      return String.format(
              Locale.ROOT, "expected at least %d columns separated by tabs, got %d", needed, found)
          + String.format(
              Locale.ROOT,
              " (source is column %s, target is column %d%s, counted from 0)",
              named,
              target,
              alignment.map(it -> ", alignment is column " + it).orElse(""));
    }
  }
}
