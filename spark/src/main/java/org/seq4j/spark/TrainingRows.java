package org.seq4j.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The rows of a table that a model is trained on, as files of the driver. */
final class TrainingRows {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOURCE = "source";
  private static final String TARGET = "target";
  private static final String DEV = "dev";

  private final Path folder;
  private final Columns columns;

  /**
   * The names of columns.
   *
   * @param validation the column that is true for rows of validation; empty for none
   */
  record Columns(String source, String target, String validation) {
    boolean hasValidation() {
      return !validation.isEmpty();
    }
  }

  /**
   * Creates empty files in a folder, so that a config that names them can be checked.
   *
   * @throws IOException if they cannot be written
   */
  TrainingRows(Path folder, Columns columns) throws IOException {
    this.folder = folder;
    this.columns = columns;
    Files.createFile(train());
    if (columns.hasValidation()) {
      Files.createFile(dev());
    }
  }

  Path folder() {
    return folder;
  }

  private Path train() {
    return folder.resolve("train.jsonl");
  }

  private Path dev() {
    return folder.resolve("dev.jsonl");
  }

  /** Returns the settings of a config that make it read the files. */
  List<String> settings() {
    List<String> settings = new ArrayList<>();
    settings.add("data.train=" + corpus(train()));
    if (columns.hasValidation()) {
      settings.add("data.dev=" + corpus(dev()));
    }
    return settings;
  }

  private static String corpus(Path file) {
    return "{file: '%s', source: %s, target: %s}"
        .formatted(file.toString().replace("'", "''"), SOURCE, TARGET);
  }

  /**
   * Writes the rows in an order that depends on their texts alone: that of their hashes, so that
   * similar ones are apart. Rows without a source or a target are left out.
   *
   * @throws IllegalArgumentException if there is no row to train on, or none to validate on
   */
  void write(Dataset<?> table) {
    Dataset<Row> rows = complete(table);
    boolean hasTrain = write(rows.where(functions.not(functions.col(DEV))), train());
    check(hasTrain, writeDev(rows));
  }

  /**
   * Writes only the rows of validation.
   *
   * @return the rows to train on, of a source and a target, in any order
   * @throws IllegalArgumentException as {@link #write}
   */
  Dataset<Row> writeOnlyDev(Dataset<?> table) {
    Dataset<Row> rows = complete(table);
    Dataset<Row> train = rows.where(functions.not(functions.col(DEV))).select(SOURCE, TARGET);
    check(!train.isEmpty(), writeDev(rows));
    return train;
  }

  private boolean writeDev(Dataset<Row> rows) {
    return columns.hasValidation() && write(rows.where(functions.col(DEV)), dev());
  }

  /** Returns true if there are rows. */
  private static boolean write(Dataset<Row> rows, Path file) {
    Column source = functions.col(SOURCE);
    Column target = functions.col(TARGET);
    try (Writer out = Files.newBufferedWriter(file)) {
      Iterator<Row> ordered =
          rows.orderBy(functions.xxhash64(source, target), source, target).toLocalIterator();
      boolean any = ordered.hasNext();
      while (ordered.hasNext()) {
        write(ordered.next(), out);
      }
      return any;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the rows that have a source and a target, and whether they are for validation. */
  private Dataset<Row> complete(Dataset<?> table) {
    Column source = functions.col(name(columns.source()));
    Column target = functions.col(name(columns.target()));
    return table
        .toDF()
        .where(source.isNotNull().and(target.isNotNull()))
        .select(line(source).as(SOURCE), line(target).as(TARGET), isDev().as(DEV));
  }

  /** Returns a text as one line, as it is read from a file. */
  private static Column line(Column text) {
    return functions.translate(text, "\n", " ");
  }

  private void check(boolean hasTrain, boolean hasDev) {
    String both = "with a value in " + columns.source() + " and in " + columns.target();
    if (!hasTrain) {
      throw new IllegalArgumentException("the table has no row to train on, " + both);
    }
    if (columns.hasValidation() && !hasDev) {
      throw new IllegalArgumentException(
          "the table has no row to validate on, where "
              + columns.validation()
              + " is true, "
              + both);
    }
  }

  private Column isDev() {
    return columns.hasValidation()
        ? functions.coalesce(functions.col(name(columns.validation())), functions.lit(false))
        : functions.lit(false);
  }

  /** Returns a name as Spark reads it whole, whatever it contains. */
  private static String name(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private static void write(Row row, Writer out) throws IOException {
    ObjectNode pair =
        JSON.createObjectNode().put(SOURCE, row.getString(0)).put(TARGET, row.getString(1));
    out.write(pair + "\n");
  }
}
