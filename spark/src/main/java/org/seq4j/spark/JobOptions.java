package org.seq4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.seq4j.runtime.io.RunException;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Options of all verbs: the run, the input and the output. */
final class JobOptions {
  private static final String TEXT = "text";

  /** Number of parts of the input for each task that can run at the same time. */
  private static final int PARTS_PER_SLOT = 3;

  @Parameters(
      paramLabel = "RUN",
      description = "Folder of a run, in any file system that Hadoop knows.")
  private String run;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      defaultValue = "best",
      description = "Checkpoint: best (default), last, or a name such as last-1200.")
  private String checkpoint;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      required = true,
      description = "File or folder, with wildcards; repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--input-format",
      paramLabel = "NAME",
      description =
          "Format of the input: parquet, json, orc, or another that Spark reads. By default text, of"
              + " which a line is a source; for transcribe, the files themselves.")
  private Optional<String> inputFormat = Optional.empty();

  @Option(
      names = "--source-column",
      paramLabel = "NAME",
      description = "Column of sources in a table (default source; for transcribe, content).")
  private Optional<String> source = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "New folder for the result.")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = TEXT,
      description =
          "Format of the output: text (default; the results alone, in the order of the input's"
              + " parts), or parquet, json, orc with all columns.")
  private String format;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Distribute the rows anew to this number of partitions, for example of a compressed file,"
              + " which is a single one. The order of rows is lost.")
  private Optional<Integer> partitions = Optional.empty();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Number of rows in a batch (default 512; for transcribe, 16).")
  private Optional<Integer> batch = Optional.empty();

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Number of threads of a model; 0 (default): the processors that the executor sees.")
  private int threads;

  @Option(
      names = "--on-error",
      paramLabel = "ACTION",
      defaultValue = ModelStage.STOP,
      description = "For a row that the model cannot read: stop (default), or null, and count it.")
  private String onError;

  String run() {
    return run;
  }

  String checkpoint() {
    return checkpoint;
  }

  /** The column of sources. */
  String source() {
    return source.orElse("source");
  }

  /** The column of contents of files. */
  String content() {
    return source.orElse("content");
  }

  /** Refuses options that are out of range. */
  void check(CommandLine line) {
    refuse(
        line,
        batch.map(it -> it < 1).orElse(false),
        "--batch: expected a number from 1 up, got " + batch.orElse(0));
    refuse(line, threads < 0, "--threads: expected a number from 0 up, got " + threads);
    refuse(
        line,
        partitions.map(it -> it < 1).orElse(false),
        "--partitions: expected a number from 1 up, got " + partitions.orElse(0));
    refuse(
        line,
        !List.of(ModelStage.STOP, ModelStage.NULL).contains(onError),
        "--on-error: expected stop or null, got " + onError);
  }

  private static void refuse(CommandLine line, boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(line, message);
    }
  }

  /** Starts the Spark application, and checks that the output is new. */
  void start(String verb) {
    SparkSession session = SparkSession.builder().appName("seq4j " + verb).getOrCreate();
    int parts = PARTS_PER_SLOT * session.sparkContext().defaultParallelism();
    // a file of text is cut into as many parts as keep all tasks busy, by default into parts of 128
    // MB
    session.conf().set("spark.sql.files.minPartitionNum", Integer.toString(parts));
    session.conf().set("spark.sql.files.openCostInBytes", "65536");
    Path path = new Path(output);
    try {
      if (path.getFileSystem(ModelStage.hadoop()).exists(path)) {
        throw new RunException(output + " already exists; name a new folder");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void applyTo(ModelStage<?> model) {
    batch.ifPresent(rows -> model.set(model.batchSize(), (Object) rows));
    model.set(model.threads(), (Object) threads);
    model.set(model.onError(), onError);
  }

  Counts counts(String verb) {
    return new Counts(SparkSession.active().sparkContext(), "seq4j " + verb);
  }

  /**
   * Reads the input.
   *
   * @param columns names of the columns of a line of text, which are separated by tabs
   */
  Dataset<Row> table(List<String> columns) {
    Dataset<Row> table = read(TEXT);
    if (inputFormat.orElse(TEXT).equals(TEXT)) {
      table = columns.size() == 1 ? table.toDF(columns.get(0)) : split(table, columns);
    }
    return distributed(table);
  }

  /** Reads the input, of which a file is a row if no other format is given. */
  Dataset<Row> files() {
    Dataset<Row> table = read("binaryFile");
    return partitions.isPresent() ? table.repartition(partitions.get()) : table;
  }

  private Dataset<Row> read(String byDefault) {
    return SparkSession.active()
        .read()
        .format(inputFormat.orElse(byDefault))
        .load(inputs.toArray(String[]::new));
  }

  private Dataset<Row> distributed(Dataset<Row> table) {
    SparkSession session = SparkSession.active();
    int slots = session.sparkContext().defaultParallelism();
    int found = table.rdd().getNumPartitions();
    if (partitions.isPresent()) {
      table = table.repartition(partitions.get());
    } else if (found < slots) {
      System.err.printf(
          Locale.ROOT,
          "warning: the input has %d partitions for %d tasks at a time: a compressed file of text"
              + " is a single one. Give --partitions %d if the order of rows does not matter%n",
          found,
          slots,
          PARTS_PER_SLOT * slots);
    }
    return table;
  }

  private static Dataset<Row> split(Dataset<Row> lines, List<String> columns) {
    Column parts = functions.split(functions.col("value"), "\t", columns.size());
    Dataset<Row> table = lines;
    for (int i = 0; i < columns.size(); i++) {
      table = table.withColumn(columns.get(i), parts.getItem(i));
    }
    return table.drop("value");
  }

  /**
   * Writes the result.
   *
   * @param line what a line of text contains
   */
  void write(Dataset<Row> result, Column line) {
    boolean text = format.equals(TEXT);
    (text ? result.select(line) : result).write().format(format).save(output);
  }

  /** Tells what happened to rows beside the usual. */
  void report(Counts counts) {
    if (counts.refused() > 0) {
      System.err.printf(
          Locale.ROOT,
          "warning: %,d rows have no result, because the model cannot read them%n",
          counts.refused());
    }
    if (counts.cut() > 0) {
      System.err.printf(
          Locale.ROOT,
          "warning: %,d sources are longer than the model's source.max_length and were cut%n",
          counts.cut());
    }
  }
}
