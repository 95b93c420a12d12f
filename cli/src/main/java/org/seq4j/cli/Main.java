package org.seq4j.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.seq4j.cli.command.AlignCommand;
import org.seq4j.cli.command.AverageCommand;
import org.seq4j.cli.command.ChatCommand;
import org.seq4j.cli.command.CheckCommand;
import org.seq4j.cli.command.CompareCommand;
import org.seq4j.cli.command.CompletionCommand;
import org.seq4j.cli.command.DataCommand;
import org.seq4j.cli.command.DemoCommand;
import org.seq4j.cli.command.EvaluateCommand;
import org.seq4j.cli.command.ExportCommand;
import org.seq4j.cli.command.FindLearningRateCommand;
import org.seq4j.cli.command.ImportCommand;
import org.seq4j.cli.command.InspectCommand;
import org.seq4j.cli.command.MetricsCommand;
import org.seq4j.cli.command.NgramCommand;
import org.seq4j.cli.command.PluginsCommand;
import org.seq4j.cli.command.ReportCommand;
import org.seq4j.cli.command.SchemaCommand;
import org.seq4j.cli.command.ScoreCommand;
import org.seq4j.cli.command.ServeCommand;
import org.seq4j.cli.command.SparkCommand;
import org.seq4j.cli.command.SweepCommand;
import org.seq4j.cli.command.TokenizerCommand;
import org.seq4j.cli.command.TrainCommand;
import org.seq4j.cli.command.TranscribeCommand;
import org.seq4j.cli.command.TranslateCommand;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.runtime.platform.FileNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code seq4j} command. */
@Command(
    name = "seq4j",
    description = "Trains and uses sequence-to-sequence models, each described by a config file.",
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      TrainCommand.class,
      TranslateCommand.class,
      TranscribeCommand.class,
      AlignCommand.class,
      ChatCommand.class,
      EvaluateCommand.class,
      ScoreCommand.class,
      ServeCommand.class,
      AverageCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      SweepCommand.class,
      FindLearningRateCommand.class,
      CheckCommand.class,
      InspectCommand.class,
      PluginsCommand.class,
      SchemaCommand.class,
      DataCommand.class,
      TokenizerCommand.class,
      NgramCommand.class,
      SparkCommand.class,
      MetricsCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j demo                                      a first model, in minutes",
      "  seq4j data generate reverse --output examples/reverse/data",
      "  seq4j train examples/reverse/reverse.yaml       writes runs/reverse",
      "  seq4j evaluate runs/reverse",
      "  echo '1 2 3' | seq4j translate runs/reverse",
      "  seq4j tokenizer train bpe --set merges=8000 --output codes.bpe train.txt",
      "  seq4j metrics --hypotheses out.txt --references ref.txt --metric bleu,chrf",
      "",
      "Results go to stdout, progress and errors to stderr. Exit status:",
      "  0  success",
      "  1  failure at run time (data, checkpoint, plugin, disk)",
      "  2  invalid command line, or none",
      "  3  invalid config file, or a file that it names does not exist",
      "  4  training was stopped by a signal, and has saved: it can be resumed"
    })
public final class Main {
  @SuppressWarnings("unused") // set by picocli
  @Mixin
  private final GlobalOptions options;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  @SuppressWarnings("unused") // read by picocli
  private boolean version;

  @Inject
  Main(GlobalOptions options) {
    this.options = options;
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(run(Console.system(), arguments));
  }

  /** Runs the command and returns its exit status. */
  public static int run(Console given, String... arguments) {
    GlobalOptions options = new GlobalOptions();
    Console console = given.carrying(options::carried);
    Plugins plugins = new Plugins(options);
    ErrorReport errors = new ErrorReport(console, options, plugins::inUse);
    try (plugins) {
      int status = commandLine(console, options, plugins, errors).execute(arguments);
      if (status != ErrorReport.DONE) {
        FileNames.lost(List.of(arguments)).ifPresent(hint -> console.err().println(hint));
      }
      console.out().flush();
      return status;
    } catch (Throwable e) { // users see no stack trace without --verbose
      return errors.report(e);
    }
  }

  private static CommandLine commandLine(
      Console console, GlobalOptions options, Plugins plugins, ErrorReport errors) {
    CommandLine line =
        new CommandLine(Main.class, CommandModule.factory(console, options, plugins));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.outIsTerminal() ? Ansi.AUTO : Ansi.OFF));
    line.setUsageHelpAutoWidth(false);
    line.setUsageHelpWidth(Math.max(Console.DEFAULT_COLUMNS, Math.min(120, console.columns())));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setAllowSubcommandsAsOptionParameters(true); // a folder may be called plugins
    line.getSubcommands().get(SparkCommand.NAME).setStopAtPositional(true);
    line.setParameterExceptionHandler((e, rest) -> wrongUsage(e, console));
    line.setExecutionStrategy(Main::execute);
    line.setExecutionExceptionHandler(
        (e, command, result) ->
            errors.report(
                e, command.getParseResult().matchedOptionValue("--set", List.<String>of())));
    return line;
  }

  /** Executes a command. Help does not hide that the command before it does not exist. */
  private static int execute(CommandLine.ParseResult parsed) {
    for (CommandLine command : parsed.asCommandLineList()) {
      List<String> unmatched = command.getParseResult().unmatched();
      if (!unmatched.isEmpty()) {
        throw new UnmatchedArgumentException(command, unmatched);
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int wrongUsage(ParameterException e, Console console) {
    CommandLine command = e.getCommandLine();
    if (e.getClass() == ParameterException.class && command.getParent() == null) {
      command.usage(command.getErr()); // seq4j without a command
      return CommandLine.ExitCode.USAGE;
    }
    console.err().println("seq4j: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    String name = command.getCommandSpec().qualifiedName();
    console.err().println("Try '" + name + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"seq4j " + (version == null ? "(not packaged)" : version)};
    }
  }
}
