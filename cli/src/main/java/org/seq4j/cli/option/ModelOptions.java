package org.seq4j.cli.option;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.translate.EnsembleSpec;
import org.seq4j.runtime.translate.Translator;
import picocli.CommandLine.Option;

/** Options that select a model or an ensemble. */
public final class ModelOptions {
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description =
          "Checkpoint to use: best (default), last, average (see seq4j average), or a name such as"
              + " last-1200.")
  private String checkpoint = "best";

  @Option(
      names = "--with",
      paramLabel = "RUN",
      split = ",",
      description =
          "Further runs that form an ensemble with RUN: it averages the probabilities of their"
              + " models."
              + " All need the same target vocabulary. Separated by commas, or repeated.")
  private List<Path> others = new ArrayList<>();

  @Option(
      names = "--weights",
      paramLabel = "NUMBER",
      split = ",",
      description = "Weights of the ensemble's models, RUN first; equal by default.")
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
    return weights.stream().anyMatch(weight -> !(weight > 0) || weight.isInfinite())
        ? Optional.of("--weights: expected positive numbers, got " + weights)
        : Optional.empty();
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
    if (!others.isEmpty()) {
      parts.add("ensemble with " + others.stream().map(Path::toString).collect(joining(", ")));
    }
    if (!weights.isEmpty()) {
      parts.add("weights " + weights.stream().map(String::valueOf).collect(joining(", ")));
    }
    return parts;
  }

  /** Loads the model, or the ensemble. */
  public Translator load(Path run, ComponentRegistry registry) {
    List<Path> all = new ArrayList<>(List.of(run));
    all.addAll(others);
    List<Double> shares = weights.isEmpty() ? Collections.nCopies(all.size(), 1.0) : weights;
    return new EnsembleSpec(all, shares, checkpoint, precision).load(registry);
  }
}
