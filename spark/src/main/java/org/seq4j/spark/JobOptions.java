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
      defaultValue = TEXT,
      description =
          "Format of the input: text (default; a line is a source), parquet, json, orc, or another"
              + " that Spark reads.")
  private String inputFormat;

  @Option(
      names = "--source-column",
      paramLabel = "NAME",
      defaultValue = "source",
      description = "Column of sources in a table (default ${DEFAULT-VALUE}).")
  private String source;

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
      defaultValue = "512",
      description = "Number of rows in a batch (default ${DEFAULT-VALUE}).")
  private int batch;

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
    return source;
  }

  /** Refuses options that are out of range. */
  void check(CommandLine line) {
    refuse(line, batch < 1, "--batch: expected a number from 1 up, got " + batch);
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
    model.set(model.batchSize(), (Object) batch);
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
    SparkSession session = SparkSession.active();
    String[] paths = inputs.toArray(String[]::new);
    Dataset<Row> table = session.read().format(inputFormat).load(paths);
    if (inputFormat.equals(TEXT)) {
      table = columns.size() == 1 ? table.toDF(columns.get(0)) : split(table, columns);
    }
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
