package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.TextFiles;
import org.seq4j.cli.option.ModelOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.serve.TranslationJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j score}. */
@Command(
    name = "score",
    description = "Computes a model's log-probabilities of given targets, and alignments.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j score runs/first --source dev.de --target dev.en    one score per line",
      "  seq4j score runs/first --source dev.de --target dev.en --alignment",
      "  seq4j translate runs/first --input dev.de --n-best 10 --output ten.tsv",
      "  seq4j score runs/second --source dev.de --n-best ten.tsv --mix 0.5",
      "",
      "A score is the natural logarithm of the probability of a target, including its end token. An"
          + " alignment, such as 0-0 1-2, lists SOURCE-TARGET positions from 0: for each target"
          + " token"
          + " the source token with the largest attention weight."
    })
public final class ScoreCommand implements Callable<Integer> {
  private static final int CHUNK = 512;
  private static final int MAX_DIGITS = 17;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  @Option(
      names = "--source",
      paramLabel = "FILE",
      description = "File of sources, one per line; a language model has none.")
  private Optional<Path> source = Optional.empty();

  @Option(
      names = "--target",
      paramLabel = "FILE",
      description = "File of targets, one line per source.")
  private Optional<Path> target = Optional.empty();

  @Option(
      names = "--n-best",
      paramLabel = "FILE",
      description =
          "Instead of --target: an n-best list as written by translate --n-best (NUMBER TAB SCORE"
              + " TAB"
              + " TEXT). It is rescored by this model and sorted again, best first for each"
              + " NUMBER.")
  private Optional<Path> list = Optional.empty();

  @Option(
      names = "--mix",
      paramLabel = "SHARE",
      description =
          "With --n-best: weight of the score in the file, from 0 (default) to 1; this model's"
              + " score"
              + " has the rest.")
  private Optional<Double> mix = Optional.empty();

  @Option(names = "--alignment", description = "With --target: write SCORE TAB ALIGNMENT.")
  private boolean alignment;

  @Option(
      names = "--digits",
      paramLabel = "N",
      description =
          "Number of decimals of each score, 0 to 17; by default four, and three significant digits"
              + " for a tiny score.")
  private Optional<Integer> digits = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to a file instead of stdout; the file appears once it is complete.")
  private Optional<Path> output = Optional.empty();

  @Inject
  ScoreCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  /** A line of an n-best list. */
  private record Hypothesis(int number, double score, String text) {}

  @Override
  public Integer call() throws IOException {
    if (target.isPresent() == list.isPresent()) {
      refuse("give either --target or --n-best");
    }
    if (mix.isPresent() && list.isEmpty()) {
      refuse("--mix requires --n-best");
    }
    if (!(mix.orElse(0.0) >= 0 && mix.orElse(0.0) <= 1)) {
      refuse("--mix: expected a number from 0 to 1, got " + mix.get());
    }
    if (alignment && list.isPresent()) {
      refuse("--alignment requires --target");
    }
    if (digits.isPresent() && (digits.get() < 0 || digits.get() > MAX_DIGITS)) {
      refuse("--digits: expected a number from 0 to " + MAX_DIGITS + ", got " + digits.get());
    }
    models
        .complaint()
        .or(models::complaintOfNgram)
        .or(models::complaintOfScoring)
        .ifPresent(this::refuse);
    checkSource();
    List<String> targets = target.isPresent() ? TextFiles.lines(target.get()) : List.of();
    List<String> sources = source.isPresent() ? TextFiles.lines(source.get()) : targets;
    List<Hypothesis> given =
        list.isPresent()
            ? hypotheses(list.get(), source.isPresent() ? sources.size() : Integer.MAX_VALUE)
            : List.of();
    if (target.isPresent() && targets.size() != sources.size()) {
      throw new CommandException(
          String.format(
              Locale.ROOT,
              "%s has %d lines, %s has %d: expected a target for each source",
              source.orElseThrow(),
              sources.size(),
              target.get(),
              targets.size()));
    }
    try (Translator model = models.load(run, plugins.registry())) {
      write(
          out -> {
            if (list.isPresent()) {
              rescore(model, sources, given, out);
            } else {
              score(model, sources, targets, out);
            }
          });
    } catch (IllegalStateException | RequestException | SequenceFormatException e) {
      // NaN, no attention to align by, or a line that the model cannot read
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
    return ErrorReport.DONE;
  }

  /** Checks that sources are given exactly if the model has them. */
  private void checkSource() {
    RunDirectory directory = new RunDirectory(run);
    if (!directory.exists()) {
      return; // reported when the model is loaded
    }
    boolean reads =
        LoadedRun.readConfig(directory, plugins.registry()).model().encoder().isPresent();
    if (reads && source.isEmpty()) {
      refuse("Missing required option: '--source=FILE'");
    }
    if (!reads && source.isPresent()) {
      refuse("--source: " + run + " is a language model, which has no sources: omit it");
    }
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }

  private static List<Hypothesis> hypotheses(Path file, int sources) {
    List<Hypothesis> all = new ArrayList<>();
    for (String line : TextFiles.lines(file)) {
      String[] columns = line.split("\t", 3);
      try {
        int number = Integer.parseInt(columns[0]);
        if (columns.length == 3 && number >= 1 && number <= sources) {
          all.add(new Hypothesis(number, Double.parseDouble(columns[1]), columns[2]));
          continue;
        }
      } catch (NumberFormatException e) {
        // reported below
      }
      throw new CommandException(
          String.format(
              Locale.ROOT,
              "%s, line %d: expected NUMBER TAB SCORE TAB TEXT, where NUMBER is a source line from"
                  + " 1 to %d",
              file,
              all.size() + 1,
              sources));
    }
    return all;
  }

  /** Writes results to a stream. */
  private interface Work {
    void to(OutputStream out) throws IOException;
  }

  private void write(Work work) throws IOException {
    if (output.isPresent()) {
      AtomicFiles.write(output.get(), work::to);
    } else {
      work.to(console.out());
    }
  }

  private void score(Translator model, List<String> sources, List<String> targets, OutputStream out)
      throws IOException {
    for (int from = 0; from < sources.size(); from += CHUNK) {
      int to = Math.min(sources.size(), from + CHUNK);
      List<String> some = sources.subList(from, to);
      List<String> wanted = targets.subList(from, to);
      if (alignment) {
        for (Translation translation : model.align(some, wanted)) {
          Translation.Candidate aligned = translation.best();
          print(out, number(aligned.score()) + "\t" + TranslationJson.alignment(aligned));
        }
      } else {
        for (double score : model.score(some, wanted)) {
          print(out, number(score));
        }
      }
    }
  }

  private void rescore(
      Translator model, List<String> sources, List<Hypothesis> given, OutputStream out)
      throws IOException {
    List<Hypothesis> rescored = new ArrayList<>();
    double share = mix.orElse(0.0);
    for (int from = 0; from < given.size(); from += CHUNK) {
      List<Hypothesis> some = given.subList(from, Math.min(given.size(), from + CHUNK));
      double[] scores =
          model.score(
              some.stream()
                  .map(one -> source.isPresent() ? sources.get(one.number() - 1) : "")
                  .toList(),
              some.stream().map(Hypothesis::text).toList());
      for (int i = 0; i < scores.length; i++) {
        Hypothesis one = some.get(i);
        rescored.add(
            new Hypothesis(
                one.number(), share * one.score() + (1 - share) * scores[i], one.text()));
      }
    }
    rescored.sort(
        Comparator.comparingInt(Hypothesis::number)
            .thenComparing(Comparator.comparingDouble(Hypothesis::score).reversed()));
    for (Hypothesis one : rescored) {
      print(out, one.number() + "\t" + number(one.score()) + "\t" + one.text());
    }
  }

  private String number(double score) {
    return digits
        .map(count -> String.format(Locale.ROOT, "%." + count + "f", score))
        .orElseGet(() -> NumberFormats.decimal(score));
  }

  private static void print(OutputStream out, String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
