package org.seq4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code transcribe}. */
@Command(
    name = "transcribe",
    description =
        "Transcribes files of sound, or the contents of files in a table. Lines of text are PATH TAB"
            + " TEXT.",
    footerHeading = "%nExample:%n",
    footer =
        "  transcribe hdfs:///models/speech --input 'hdfs:///calls/*.wav' --output hdfs:///texts")
final class TranscribeJob implements Callable<Integer> {
  private static final String PATH = "path";

  @Spec private CommandSpec spec;
  @Mixin private JobOptions options;

  @Option(
      names = "--output-column",
      paramLabel = "NAME",
      defaultValue = "text",
      description = "New column of texts (default ${DEFAULT-VALUE}).")
  private String text;

  @Option(
      names = "--words",
      description = "Add a column words to a table: the words with their times and scores.")
  private boolean words;

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
    options.start("transcribe");
    Dataset<Row> files = options.files();
    boolean named = List.of(files.columns()).contains(PATH);
    Seq4jTranscriber model =
        Seq4jTranscriber.ofRun(options.run(), options.checkpoint())
            .setContentCol(options.content())
            .setPathCol(named ? PATH : "")
            .setOutputCol(text)
            .setWordsCol(words ? "words" : "")
            .setSearch(search);
    options.applyTo(model);
    Counts counts = options.counts("transcribe");
    Dataset<Row> transcribed = model.transform(files, counts).drop(options.content());
    options.write(transcribed, line(named));
    System.out.printf(Locale.ROOT, "%,d files transcribed%n", counts.rows());
    options.report(counts);
    return 0;
  }

  private Column line(boolean named) {
    Column transcript = functions.coalesce(functions.col(text), functions.lit(""));
    return named ? functions.concat_ws("\t", functions.col(PATH), transcript) : transcript;
  }
}
