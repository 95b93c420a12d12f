package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A program as a user writes it; its results are files, which a test reads. */
public final class PipelineProgram {
  private PipelineProgram() {}

  /** Arguments: a verb, the folder of a run, the file of lines, and a folder for the results. */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSession.builder().appName("test").getOrCreate();
    Path out = Path.of(arguments[3]);
    Dataset<Row> table = table(spark, Files.readAllLines(Path.of(arguments[2]), UTF_8));
    if (arguments[0].equals("divide")) {
      divide(translator(arguments[1]), table, out);
    } else if (arguments[0].equals("save")) {
      save(arguments[1], table, out);
    } else {
      PipelineModel pipeline = PipelineModel.load(out.resolve("pipeline").toString());
      write(pipeline.transform(table), out.resolve("loaded.tsv"));
    }
    spark.stop();
  }

  private static Seq4jTranslator translator(String run) {
    return Seq4jTranslator.ofRun(run).setScoreCol("score").setBatchSize(100);
  }

  private static void divide(Seq4jTranslator translator, Dataset<Row> table, Path out)
      throws IOException {
    for (int partitions : new int[] {1, 4, 17}) {
      // rows of the same hundred go together, so that some partitions are empty
      Dataset<Row> parts = table.repartition(partitions, table.col("hundred"));
      write(translator.transform(parts), out.resolve("in-" + partitions + ".tsv"));
    }
  }

  private static void save(String run, Dataset<Row> table, Path out) throws IOException {
    Seq4jTranslator translator = translator(run);
    divide(translator, table, out);
    Seq4jTranslator wide = translator.copy(translator.extractParamMap());
    wide.setSearch("type=beam", "size=3").setOutputCol("wide").setScoreCol("");
    Seq4jScorer scorer = Seq4jScorer.ofRun(run).setTargetCol("translation").setOutputCol("again");
    PipelineModel pipeline =
        new Pipeline().setStages(new PipelineStage[] {translator, wide, scorer}).fit(table);
    pipeline.write().overwrite().save(out.resolve("pipeline").toString());
    write(pipeline.transform(table), out.resolve("pipeline.tsv"));
    List<String> errors = new ArrayList<>();
    errors.add(message(() -> Seq4jTranslator.ofRun(out + "/none")));
    errors.add(message(() -> Seq4jTranslator.ofRun(run, "last-77")));
    errors.add(message(() -> Seq4jTranslator.ofRun(run).setInputCol("no").transform(table)));
    errors.add(message(() -> Seq4jTranslator.ofRun(run).setInputCol("id").transform(table)));
    errors.add(message(() -> Seq4jTranslator.ofRun(run).setOutputCol("id").transform(table)));
    errors.add(message(() -> Seq4jTranslator.ofRun(run).setSearch("sise=3").transform(table)));
    Files.write(out.resolve("errors.txt"), errors, UTF_8);
  }

  private static String message(Runnable work) {
    try {
      work.run();
      return "no error";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage().replace('\n', ' ');
    }
  }

  /** A line of the file is a source; an empty line becomes null. */
  private static Dataset<Row> table(SparkSession spark, List<String> lines) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      rows.add(RowFactory.create((long) i, line.isEmpty() ? null : line, i / 100));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("source", DataTypes.StringType, true)
            .add("hundred", DataTypes.IntegerType, false));
  }

  private static void write(Dataset<Row> table, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Row row : table.orderBy("id").collectAsList()) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        values.add(String.valueOf(row.get(i)));
      }
      lines.add(String.join("\t", values));
    }
    Files.write(file, lines, UTF_8);
  }
}
