package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Training data cut in two by a hash of the source.
 *
 * @param rest what is left to train on, in the order of the file
 * @param heldOut one example for each source that was cut off, all its targets as references
 */
record HeldOut(List<Example> rest, List<Example> heldOut) {

  static HeldOut cut(List<Example> examples, HeldOutConfig config) {
    Predicate<String> rule =
        config
            .fraction()
            .map(fraction -> below(fraction, config.seed()))
            .orElseGet(
                () -> {
                  Smallest smallest = new Smallest(config);
                  examples.forEach(example -> smallest.add(example.source()));
                  return smallest.rule();
                });
    Gathered heldOut = new Gathered();
    List<Example> rest = new ArrayList<>();
    for (Example example : examples) {
      if (rule.test(example.source())) {
        heldOut.add(example);
      } else {
        rest.add(example);
      }
    }
    check(heldOut.isEmpty(), rest.isEmpty(), examples, config);
    return new HeldOut(rest, heldOut.examples());
  }

  private static void check(
      boolean nothingHeldOut, boolean nothingLeft, List<Example> examples, HeldOutConfig config) {
    if (nothingHeldOut || nothingLeft) {
      int sources = (int) examples.stream().map(Example::source).distinct().count();
      throw nothingHeldOut ? nothingHeldOut(config, sources) : nothingLeft(config, sources);
    }
  }

  static DataException nothingHeldOut(HeldOutConfig config, long sources) {
    return new DataException(
        "held_out: fraction "
            + config.fraction().orElseThrow()
            + " of the "
            + sources
            + " different sources in the training data is none; raise it or give count");
  }

  private static DataException nothingLeft(HeldOutConfig config, long sources) {
    return new DataException(
        "held_out: nothing would be left to train on: the training data have "
            + sources
            + " different sources; lower "
            + (config.count().isPresent() ? "count " + config.count().get() : "fraction"));
  }

  /** A threshold, not a share of a sorted list: lines added later leave the others in place. */
  static Predicate<String> below(double fraction, long seed) {
    return source -> StableHash.unit(source, seed) < fraction;
  }

  /**
   * Finds the sources with the smallest hashes, with no more of them in memory than are asked for.
   */
  static final class Smallest {
    private final Comparator<String> order;
    private final int count;
    private final PriorityQueue<String> largestFirst;
    private final Set<String> kept = new HashSet<>();

    Smallest(HeldOutConfig config) {
      // Equal hashes are ordered by text, so that the order of the lines has no say.
      this.order = StableHash.order(config.seed());
      this.count = config.count().orElseThrow();
      this.largestFirst = new PriorityQueue<>(order.reversed());
    }

    void add(String source) {
      boolean full = kept.size() == count;
      if (full && order.compare(source, largestFirst.element()) >= 0) {
        return;
      }
      if (kept.add(source)) {
        largestFirst.add(source);
        if (full) {
          kept.remove(largestFirst.remove());
        }
      }
    }

    Predicate<String> rule() {
      Set<String> chosen = Set.copyOf(kept);
      return chosen::contains;
    }
  }

  /** Examples with all targets of a source together. */
  static final class Gathered {
    private final Map<String, Set<String>> targets = new LinkedHashMap<>();

    void add(Example example) {
      targets
          .computeIfAbsent(example.source(), source -> new LinkedHashSet<>())
          .addAll(example.targets());
    }

    boolean isEmpty() {
      return targets.isEmpty();
    }

    List<Example> examples() {
      List<Example> examples = new ArrayList<>(targets.size());
      targets.forEach((source, all) -> examples.add(new Example(source, List.copyOf(all))));
      return examples;
    }
  }
}
