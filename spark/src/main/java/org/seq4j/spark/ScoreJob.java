package org.seq4j.spark;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code score}. */
@Command(
    name = "score",
    description =
        "Adds the log-probabilities of given targets to the rows of a table. Lines of text are"
            + " SOURCE TAB TARGET.",
    footerHeading = "%nExample:%n",
    footer =
        "  score hdfs:///models/de-en --input hdfs:///pairs.tsv --output hdfs:///scored --format"
            + " parquet")
final class ScoreJob implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobOptions options;

  @Option(
      names = "--target-column",
      paramLabel = "NAME",
      defaultValue = "target",
      description = "Column of targets in a table (default ${DEFAULT-VALUE}).")
  private String target;

  @Option(
      names = "--output-column",
      paramLabel = "NAME",
      defaultValue = "score",
      description = "New column of log-probabilities (default ${DEFAULT-VALUE}).")
  private String score;

  @Override
  public Integer call() {
    options.check(spec.commandLine());
    options.start("score");
    Seq4jScorer model =
        Seq4jScorer.ofRun(options.run(), options.checkpoint())
            .setSourceCol(options.source())
            .setTargetCol(target)
            .setOutputCol(score);
    options.applyTo(model);
    Counts counts = options.counts("score");
    Dataset<Row> scored = model.transform(options.table(List.of(options.source(), target)), counts);
    options.write(
        scored, functions.coalesce(functions.col(score).cast("string"), functions.lit("")));
    System.out.printf(Locale.ROOT, "%,d rows scored%n", counts.rows());
    options.report(counts);
    return 0;
  }
}
