package org.seq4j.runtime.translate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;

/**
 * Runs to load as an ensemble, see {@link Translator#together}, or a single run.
 *
 * @param folders the folders of the runs, at least one
 * @param weights a weight for each run
 * @param checkpoint the checkpoint of each run: {@code best}, {@code last}, or a name
 * @param precision precision of products with weights in steps of a search
 * @param joining a model of whole targets that joins them, if any
 */
public record EnsembleSpec(
    List<Path> folders,
    List<Double> weights,
    String checkpoint,
    Precision precision,
    Optional<Joining> joining) {

  /**
   * A model that joins log-linearly, see {@link Translator#joinedBy}.
   *
   * @param model reads the model
   * @param name name of the model in messages, such as its file
   * @param weight weight of its score beside those of the runs
   */
  public record Joining(Supplier<CandidateModel> model, String name, double weight) {}

  /** Checks the sizes and copies the lists. */
  public EnsembleSpec {
    folders = List.copyOf(folders);
    weights = List.copyOf(weights);
    if (folders.isEmpty() || weights.size() != folders.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected at least one run and a weight for each, got %d and %d",
              folders.size(),
              weights.size()));
    }
  }

  /** Specifies the best checkpoints of runs with equal weights, in 32 bits. */
  public static EnsembleSpec of(List<Path> folders) {
    return new EnsembleSpec(
        folders, folders.stream().map(it -> 1.0).toList(), "best", Precision.F32, Optional.empty());
  }

  /** Returns a copy with another precision. */
  public EnsembleSpec with(Precision other) {
    return new EnsembleSpec(folders, weights, checkpoint, other, joining);
  }

  /**
   * Loads the models; closing the translator frees them.
   *
   * @param registry registry of the components that the runs may name
   * @throws RunException if a folder is not that of a run, a file is damaged, or the models cannot
   *     form an ensemble
   * @throws ConfigException if a configuration names a component that the registry lacks
   * @throws ComponentException if a component rejects its configuration
   */
  public Translator load(ComponentRegistry registry) {
    // first: reading it may fail, and takes less time than loading runs
    Optional<CandidateModel> other = joining.map(it -> it.model().get());
    List<LoadedRun> loaded = new ArrayList<>();
    boolean done = false;
    try {
      for (Path folder : folders) {
        RunDirectory run = new RunDirectory(folder);
        loaded.add(LoadedRun.open(run, run.checkpoint(checkpoint), registry, precision));
      }
      Translator runs =
          loaded.size() == 1
              ? Translator.of(loaded.get(0))
              : Translator.together(
                  loaded, weights.stream().mapToDouble(Double::doubleValue).toArray());
      Translator translator = other.isPresent() ? joined(runs, other.get()) : runs;
      done = true;
      return translator;
    } finally {
      if (!done) {
        loaded.forEach(LoadedRun::close);
      }
    }
  }

  private Translator joined(Translator runs, CandidateModel other) {
    Joining by = joining.orElseThrow();
    double all = by.weight() + weights.stream().mapToDouble(Double::doubleValue).sum();
    return runs.joinedBy(other, by.name(), by.weight() / all);
  }
}
