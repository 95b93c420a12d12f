package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.Distribution;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.runtime.io.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seq4j spark}. */
@Command(
    name = SparkCommand.NAME,
    description = {
      "Translates, scores, transcribes or trains on a Spark cluster, by spark-submit.",
      "It adds the jar of Seq4j for Spark, TensorFlow's native library, and the settings that"
          + " Seq4j needs and --conf does not give."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j spark --master yarn --conf spark.task.cpus=4 translate hdfs:///models/de-en --input"
          + " hdfs:///corpus.txt --output hdfs:///corpus.en",
      "  seq4j spark --print --master yarn train experiment.yaml --run experiment",
      "  seq4j spark --master yarn translate --help"
    })
public final class SparkCommand implements Callable<Integer> {
  /** The name of the command. What follows its verb belongs to the job. */
  public static final String NAME = "spark";

  private static final String MAIN = "org.seq4j.spark.Main";
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  // docs/cluster.md says why
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.executor.memoryOverhead",
          "2g",
          "spark.executor.extraJavaOptions",
          "-Dorg.bytedeco.javacpp.cachedir=./seq4j-native");

  private final Console console;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "The cluster, as spark-submit names it: yarn, k8s://..., spark://..., local[4].")
  private Optional<String> master = Optional.empty();

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark. May be given several times.")
  private List<String> settings = List.of();

  @Option(
      names = "--submit",
      paramLabel = "WORD",
      description =
          "A further word for spark-submit, such as --submit=--deploy-mode --submit=cluster.")
  private List<String> further = List.of();

  @Option(
      names = "--spark-home",
      paramLabel = "FOLDER",
      description =
          "Folder of Spark. By default that of the environment variable SPARK_HOME; without one,"
              + " spark-submit is searched for on PATH.")
  private Optional<Path> home = Optional.ofNullable(System.getenv("SPARK_HOME")).map(Path::of);

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description =
          "The jar of Seq4j for Spark. By default seq4j-spark-*-all.jar in the folder 'spark' of"
              + " this distribution.")
  private Optional<String> jar = Optional.empty();

  @Option(
      names = "--native",
      paramLabel = "FILE",
      description =
          "The jar of TensorFlow's native library for the executors' system, or none if their image"
              + " has it. By default that of this distribution.")
  private Optional<String> nativeJar = Optional.empty();

  @Option(
      names = "--jars",
      paramLabel = "FILES",
      description = "Further jars, such as plugins, separated by commas.")
  private Optional<String> furtherJars = Optional.empty();

  @Option(
      names = "--print",
      description = "Print the command line of spark-submit, for a shell, and do not run it.")
  private boolean print;

  @Parameters(
      arity = "1..*",
      paramLabel = "VERB",
      description =
          "translate, score, transcribe or train, with its options: all that follows is the job's.")
  private List<String> job = List.of();

  @Inject
  SparkCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> line = line();
    if (print) {
      console
          .out()
          .println(line.stream().map(SparkCommand::quoted).collect(Collectors.joining(" ")));
      return ErrorReport.DONE;
    }
    try {
      Process submit = new ProcessBuilder(line).inheritIO().start();
      Runtime.getRuntime().addShutdownHook(new Thread(submit::destroy)); // it would go on alone
      return submit.waitFor();
    } catch (IOException e) {
      throw new CommandException(
          "cannot start %s: %s. Set SPARK_HOME to the folder of Spark, or give --spark-home"
              .formatted(line.get(0), AtomicFiles.reason(e)),
          e);
    }
  }

  private List<String> line() {
    List<String> line = new ArrayList<>(List.of(program(), "--class", MAIN));
    master.ifPresent(url -> line.addAll(List.of("--master", url)));
    SETTINGS.entrySet().stream()
        .filter(it -> settings.stream().noneMatch(given -> given.startsWith(it.getKey() + "=")))
        .map(it -> it.getKey() + "=" + it.getValue())
        .sorted()
        .forEach(setting -> line.addAll(List.of("--conf", setting)));
    settings.forEach(setting -> line.addAll(List.of("--conf", setting)));
    List<String> jars = Stream.concat(nativeLibrary().stream(), furtherJars.stream()).toList();
    if (!jars.isEmpty()) {
      line.addAll(List.of("--jars", String.join(",", jars)));
    }
    line.addAll(further);
    line.add(jar());
    line.addAll(job);
    return line;
  }

  private String program() {
    if (home.isEmpty()) {
      return "spark-submit";
    }
    Path program = home.get().resolve("bin").resolve("spark-submit");
    if (!Files.isExecutable(program)) {
      throw new CommandException(
          "%s is not the folder of Spark: there is no program %s".formatted(home.get(), program));
    }
    return program.toString();
  }

  private String jar() {
    return jar.or(() -> Distribution.find("spark", "seq4j-spark-*-all.jar").map(Path::toString))
        .orElseThrow(
            () ->
                new CommandException(
                    "there is no seq4j-spark-*-all.jar in %s: put the jar there, or name it by --jar (docs/cluster.md says how it is built)"
                        .formatted(Distribution.folder("spark"))));
  }

  private Optional<String> nativeLibrary() {
    if (nativeJar.isPresent()) {
      return nativeJar.filter(it -> !it.equals("none"));
    }
    Optional<Path> own = Distribution.find("lib", "tensorflow-core-native-*-*-*.jar");
    if (own.isEmpty()) {
      throw new CommandException(
          "there is no tensorflow-core-native-*.jar in %s: name it by --native"
              .formatted(Distribution.folder("lib")));
    }
    return own.map(Path::toString);
  }

  /** Returns a word as a shell reads it. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
