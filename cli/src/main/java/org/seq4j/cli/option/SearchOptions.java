package org.seq4j.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** Options that override the search of the config. */
public final class SearchOptions {
  private static final int MAX = 1000;
  private static final String SECTION = "search.";
  private static final String N_BEST = SECTION + "n_best";
  private static final List<String> OF_BEAM = List.of(SECTION + "type", SECTION + "size");

  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Size of the beam; 1: greedy search. By default as in the config.")
  private Optional<Integer> beam = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the config's section search, for example search.length.max=60;"
              + " repeatable. seq4j schema lists all keys.")
  private List<String> settings = new ArrayList<>();

  /** Returns the overrides of the run's config, as KEY=VALUE. */
  public List<String> settings() {
    return settings;
  }

  public Optional<Integer> beam() {
    return beam;
  }

  /** Returns the first of these options that the user gave, as it was typed. */
  public Optional<String> given() {
    Stream<String> set = settings.stream().map(it -> "--set " + it);
    return Stream.concat(beam.map(size -> "--beam " + size).stream(), set).findFirst();
  }

  /**
   * Returns the search of a run with these options applied.
   *
   * @param hypotheses number of hypotheses to find for each source; empty for the config's
   * @param line the command line, for errors of usage
   */
  public SearchConfig of(
      Path run, ComponentRegistry registry, Optional<Integer> hypotheses, CommandLine line) {
    TranslationConfig config = LoadedRun.readConfig(new RunDirectory(run), registry, settings);
    if (config.target().isVectors()) {
      checkVectors(line);
    }
    return applyTo(config.search(), hypotheses.orElse(config.search().nBest()), line);
  }

  /** Refuses these options for targets of vectors. */
  public void checkVectors(CommandLine line) {
    given()
        .ifPresent(
            option -> {
              throw new ParameterException(
                  line, option + ": this model's targets are vectors, which need no search");
            });
  }

  /**
   * Returns the configured search with these options applied. Keys that are set by {@code --set}
   * keep their values.
   *
   * @param hypotheses number of hypotheses to find for each source
   * @param line the command line, for errors of usage
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

  /** Returns an error message if the options are invalid. */
  public Optional<String> complaint(Optional<Integer> hypotheses) {
    Optional<String> other = settings.stream().filter(it -> !it.startsWith(SECTION)).findFirst();
    if (other.isPresent()) {
      return Optional.of(
          "--set %s: expected a key of the section search, for example search.length.max=60"
              .formatted(other.get()));
    }
    if (!isInRange(beam) || !isInRange(hypotheses)) {
      String option = isInRange(beam) ? "--n-best" : "--beam";
      return Optional.of(option + ": expected a number from 1 to " + MAX);
    }
    if (beam.isPresent() && hypotheses.isPresent() && hypotheses.get() > beam.get()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "--n-best %d: a beam of %d finds only %d; use a larger --beam, or a smaller --n-best",
              hypotheses.get(),
              beam.get(),
              beam.get()));
    }
    return sets(OF_BEAM)
        .filter(setting -> beam.isPresent())
        .map(
            setting ->
                String.format(
                    Locale.ROOT,
                    "--beam %d sets search.type and search.size: omit it or --set %s",
                    beam.get(),
                    setting));
  }

  /**
   * Returns an error message if {@code search.n_best} is set, for commands that use the best
   * hypothesis only.
   *
   * @param instead advice for the user
   */
  public Optional<String> complaintOfNBest(String instead) {
    return sets(List.of(N_BEST)).map(setting -> "--set %s: %s".formatted(setting, instead));
  }

  /** Returns the first setting of one of the keys. */
  private Optional<String> sets(List<String> keys) {
    return settings.stream()
        .filter(setting -> keys.contains(setting.split("=", 2)[0].strip()))
        .findFirst();
  }

  private static boolean isInRange(Optional<Integer> number) {
    return number.map(n -> n >= 1 && n <= MAX).orElse(true);
  }
}
