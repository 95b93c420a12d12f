package org.seq4j.trainer.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.key.Literal;

/**
 * The file of a sweep: an experiment, and what to vary of it.
 *
 * @param config the experiment's file, which every trial is made from
 * @param search how trials are chosen
 * @param trials how many a random search makes
 * @param seed what is drawn follows from it; with more trials those before stay what they are
 * @param choices for each key of the experiment the values to take, as {@code --set} takes them
 * @param ranges for each key the numbers to draw from, for a random search
 */
public record SweepConfig(
    @Key(doc = "The experiment's file, which every trial is made from.") Path config,
    @Key(
            doc =
                "grid: every combination of the choices; random: drawn ones (Bergstra and Bengio"
                    + " 2012).",
            defaultValue = "grid")
        Search search,
    @Key(doc = "How many trials a random search makes.", defaultValue = "20", min = 1, max = 10000)
        int trials,
    @Key(
            doc =
                "What is drawn follows from it; with more trials those before stay what they are.",
            defaultValue = "1")
        long seed,
    @Key(
            doc =
                "For each key of the experiment, as model.encoder.units, the values to take, as"
                    + " --set takes them.",
            defaultValue = "{}")
        Map<String, List<Literal>> choices,
    @Key(doc = "For each key, the numbers to draw from; for random.", defaultValue = "{}")
        Map<String, Range> ranges) {
  private static final int MOST = 10_000;

  /** How trials are chosen. */
  public enum Search {
    GRID,
    RANDOM
  }

  /** How numbers are spread over a range. */
  public enum Scale {
    LINEAR,
    LOG
  }

  /**
   * Numbers to draw from.
   *
   * @param from the smallest
   * @param to the largest, above it
   * @param scale how they are spread
   * @param whole whether they are rounded to whole numbers
   */
  public record Range(
      @Key(doc = "The least.") double from,
      @Key(doc = "The largest.") double to,
      @Key(
              doc = "linear, or log: as many from 0.001 to 0.01 as from 0.01 to 0.1.",
              defaultValue = "linear")
          Scale scale,
      @Key(doc = "Whether they are whole numbers.", defaultValue = "false") boolean whole) {

    /** Checks that there are numbers in it. */
    public Range {
      if (!(from < to) || (scale == Scale.LOG && from <= 0)) {
        throw new IllegalArgumentException(
            "expected from below to%s, got from %s to %s"
                .formatted(scale == Scale.LOG ? ", and above 0 for scale: log" : "", from, to));
      }
    }

    /** Evenly spread numbers. */
    public static Range linear(double from, double to) {
      return new Range(from, to, Scale.LINEAR, false);
    }

    /** Numbers whose logarithms are evenly spread. */
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

  /** Checks that there is something to vary, in a way that the search can. */
  public SweepConfig {
    if (choices.isEmpty() && ranges.isEmpty()) {
      throw new IllegalArgumentException(
          "choices: nothing to vary. Expected keys with values, such as {model.encoder.units: [64,"
              + " 128]}");
    }
    if (search == Search.GRID && !ranges.isEmpty()) {
      throw new IllegalArgumentException(
          "ranges: a grid needs choices. Write them, or set search: random");
    }
    for (Map.Entry<String, List<Literal>> key : choices.entrySet()) {
      if (key.getValue().isEmpty()) {
        throw new IllegalArgumentException("choices: " + key.getKey() + " has no values");
      }
      if (ranges.containsKey(key.getKey())) {
        throw new IllegalArgumentException(
            "ranges: " + key.getKey() + " is among the choices as well. Remove one");
      }
    }
    if (search == Search.GRID && combinations(choices) > MOST) {
      throw new IllegalArgumentException(
          "choices: %d combinations. Expected at most %d; set search: random"
              .formatted(combinations(choices), MOST));
    }
  }

  /**
   * Every combination of values. Keys are taken in the order of the alphabet, whatever the map's.
   *
   * @param config the experiment's file
   * @param choices for each key its values
   */
  public static SweepConfig grid(Path config, Map<String, List<?>> choices) {
    return new SweepConfig(config, Search.GRID, 1, 1, literals(choices), Map.of());
  }

  /**
   * Drawn values, with seed 1. Keys are taken in the order of the alphabet, whatever the maps'.
   *
   * @param config the experiment's file
   * @param choices for each key the values to draw from
   * @param ranges for each of further keys the numbers to draw from
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

  /** The keys that are varied. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>(choices.keySet());
    keys.addAll(ranges.keySet());
    return keys;
  }

  /** For each trial, in order, the values of the keys. */
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
