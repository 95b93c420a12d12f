package org.seq4j.trainer.data.corpus;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.Example;

/**
 * The columns of source, target and alignment, counted from 0.
 *
 * @param separator the text between several columns of a source
 * @param alternatives true if the columns after the target hold further references
 */
record Columns(
    List<Integer> sources,
    String separator,
    int target,
    Optional<Integer> alignment,
    boolean alternatives) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  private static final int MAX_SHOWN = 20; // names of columns in a message

  Columns {
    sources = List.copyOf(sources);
  }

  /**
   * Checks that the keys of a corpus may be columns.
   *
   * @param header true if a column may be given by its name
   * @param forNames the advice to users who give a name without a header
   * @throws IllegalArgumentException if a key is missing or invalid
   */
  static void check(CorpusFiles files, boolean header, String forNames) {
    String expected = header ? "a column name or number (from 0)" : "a column number (from 0)";
    if (files.file().isEmpty()) {
      throw new IllegalArgumentException("file: expected a file of columns, got none");
    }
    if (files.source().isEmpty()) {
      throw new IllegalArgumentException("source: expected " + expected + ", got none");
    }
    if (files.target().isEmpty()) {
      throw new IllegalArgumentException("target: expected " + expected + ", got none");
    }
    if (!header) {
      files.source().forEach(column -> checkNumber("source", column, forNames));
      files.target().ifPresent(column -> checkNumber("target", column, forNames));
      files.alignment().ifPresent(column -> checkNumber("alignment", column, forNames));
    }
  }

  private static void checkNumber(String key, String text, String forNames) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          ("%s: expected a column number (from 0) because file is given, got '%s';"
                  + " for two parallel files, remove the key file; for a column name, %s")
              .formatted(key, text, forNames));
    }
  }

  /** Returns the columns of a file without a header. */
  static Columns of(CorpusFiles files) {
    return new Columns(
        files.source().stream().map(Integer::valueOf).toList(),
        files.separator(),
        Integer.parseInt(files.target().orElseThrow()),
        files.alignment().map(Integer::valueOf),
        files.alternatives());
  }

  /**
   * Returns the columns of a file with a header.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  static Columns of(CorpusFiles files, List<String> header) {
    return new Columns(
        files.source().stream().map(column -> find("source", column, header)).toList(),
        files.separator(),
        find("target", files.target().orElseThrow(), header),
        files.alignment().map(column -> find("alignment", column, header)),
        files.alternatives());
  }

  /** Returns the number of a column that is given by its name or its number. */
  private static int find(String key, String column, List<String> header) {
    int first = header.indexOf(column);
    if (first >= 0 && header.lastIndexOf(column) != first) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: the header has several columns '%s'; give the number of one (%d is the first)",
              key,
              column,
              first));
    }
    if (first >= 0) {
      return first;
    }
    if (NUMBER.matcher(column).matches() && Integer.parseInt(column) < header.size()) {
      return Integer.parseInt(column);
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "%s: the header has no column '%s'. Its columns are %s",
            key,
            column,
            shown(header)));
  }

  private static String shown(List<String> header) {
    List<String> shown = new ArrayList<>();
    header.stream().limit(MAX_SHOWN).forEach(name -> shown.add("'" + name + "'"));
    return String.join(", ", shown)
        + (header.size() > MAX_SHOWN ? " and " + (header.size() - MAX_SHOWN) + " more" : "");
  }

  /**
   * Returns the example of a row.
   *
   * @param separated the separator in words, for messages: "tabs"
   * @throws BadExampleException if a column is missing, or the alignment is invalid
   */
  Example example(String[] row, String separated, Supplier<String> place) {
    int last = Math.max(target, sources.stream().mapToInt(Integer::intValue).max().orElse(0));
    int needed = 1 + Math.max(last, alignment.orElse(0));
    if (row.length < needed) {
      throw new BadExampleException(place.get(), tooFew(needed, row.length, separated));
    }
    return new Example(
        sources.stream().map(column -> row[column]).collect(joining(separator)),
        alternatives ? LineReader.references(row, target) : List.of(row[target]),
        alignment.map(column -> LineReader.alignment(row[column], place)));
  }

  private String tooFew(int needed, int found, String separated) {
    return String.format(
        Locale.ROOT,
        "expected at least %d columns separated by %s, got %d"
            + " (source is column %s, target is column %d%s, counted from 0)",
        needed,
        separated,
        found,
        sources.stream().map(String::valueOf).collect(joining(" and ")),
        target,
        alignment.map(it -> ", alignment is column " + it).orElse(""));
  }
}
