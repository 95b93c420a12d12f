package org.seq4j.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.SearchConfig;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How to search, where that differs from the config. */
public final class SearchOptions {
  private static final int MAX = 1000;
  private static final String SECTION = "search.";
  private static final String N_BEST = SECTION + "n_best";
  private static final List<String> OF_BEAM = List.of(SECTION + "type", SECTION + "size");

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
              + " search.length.max=60; seq4j schema has all keys.")
  private List<String> settings = new ArrayList<>();

  /** What takes the place of values in the run's config. */
  public List<String> settings() {
    return settings;
  }

  public Optional<Integer> beam() {
    return beam;
  }

  /** The first of the options that is given, as it was typed. */
  public Optional<String> given() {
    Stream<String> set = settings.stream().map(it -> "--set " + it);
    return Stream.concat(beam.map(size -> "--beam " + size).stream(), set).findFirst();
  }

  /**
   * The search of a run with the options in place.
   *
   * @param hypotheses how many to find for each source; as configured if it is empty
   * @param line the command's, which is used wrongly if they do not go together
   */
  public SearchConfig of(
      Path run, ComponentRegistry registry, Optional<Integer> hypotheses, CommandLine line) {
    TranslationConfig config = LoadedRun.readConfig(new RunDirectory(run), registry, settings);
    if (config.target().isVectors()) {
      checkVectors(line);
    }
    return applyTo(config.search(), hypotheses.orElse(config.search().nBest()), line);
  }

  /** Refuses the options for targets of vectors. */
  public void checkVectors(CommandLine line) {
    given()
        .ifPresent(
            option -> {
              throw new ParameterException(
                  line, option + ": this model's targets are vectors, which are not searched for");
            });
  }

  /**
   * The configured search with the options in place. What is set by its key stays as it is set.
   *
   * @param hypotheses how many to find for each source
   * @param line the command's, which is used wrongly if they do not go together
   */
  public SearchConfig applyTo(SearchConfig base, int hypotheses, CommandLine line) {
    try {
      boolean asSet = base.type() == SearchConfig.Type.SAMPLING || sets(OF_BEAM).isPresent();
      if (asSet && beam.isEmpty()) {
        return base.withNBest(hypotheses);
      }
      int configured = base.type() == SearchConfig.Type.GREEDY ? 1 : base.size();
      int size = beam.orElse(Math.max(configured, hypotheses));
      boolean greedy = size == 1 && (beam.isPresent() || base.type() == SearchConfig.Type.GREEDY);
      SearchConfig.Type type = greedy ? SearchConfig.Type.GREEDY : SearchConfig.Type.BEAM;
      return base.with(Map.of("type", type, "size", size, "n_best", hypotheses));
    } catch (ConfigException e) {
      throw new ParameterException(
          line,
          e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")),
          e);
    }
  }

  /** What is wrong with the options, if anything. */
  public Optional<String> complaint(Optional<Integer> hypotheses) {
    Optional<String> other = settings.stream().filter(it -> !it.startsWith(SECTION)).findFirst();
    if (other.isPresent()) {
      return Optional.of(
          "--set %s: expected a key of the section search, as search.length.max=60"
              .formatted(other.get()));
    }
    if (!isInRange(beam) || !isInRange(hypotheses)) {
      String option = isInRange(beam) ? "--n-best" : "--beam";
      return Optional.of(option + ": expected a number from 1 to " + MAX);
    }
    if (beam.isPresent() && hypotheses.isPresent() && hypotheses.get() > beam.get()) {
      return Optional.of(
          "--n-best %d: a beam of %d finds only %d; use a larger --beam, or a smaller --n-best"
              .formatted(hypotheses.get(), beam.get(), beam.get()));
    }
    return sets(OF_BEAM)
        .filter(setting -> beam.isPresent())
        .map(
            setting ->
                "--beam %d sets search.type and search.size: leave it or --set %s out"
                    .formatted(beam.get(), setting));
  }

  /**
   * What is wrong if n_best is set by its key in a command that writes, or scores, the best.
   *
   * @param instead what to do, in words
   */
  public Optional<String> complaintOfNBest(String instead) {
    return sets(List.of(N_BEST)).map(setting -> "--set %s: %s".formatted(setting, instead));
  }

  /** The first setting of one of some keys. */
  private Optional<String> sets(List<String> keys) {
    return settings.stream()
        .filter(setting -> keys.contains(setting.split("=", 2)[0].strip()))
        .findFirst();
  }

  private static boolean isInRange(Optional<Integer> number) {
    return number.map(n -> n >= 1 && n <= MAX).orElse(true);
  }
}
