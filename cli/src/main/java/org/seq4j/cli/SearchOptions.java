package org.seq4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.run.LoadedRun;
import org.seq4j.core.run.RunDirectory;
import org.seq4j.core.search.SearchConfig;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How to search, where that differs from the config. */
final class SearchOptions {
  private static final int LARGEST = 1000;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Search with a beam of this size; 1 is greedy. By default as configured.")
  private Optional<Integer> beam = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Takes the place of a value in the search section of the config, as"
              + " search.no_repeat_ngram=3; seq4j schema has all keys.")
  private List<String> settings = new ArrayList<>();

  /** What takes the place of values in the run's config. */
  List<String> settings() {
    return settings;
  }

  Optional<Integer> beam() {
    return beam;
  }

  /**
   * The search of a run with the options in place.
   *
   * @param hypotheses how many to find for each source
   * @param line the command's, which is used wrongly if they do not go together
   */
  SearchConfig of(Path run, ComponentRegistry registry, int hypotheses, CommandLine line) {
    SearchConfig configured =
        LoadedRun.readConfig(new RunDirectory(run), registry, settings).search();
    try {
      return applyTo(configured, hypotheses);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(line, "search." + e.getMessage(), e);
    }
  }

  /**
   * The configured search with the options in place.
   *
   * @param hypotheses how many to find for each source
   * @throws IllegalArgumentException if they do not go together
   */
  SearchConfig applyTo(SearchConfig base, int hypotheses) {
    if (base.type() == SearchConfig.Type.SAMPLING && beam.isEmpty()) {
      return base.withNBest(hypotheses);
    }
    int configured = base.type() == SearchConfig.Type.GREEDY ? 1 : base.size();
    int size = beam.orElse(Math.max(configured, hypotheses));
    boolean greedy = size == 1 && (beam.isPresent() || base.type() == SearchConfig.Type.GREEDY);
    return base.change()
        .type(greedy ? SearchConfig.Type.GREEDY : SearchConfig.Type.BEAM)
        .size(size)
        .nBest(hypotheses)
        .build();
  }

  /** What is wrong with the options, if anything. */
  Optional<String> complaint(Optional<Integer> hypotheses) {
    Optional<String> other = settings.stream().filter(it -> !it.startsWith("search.")).findFirst();
    if (other.isPresent()) {
      return Optional.of(
          "--set %s: expected a key of the section search, as search.no_repeat_ngram=3"
              .formatted(other.get()));
    }
    if (!isInRange(beam) || !isInRange(hypotheses)) {
      String option = isInRange(beam) ? "--n-best" : "--beam";
      return Optional.of(option + ": expected a number from 1 to " + LARGEST);
    }
    if (beam.isPresent() && hypotheses.isPresent() && hypotheses.get() > beam.get()) {
      return Optional.of(
          "--n-best %d: a beam of %d finds only %d; use a larger --beam, or a smaller --n-best"
              .formatted(hypotheses.get(), beam.get(), beam.get()));
    }
    return Optional.empty();
  }

  private static boolean isInRange(Optional<Integer> number) {
    return number.map(n -> n >= 1 && n <= LARGEST).orElse(true);
  }
}
