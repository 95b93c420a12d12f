package org.seq4j.spark;

import java.util.ArrayList;
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

/** The verb {@code translate}. */
@Command(
    name = "translate",
    description = "Adds a model's answers to the rows of a table, or writes them as text.",
    footerHeading = "%nExample:%n",
    footer =
        "  translate hdfs:///models/de-en --input hdfs:///corpus/*.txt --output hdfs:///corpus.en")
final class TranslateJob implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobOptions options;

  @Option(
      names = "--output-column",
      paramLabel = "NAME",
      defaultValue = "translation",
      description = "New column of answers (default ${DEFAULT-VALUE}).")
  private String answer;

  @Option(
      names = "--scores",
      description =
          "Add a column score of log-probabilities; in text: SCORE TAB ANSWER in each line.")
  private boolean scores;

  @Option(
      names = "--seed-column",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Column of whole numbers, the seeds of sampling.")
  private String seed;

  @Option(
      names = "--precision",
      paramLabel = "NUMBERS",
      defaultValue = "f32",
      description = "Number format of products with weights in the search: f32 (default) or bf16.")
  private String precision;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the run's section search, such as search.size=5; repeatable.")
  private List<String> settings = new ArrayList<>();

  @Override
  public Integer call() {
    String[] search = SearchSettings.of(settings, spec.commandLine());
    options.check(spec.commandLine());
    options.start("translate");
    Seq4jTranslator model =
        Seq4jTranslator.ofRun(options.run(), options.checkpoint())
            .setInputCol(options.source())
            .setOutputCol(answer)
            .setScoreCol(scores ? "score" : "")
            .setSeedCol(seed)
            .setPrecision(precision)
            .setSearch(search);
    options.applyTo(model);
    Counts counts = options.counts("translate");
    Dataset<Row> answered = model.transform(options.table(List.of(options.source())), counts);
    options.write(answered, line());
    System.out.printf(Locale.ROOT, "%,d rows translated%n", counts.rows());
    options.report(counts);
    return 0;
  }

  private org.apache.spark.sql.Column line() {
    // text formats write no null: a row without an answer is an empty line
    org.apache.spark.sql.Column text = functions.coalesce(functions.col(answer), functions.lit(""));
    return scores ? functions.concat_ws("\t", functions.col("score").cast("string"), text) : text;
  }
}
