package org.seq4j.trainer.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.key.Literal;

/**
 * The file of a sweep: an experiment and the keys to vary.
 *
 * @param config the config file of the experiment
 * @param search the kind of search
 * @param trials the number of trials of a random search
 * @param seed the random seed; increasing {@code trials} keeps the earlier trials
 * @param choices the values of each key of the experiment, in the syntax of {@code --set}
 * @param ranges the range of numbers of each key, for a random search
 */
public record SweepConfig(
    @Key(doc = "Config file of the experiment to vary.") Path config,
    @Key(
            doc =
                "Kind of search. grid: every combination of the choices; random: random combinations"
                    + " (Bergstra and Bengio 2012).",
            defaultValue = "grid")
        Search search,
    @Key(doc = "Number of trials of a random search.", defaultValue = "20", min = 1, max = 10000)
        int trials,
    @Key(doc = "Random seed. Increasing trials keeps the earlier trials.", defaultValue = "1")
        long seed,
    @Key(
            doc =
                "Values to try for each key of the experiment, such as model.encoder.units, in the syntax"
                    + " of --set.",
            defaultValue = "{}")
        Map<String, List<Literal>> choices,
    @Key(doc = "Range of numbers to draw from for each key; for random.", defaultValue = "{}")
        Map<String, Range> ranges) {
  private static final int MOST = 10_000;

  /** The kind of search. */
  public enum Search {
    GRID,
    RANDOM
  }

  /** The distribution of numbers over a range. */
  public enum Scale {
    LINEAR,
    LOG
  }

  /**
   * A range of numbers to draw from.
   *
   * @param from the min value
   * @param to the max value, above {@code from}
   * @param scale the distribution of the numbers
   * @param whole true to round to integers
   */
  public record Range(
      @Key(doc = "Min value.") double from,
      @Key(doc = "Max value.") double to,
      @Key(
              doc =
                  "Distribution: linear (uniform), or log (as many from 0.001 to 0.01 as from 0.01 to 0.1).",
              defaultValue = "linear")
          Scale scale,
      @Key(doc = "Whether to draw integers.", defaultValue = "false") boolean whole) {

    /** Checks that the range is valid. */
    public Range {
      if (!(from < to) || (scale == Scale.LOG && from <= 0)) {
        throw new IllegalArgumentException(
            "expected from below to%s, got from %s to %s"
                .formatted(scale == Scale.LOG ? ", and above 0 for scale: log" : "", from, to));
      }
    }

    /** Returns a range of uniformly distributed numbers. */
    public static Range linear(double from, double to) {
      return new Range(from, to, Scale.LINEAR, false);
    }

    /** Returns a range of numbers with uniformly distributed logarithms. */
    public static Range log(double from, double to) {
      return new Range(from, to, Scale.LOG, false);
    }

    private String draw(SplittableRandom random) {
      double share = random.nextDouble();
      double value =
          scale == Scale.LOG ? from * Math.pow(to / from, share) : from + (to - from) * share;
      return whole
          ? Long.toString(Math.round(value))
          : new BigDecimal(value).round(new MathContext(4)).toPlainString();
    }
  }

  /** Checks that keys are varied, in a way that the search supports. */
  public SweepConfig {
    if (choices.isEmpty() && ranges.isEmpty()) {
      throw new IllegalArgumentException(
          "choices: nothing to vary. Expected keys with values, such as {model.encoder.units: [64,"
              + " 128]}");
    }
    if (search == Search.GRID && !ranges.isEmpty()) {
      throw new IllegalArgumentException(
          "ranges: search: grid needs choices instead. Use choices, or set search: random");
    }
    for (Map.Entry<String, List<Literal>> key : choices.entrySet()) {
      if (key.getValue().isEmpty()) {
        throw new IllegalArgumentException("choices: " + key.getKey() + " has no values");
      }
      if (ranges.containsKey(key.getKey())) {
        throw new IllegalArgumentException(
            "ranges: " + key.getKey() + " is in choices, too. Remove it from one of them");
      }
    }
    if (search == Search.GRID && combinations(choices) > MOST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "choices: %d combinations are more than the max of %d. Use fewer values, or set search: random",
              combinations(choices),
              MOST));
    }
  }

  /**
   * Returns a grid search over every combination of values. Keys are in alphabetical order,
   * regardless of the map's order.
   *
   * @param config the config file of the experiment
   * @param choices the values of each key
   */
  public static SweepConfig grid(Path config, Map<String, List<?>> choices) {
    return new SweepConfig(config, Search.GRID, 1, 1, literals(choices), Map.of());
  }

  /**
   * Returns a random search with seed 1. Keys are in alphabetical order, regardless of the maps'
   * order.
   *
   * @param config the config file of the experiment
   * @param choices the values of each key to draw from
   * @param ranges the ranges of further keys to draw from
   */
  public static SweepConfig random(
      Path config, int trials, Map<String, List<?>> choices, Map<String, Range> ranges) {
    return new SweepConfig(
        config, Search.RANDOM, trials, 1, literals(choices), new TreeMap<>(ranges));
  }

  private static Map<String, List<Literal>> literals(Map<String, List<?>> choices) {
    Map<String, List<Literal>> literals = new TreeMap<>();
    choices.forEach(
        (key, values) ->
            literals.put(key, values.stream().map(it -> new Literal(String.valueOf(it))).toList()));
    return literals;
  }

  private static long combinations(Map<String, List<Literal>> choices) {
    long all = 1;
    for (List<Literal> values : choices.values()) {
      all = Math.min(Integer.MAX_VALUE, all) * values.size();
    }
    return all;
  }

  /** Returns the keys that are varied. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>(choices.keySet());
    keys.addAll(ranges.keySet());
    return keys;
  }

  /** Returns the values of the keys for each trial, in order. */
  public List<Map<String, String>> values() {
    return search == Search.GRID ? grid() : drawn();
  }

  private List<Map<String, String>> grid() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<Literal>> key : choices.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> before : all) {
        for (Literal value : key.getValue()) {
          Map<String, String> with = new LinkedHashMap<>(before);
          with.put(key.getKey(), value.text());
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }

  private List<Map<String, String>> drawn() {
    SplittableRandom random = new SplittableRandom(seed);
    List<Map<String, String>> all = new ArrayList<>();
    for (int trial = 0; trial < trials; trial++) {
      Map<String, String> values = new LinkedHashMap<>();
      choices.forEach((key, of) -> values.put(key, of.get(random.nextInt(of.size())).text()));
      ranges.forEach((key, range) -> values.put(key, range.draw(random)));
      all.add(values);
    }
    return all;
  }
}
