package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Trains on a table as a user's program does. */
public final class EstimatorProgram {
  private EstimatorProgram() {}

  /**
   * Arguments: a config, a file of JSON lines, the address of the run, a folder for the results,
   * and settings of the config.
   */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSession.builder().appName("test").getOrCreate();
    Path out = Path.of(arguments[3]);
    Set<String> stages = new ConcurrentSkipListSet<>();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onStageSubmitted(SparkListenerStageSubmitted stage) {
                stages.add(stage.stageInfo().name());
              }
            });
    Dataset<Row> table = spark.read().json(arguments[1]).repartition(5);
    String[] settings = List.of(arguments).subList(4, arguments.length).toArray(String[]::new);
    Seq4jEstimator estimator =
        Seq4jEstimator.ofConfig(arguments[0])
            .setSourceCol("from.left")
            .setTargetCol("to")
            .setValidationIndicatorCol("check")
            .setOutputCol("answer")
            .setSettings(settings);
    List<String> errors = new ArrayList<>();
    errors.add(message(() -> fit(estimator.copy(none()).setTargetCol("no"), table)));
    errors.add(message(() -> fit(estimator.copy(none()).setTargetCol("check"), table)));
    errors.add(message(() -> fit(estimator.copy(none()).setOutputCol("to"), table)));
    errors.add(message(() -> fit(estimator.copy(none()).setSettings("model.decodr=x"), table)));
    errors.add(message(() -> fit(estimator.copy(none()), table.where("to is null"))));
    errors.add(message(() -> fit(estimator.copy(none()), table.where("not check"))));
    String ofOne = arguments[2] + "-of-one-worker";
    fit(estimator.copy(none()).setRun(ofOne).setSettings("training.workers=1"), table);
    stages.clear();
    Seq4jTranslator model = estimator.copy(none()).setRun(arguments[2]).fit(table);
    Files.write(out.resolve("stages.txt"), stages, UTF_8);
    errors.add("kept in memory: " + spark.sparkContext().getPersistentRDDs().size());
    Files.write(out.resolve("errors.txt"), errors, UTF_8);
    Dataset<Row> whole = // as lines of files
        table
            .where("to is not null and `from.left` is not null")
            .select(
                functions.translate(table.col("`from.left`"), "\n", " ").as("from.left"),
                table.col("to"),
                table.col("check"));
    write(ordered(whole.where("not check")).select("`from.left`", "to"), out.resolve("train.tsv"));
    Dataset<Row> dev = ordered(whole.where("check"));
    write(dev.select("`from.left`", "to"), out.resolve("dev.tsv"));
    write(model.transform(dev).select("`from.left`", "answer"), out.resolve("answers.tsv"));
    spark.stop();
  }

  /** Rows in the order in which the estimator reads them. */
  private static Dataset<Row> ordered(Dataset<Row> rows) {
    return rows.orderBy(functions.xxhash64(rows.col("`from.left`"), rows.col("to")));
  }

  private static void write(Dataset<Row> pairs, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Row row : pairs.collectAsList()) {
      lines.add(row.getString(0) + "\t" + row.getString(1));
    }
    Files.write(file, lines, UTF_8);
  }

  private static org.apache.spark.ml.param.ParamMap none() {
    return new org.apache.spark.ml.param.ParamMap();
  }

  private static void fit(Seq4jEstimator estimator, Dataset<Row> table) {
    estimator.fit(table);
  }

  private static String message(Runnable work) {
    try {
      work.run();
      return "no error";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage().replace('\n', ' ');
    }
  }
}
