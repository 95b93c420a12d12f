package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.ExampleReader;

/** The format of two parallel files: line n of one belongs to line n of the other. */
public final class ParallelFormat implements CorpusFormat {
  private static final Pattern COLUMN = Pattern.compile("\\d{1,6}");

  @Override
  public void check(CorpusFiles files) {
    checkFiles(files);
  }

  /** Checks that source, target and alignment are file names. */
  static void checkFiles(CorpusFiles files) {
    if (files.file().isPresent()) {
      throw new IllegalArgumentException(
          "file: expected none; source and target are the files of this format");
    }
    if (files.source().isEmpty()) {
      throw new IllegalArgumentException("source: expected the name of a file, got none");
    }
    for (String side : files.source()) {
      checkName("source", side);
    }
    checkName(
        "target",
        files
            .target()
            .orElseThrow(
                () ->
                    new IllegalArgumentException("target: expected the name of a file, got none")));
    files.alignment().ifPresent(name -> checkName("alignment", name));
    if (files.source().size() > 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "source: expected one file, got %d; only columns of a tab-separated file or JSON keys can be joined",
              files.source().size()));
    }
  }

  private static void checkName(String key, String text) {
    if (COLUMN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          ("%s: the file of column %s is missing. Add file: NAME.tsv;"
                  + " if it is the name of a file itself, write ./%s")
              .formatted(key, text, text));
    }
    if (text.isBlank()) {
      throw new IllegalArgumentException(key + ": expected the name of a file, got an empty one");
    }
  }

  @Override
  public List<Path> files(CorpusFiles files) {
    return ParallelReader.files(files);
  }

  @Override
  public ExampleReader open(CorpusFiles files) {
    return new ParallelReader(files);
  }
}
