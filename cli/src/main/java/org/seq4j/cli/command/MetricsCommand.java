package org.seq4j.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.TextFiles;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.Table;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.trainer.evaluation.Bootstrap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code seq4j metrics}. */
@Command(
    name = "metrics",
    description = "Scores lines of text against references, without a model.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j metrics --hypotheses out.txt --references ref.txt --metric bleu,chrf,ter",
      "  seq4j metrics --hypotheses out.txt --references ref.txt \\",
      "    --metric '{type: bleu, tokenize: intl}'",
      "  seq4j metrics --hypotheses a.txt --hypotheses b.txt --references ref.txt",
      "  seq4j metrics --hypotheses out.txt --references ref.txt --sources src.txt \\",
      "    --metric slot-error",
      "",
      "With two files of hypotheses, 'by chance' is the p-value of their difference (paired"
          + " bootstrap). Metrics: seq4j plugins list. Their keys: seq4j plugins describe metric"
          + " bleu."
    })
public final class MetricsCommand implements Callable<Integer> {
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Option(
      names = "--hypotheses",
      required = true,
      paramLabel = "FILE",
      description = "Outputs of a system, one per line. Give it twice to compare two systems.")
  private List<Path> hypotheses = new ArrayList<>();

  @Option(
      names = "--references",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "References, one line per hypothesis; several files for several references each.")
  private List<Path> references = new ArrayList<>();

  @Option(
      names = "--sources",
      paramLabel = "FILE",
      description =
          "What the systems were given, one line per hypothesis; for metrics that read it, such as"
              + " slot-error.")
  private Optional<Path> sources = Optional.empty();

  @Option(
      names = "--alternatives",
      description = "Split the lines of references at tabs into alternatives.")
  private boolean alternatives;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description =
          "Metrics to compute: names separated by commas, or one metric as in a config file;"
              + " repeatable. By default bleu, chrf and ter.")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--confidence",
      description = "Also compute 95 %% confidence intervals (bootstrap).")
  private boolean confidence;

  @Option(
      names = "--draws",
      paramLabel = "N",
      description = "Number of bootstrap samples; by default ${DEFAULT-VALUE}.")
  private int draws = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Random seed of the bootstrap samples; by default ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--json", description = "Write one JSON object.")
  private boolean json;

  @Inject
  MetricsCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  /** A config that contains only metrics. */
  record Metrics(@Key(doc = "The metrics to compute.") List<Component<Metric>> metrics) {}

  /** The results of one metric, for one system or two. */
  private record Row(
      String metric,
      List<Metric.Score> scores,
      List<Bootstrap.Interval> intervals,
      Optional<Bootstrap.Comparison> comparison,
      Optional<String> signature) {}

  @Override
  public Integer call() {
    if (hypotheses.size() > 2) {
      throw new ParameterException(
          spec.commandLine(),
          "--hypotheses: expected one file, or two to compare, got " + hypotheses.size());
    }
    if (draws < 1) {
      throw new ParameterException(
          spec.commandLine(), "--draws: expected at least 1, got " + draws);
    }
    List<Component<Metric>> chosen = chosen();
    List<List<String>> files = new ArrayList<>();
    references.forEach(file -> files.add(TextFiles.lines(file)));
    Optional<List<String>> given = sources.map(TextFiles::lines);
    List<List<Sample>> systems =
        hypotheses.stream()
            .map(file -> samples(file, TextFiles.lines(file), files, given))
            .toList();
    List<Row> rows = chosen.stream().map(metric -> row(metric, systems)).toList();
    int count = systems.get(0).size();
    console.out().print(json ? json(rows, count) : text(rows, count));
    return ErrorReport.DONE;
  }

  private List<Component<Metric>> chosen() {
    List<String> written = metrics.isEmpty() ? List.of("bleu,chrf,ter") : metrics;
    String yaml = written.stream().collect(Collectors.joining(", ", "metrics: [", "]"));
    ConfigReader reader = new ConfigReader(plugins.registry());
    return reader.bind(reader.parse(Path.of("metric"), yaml, List.of()), Metrics.class).metrics();
  }

  private List<Sample> samples(
      Path file, List<String> system, List<List<String>> files, Optional<List<String>> given) {
    for (int i = 0; i < files.size(); i++) {
      checkCount(file, system, references.get(i), files.get(i));
    }
    given.ifPresent(lines -> checkCount(file, system, sources.orElseThrow(), lines));
    if (system.isEmpty()) {
      throw new CommandException(file + " is empty: expected at least one line");
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < system.size(); i++) {
      List<Text> right = new ArrayList<>();
      for (List<String> lines : files) {
        for (String line :
            alternatives ? List.of(lines.get(i).split("\t", -1)) : List.of(lines.get(i))) {
          right.add(cut(line));
        }
      }
      int line = i;
      Optional<String> source = given.map(lines -> lines.get(line));
      samples.add(new Sample(cut(system.get(i)), right, Optional.empty(), source));
    }
    return samples;
  }

  private static void checkCount(
      Path file, List<String> system, Path otherFile, List<String> other) {
    if (other.size() != system.size()) {
      throw new CommandException(
          "%s has %s, %s has %s: expected the same number, line n of one belongs to line n of the other"
              .formatted(
                  file,
                  NumberFormats.count(system.size(), "line"),
                  otherFile,
                  NumberFormats.count(other.size(), "line")));
    }
  }

  private static Text cut(String line) {
    return new Text(
        line, line.isBlank() ? List.of() : List.of(WHITE_SPACE.split(line.strip(), -1)));
  }

  private Row row(Component<Metric> component, List<List<Sample>> systems) {
    Metric metric = component.create(new ComponentContext(Path.of("").toAbsolutePath()));
    if (metric.needs().contains(Metric.Input.VECTORS)) {
      throw new CommandException(
          component.type() + " measures vectors, but these are lines of text");
    }
    if (metric.needs().contains(Metric.Input.FORCED_SCORES)) {
      throw new CommandException(
          component.type()
              + " needs a model's probabilities of the references: use seq4j evaluate");
    }
    if (metric.needs().contains(Metric.Input.SOURCES) && sources.isEmpty()) {
      throw new CommandException(
          component.type() + " reads the sources: add --sources FILE, with a line per hypothesis");
    }
    Bootstrap bootstrap = new Bootstrap(draws, seed);
    return new Row(
        component.type(),
        systems.stream().map(metric::score).toList(),
        confidence
            ? systems.stream().map(samples -> bootstrap.interval(metric, samples)).toList()
            : List.of(),
        systems.size() == 2
            ? Optional.of(bootstrap.compare(metric, systems.get(0), systems.get(1)))
            : Optional.empty(),
        metric.signature(systems.get(0)));
  }

  private String text(List<Row> rows, int count) {
    List<String> header = new ArrayList<>(List.of("metric"));
    hypotheses.forEach(file -> header.add(file.toString()));
    if (hypotheses.size() == 2) {
      header.addAll(List.of("difference", "by chance"));
    }
    Table table = new Table(header.toArray(String[]::new));
    for (Row row : rows) {
      List<String> cells = new ArrayList<>(List.of(row.metric()));
      for (int i = 0; i < row.scores().size(); i++) {
        cells.add(
            row.scores().get(i).display()
                + (confidence ? " " + interval(row.intervals().get(i)) : ""));
      }
      row.comparison()
          .ifPresent(
              it -> {
                cells.add(NumberFormats.decimal(it.difference()));
                cells.add(NumberFormats.decimal(it.probability()));
              });
      table.add(cells);
    }
    List<String> lines = new ArrayList<>();
    lines.add(NumberFormats.count(count, "line"));
    lines.addAll(table.lines());
    for (Row row : rows) {
      row.signature().ifPresent(signature -> lines.add(row.metric() + "  " + signature));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String interval(Bootstrap.Interval interval) {
    return String.format(Locale.ROOT, "[%.4g to %.4g]", interval.low(), interval.high());
  }

  private String json(List<Row> rows, int count) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("lines", count);
    ArrayNode array = report.putArray("metrics");
    for (Row row : rows) {
      ObjectNode object = array.addObject();
      object.put("metric", row.metric());
      row.signature().ifPresent(signature -> object.put("signature", signature));
      ArrayNode systems = object.putArray("systems");
      for (int i = 0; i < row.scores().size(); i++) {
        ObjectNode system = systems.addObject();
        system.put("hypotheses", hypotheses.get(i).toString());
        system.put("value", row.scores().get(i).value());
        if (confidence) {
          system.put("low", row.intervals().get(i).low());
          system.put("high", row.intervals().get(i).high());
        }
      }
      row.comparison()
          .ifPresent(
              it -> {
                object.put("difference", it.difference());
                object.put("by_chance", it.probability());
              });
    }
    return report + "\n";
  }
}
