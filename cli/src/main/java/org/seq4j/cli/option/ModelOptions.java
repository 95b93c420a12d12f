package org.seq4j.cli.option;

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

/** Which model a command uses, or which models together. */
public final class ModelOptions {
  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description =
          "Which checkpoint to use: best (the default), last, average (see seq4j average), or the"
              + " name of one, as last-1200.")
  private String checkpoint = "best";

  @Option(
      names = "--with",
      paramLabel = "RUN",
      split = ",",
      description =
          "Other runs, whose models say each token together with this one: the mean of their"
              + " probabilities. They need the same target vocabulary. With commas, or repeated.")
  private List<Path> others = new ArrayList<>();

  @Option(
      names = "--weights",
      paramLabel = "NUMBER",
      split = ",",
      description = "How much each model counts, that of RUN first; by default all alike.")
  private List<Double> weights = new ArrayList<>();

  @Option(
      names = "--precision",
      description =
          "In which numbers the search multiplies by weights: f32 (the default), or bf16, which is"
              + " faster on processors with AVX512-BF16 or AMX, and rounds.")
  private Precision precision = Precision.F32;

  /** What is wrong with them, if anything. */
  public Optional<String> complaint() {
    if (!weights.isEmpty() && others.isEmpty()) {
      return Optional.of("--weights goes with --with, for several models");
    }
    if (!weights.isEmpty() && weights.size() != others.size() + 1) {
      return Optional.of(
          "--weights: expected one for each of %d models, got %d"
              .formatted(others.size() + 1, weights.size()));
    }
    return weights.stream().anyMatch(weight -> !(weight > 0) || weight.isInfinite())
        ? Optional.of("--weights: expected positive numbers, got " + weights)
        : Optional.empty();
  }

  /** What is wrong with them for scoring given targets, if anything. */
  public Optional<String> complaintOfScoring() {
    return precision != Precision.F32 && others.isEmpty()
        ? Optional.of(
            "--precision %s: one model scores given targets in 32 bits; leave it out"
                .formatted(precision.name().toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }

  /** Loads them. */
  public Translator load(Path run, ComponentRegistry registry) {
    List<Path> all = new ArrayList<>(List.of(run));
    all.addAll(others);
    List<Double> shares = weights.isEmpty() ? Collections.nCopies(all.size(), 1.0) : weights;
    return new EnsembleSpec(all, shares, checkpoint, precision).load(registry);
  }
}
