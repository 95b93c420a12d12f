package org.seq4j.cli.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.key.Literal;

/** The file of a sweep: an experiment, and what to vary of it. */
record SweepConfig(
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
  enum Search {
    GRID,
    RANDOM
  }

  /** How numbers are spread over a range. */
  enum Scale {
    LINEAR,
    LOG
  }

  /** Numbers to draw from. */
  record Range(
      @Key(doc = "The least.") double from,
      @Key(doc = "The largest.") double to,
      @Key(
              doc = "linear, or log: as many from 0.001 to 0.01 as from 0.01 to 0.1.",
              defaultValue = "linear")
          Scale scale,
      @Key(doc = "Whether they are whole numbers.", defaultValue = "false") boolean whole) {

    Range {
      if (!(from < to) || (scale == Scale.LOG && from <= 0)) {
        throw new IllegalArgumentException(
            "expected from below to%s, got from %s to %s"
                .formatted(scale == Scale.LOG ? ", and above 0 for scale: log" : "", from, to));
      }
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
  SweepConfig {
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

  private static long combinations(Map<String, List<Literal>> choices) {
    long all = 1;
    for (List<Literal> values : choices.values()) {
      all = Math.min(Integer.MAX_VALUE, all) * values.size();
    }
    return all;
  }

  /** The keys that are varied. */
  List<String> keys() {
    List<String> keys = new ArrayList<>(choices.keySet());
    keys.addAll(ranges.keySet());
    return keys;
  }

  /** For each trial, in order, the values of the keys. */
  List<Map<String, String>> values() {
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
