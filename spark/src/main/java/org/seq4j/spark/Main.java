package org.seq4j.spark;

import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The main class for {@code spark-submit}: its first argument is a verb, {@code translate}, {@code
 * score}, {@code transcribe} or {@code train}.
 */
@Command(
    name = "seq4j-spark",
    description =
        "Translates and scores tables, transcribes sounds, and trains models, on a Spark cluster.",
    subcommands = {TranslateJob.class, ScoreJob.class, TranscribeJob.class, TrainJob.class})
public final class Main implements Runnable {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "expected a verb: translate, score, transcribe or train");
  }

  /** Runs a verb, and ends the JVM, of which Spark may have left threads. */
  public static void main(String[] arguments) {
    int status = 1;
    try {
      status = run(arguments);
    } finally {
      SparkSession.getActiveSession().foreach(Main::stop);
      System.out.flush();
      System.exit(status);
    }
  }

  private static Object stop(SparkSession session) {
    session.stop();
    return null;
  }

  /** Runs a verb, and returns the exit status: 0, 1 for a failure, 2 for wrong usage. */
  private static int run(String... arguments) {
    CommandLine line = new CommandLine(new Main());
    line.getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(CommandLine.ScopeType.INHERIT)
                .description("Show this help.")
                .build());
    return line.setExecutionExceptionHandler(
            (exception, at, parsed) -> {
              at.getErr().println("seq4j-spark: " + FailureMessage.of(exception));
              return 1;
            })
        .execute(arguments);
  }
}
