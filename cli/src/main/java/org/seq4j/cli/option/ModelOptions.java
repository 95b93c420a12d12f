package org.seq4j.cli.option;

import static java.util.stream.Collectors.joining;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.cli.io.CommandException;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.translate.EnsembleSpec;
import org.seq4j.runtime.translate.Translator;
import picocli.CommandLine.Option;

/** Options that select a model or an ensemble. */
public final class ModelOptions {
  /** The description of the option --checkpoint. */
  public static final String CHECKPOINT =
      "Checkpoint to use: best (default), last, average (see seq4j average), or a name such as"
          + " last-1200.";

  @Option(names = "--checkpoint", paramLabel = "NAME", description = CHECKPOINT)
  private String checkpoint = "best";

  @Option(
      names = "--with",
      paramLabel = "MODEL",
      split = ",",
      description =
          "Further models, separated by commas, or repeated. The folders of runs form an ensemble"
              + " with RUN: it averages the probabilities of their models. All need the same target"
              + " vocabulary. In translate and evaluate, one of them may be a file: a joint n-gram"
              + " model of seq4j ngram train.")
  private List<Path> others = new ArrayList<>();

  @Option(
      names = "--weights",
      paramLabel = "NUMBER",
      split = ",",
      description =
          "Weights of the models, RUN first; equal by default. The weight of a joint n-gram model is"
              + " that of its log-probabilities beside those of all runs.")
  private List<Double> weights = new ArrayList<>();

  @Option(
      names = "--precision",
      paramLabel = "NUMBERS",
      description =
          "Number format of products with weights in the search: f32 (default) or bf16, which is"
              + " less"
              + " exact, but faster on processors with AVX512-BF16 or AMX.")
  private Precision precision = Precision.F32;

  /** Returns an error message if the options are invalid. */
  public Optional<String> complaint() {
    if (!weights.isEmpty() && others.isEmpty()) {
      return Optional.of("--weights requires --with: it weights the models of an ensemble");
    }
    if (!weights.isEmpty() && weights.size() != others.size() + 1) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "--weights: expected a number for each of %d models, got %d",
              others.size() + 1,
              weights.size()));
    }
    if (ngrams().size() > 1) {
      return Optional.of(
          "--with: expected at most one joint n-gram model, got "
              + ngrams().stream().map(Path::toString).collect(joining(" and ")));
    }
    return weights.stream().anyMatch(weight -> !(weight > 0) || weight.isInfinite())
        ? Optional.of("--weights: expected positive numbers, got " + weights)
        : Optional.empty();
  }

  /** Returns an error message if there is a joint n-gram model. */
  public Optional<String> complaintOfNgram() {
    return ngrams().stream()
        .findFirst()
        .map(
            file ->
                "--with "
                    + file
                    + ": expected the folder of a run; joint n-gram models, which are files, join"
                    + " only in translate, evaluate and serve");
  }

  /** Joint n-gram models are files, while runs are folders. */
  private static boolean isNgram(Path other) {
    return Files.isRegularFile(other);
  }

  private List<Path> ngrams() {
    return others.stream().filter(ModelOptions::isNgram).toList();
  }

  /** Returns an error message if the options are invalid for scoring given targets. */
  public Optional<String> complaintOfScoring() {
    return precision != Precision.F32 && others.isEmpty()
        ? Optional.of(
            "--precision %s: a single model scores given targets in f32 only; omit the option"
                .formatted(precision.name().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /**
   * Describes what is used beside the best checkpoint of the run: other models and their weights,
   * another checkpoint.
   */
  public List<String> describe() {
    List<String> parts = new ArrayList<>();
    if (!checkpoint.equals("best")) {
      parts.add("checkpoint " + checkpoint);
    }
    List<Path> runs = others.stream().filter(it -> !isNgram(it)).toList();
    if (!runs.isEmpty()) {
      parts.add("ensemble with " + runs.stream().map(Path::toString).collect(joining(", ")));
    }
    ngrams().forEach(file -> parts.add("joint n-gram model " + file));
    if (!weights.isEmpty()) {
      parts.add("weights " + weights.stream().map(String::valueOf).collect(joining(", ")));
    }
    return parts;
  }

  /** Loads the model, or the ensemble, and the joint n-gram model that joins. */
  public Translator load(Path run, ComponentRegistry registry) {
    List<Path> runs = new ArrayList<>(List.of(run));
    List<Double> ofRuns = new ArrayList<>(List.of(weight(0)));
    Optional<EnsembleSpec.Joining> joining = Optional.empty();
    for (int i = 0; i < others.size(); i++) {
      Path other = others.get(i);
      if (isNgram(other)) {
        joining = Optional.of(NgramCandidates.joining(other, weight(i + 1)));
      } else {
        runs.add(other);
        ofRuns.add(weight(i + 1));
      }
    }
    return new EnsembleSpec(runs, ofRuns, checkpoint, precision, joining).load(registry);
  }

  /** Loads the model of a checkpoint of a run. */
  public static Translator load(Path run, String checkpoint, ComponentRegistry registry) {
    return new EnsembleSpec(List.of(run), List.of(1.0), checkpoint, Precision.F32, Optional.empty())
        .load(registry);
  }

  /**
   * Checks that a model reads sources.
   *
   * @param use what the command would do with a source
   * @throws CommandException if it is a language model
   */
  public static void checkSource(Path run, Translator model, String use) {
    if (model.source().isAbsent()) {
      throw new CommandException(
          "%s: a language model has no source to %s: use seq4j score".formatted(run, use));
    }
  }

  private double weight(int index) {
    return weights.isEmpty() ? 1 : weights.get(index);
  }
}
