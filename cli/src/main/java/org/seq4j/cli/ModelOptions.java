package org.seq4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.run.LoadedRun;
import org.seq4j.core.run.RunDirectory;
import org.seq4j.core.run.Translator;
import picocli.CommandLine.Option;

/** Which model a command uses, or which models together. */
final class ModelOptions {
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
          "Other runs, whose models say each symbol together with this one: the mean of their"
              + " probabilities. They need the same target vocabulary. With commas, or repeated.")
  private List<Path> others = new ArrayList<>();

  @Option(
      names = "--weights",
      paramLabel = "NUMBER",
      split = ",",
      description = "How much each model counts, that of RUN first; by default all alike.")
  private List<Double> weights = new ArrayList<>();

  /** What is wrong with them, if anything. */
  Optional<String> complaint() {
    if (!weights.isEmpty() && weights.size() != others.size() + 1) {
      return Optional.of(
          "--weights: expected one for each of %d models, got %d"
              .formatted(others.size() + 1, weights.size()));
    }
    return weights.stream().anyMatch(weight -> !(weight > 0) || weight.isInfinite())
        ? Optional.of("--weights: expected positive numbers, got " + weights)
        : Optional.empty();
  }

  /** Loads them. */
  Translator load(Path run, ComponentRegistry registry) {
    List<Path> all = new ArrayList<>(List.of(run));
    all.addAll(others);
    List<LoadedRun> loaded = new ArrayList<>();
    boolean done = false;
    try {
      for (Path one : all) {
        RunDirectory directory = new RunDirectory(one);
        loaded.add(LoadedRun.open(directory, directory.checkpoint(checkpoint), registry));
      }
      double[] shares =
          IntStream.range(0, all.size())
              .mapToDouble(i -> weights.isEmpty() ? 1 : weights.get(i))
              .toArray();
      Translator translator =
          all.size() == 1 ? loaded.get(0).translator() : Translator.together(loaded, shares);
      done = true;
      return translator;
    } finally {
      if (!done) {
        loaded.forEach(LoadedRun::close);
      }
    }
  }
}
