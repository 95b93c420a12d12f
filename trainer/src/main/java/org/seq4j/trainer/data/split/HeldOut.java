package org.seq4j.trainer.data.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * Training data split in two by a hash of the source.
 *
 * @param rest the remaining training examples, in the order of the file
 * @param heldOut one example for each held-out source, with all its targets as references
 */
public record HeldOut(List<Example> rest, List<Example> heldOut) {

  public static HeldOut cut(List<Example> examples, HeldOutConfig config) {
    Predicate<ExampleValue> rule =
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
      int sources =
          (int) examples.stream().map(example -> example.source().text()).distinct().count();
      throw nothingHeldOut ? nothingHeldOut(config, sources) : nothingLeft(config, sources);
    }
  }

  public static DataException nothingHeldOut(HeldOutConfig config, long sources) {
    return new DataException(
        "held_out: fraction "
            + config.fraction().orElseThrow()
            + " of the "
            + sources
            + " distinct sources in the training data selects none; raise it or set count");
  }

  private static DataException nothingLeft(HeldOutConfig config, long sources) {
    return new DataException(
        "held_out: no training data would remain: they have only "
            + sources
            + " distinct sources; lower "
            + (config.count().isPresent() ? "count " + config.count().get() : "fraction"));
  }

  /**
   * Returns a rule that holds out sources whose hash is below a threshold. Unlike a share of a
   * sorted list, adding lines later does not move other lines.
   */
  public static Predicate<ExampleValue> below(double fraction, long seed) {
    return source -> StableHash.unit(source.text(), seed) < fraction;
  }

  /**
   * Finds the sources with the smallest hashes. It keeps only as many in memory as are to be held
   * out.
   */
  public static final class Smallest {
    private final Comparator<String> order;
    private final int count;
    private final PriorityQueue<String> largestFirst;
    private final Set<String> kept = new HashSet<>();

    public Smallest(HeldOutConfig config) {
      // Equal hashes are ordered by text, so that the order of the lines has no effect.
      this.order = StableHash.order(config.seed());
      this.count = config.count().orElseThrow();
      this.largestFirst = new PriorityQueue<>(order.reversed());
    }

    public void add(ExampleValue value) {
      String source = value.text();
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

    public Predicate<ExampleValue> rule() {
      Set<String> chosen = Set.copyOf(kept);
      return source -> chosen.contains(source.text());
    }
  }

  /** Collects examples, with all targets of a source together. */
  public static final class Gathered {
    private final Map<String, Source> sources = new LinkedHashMap<>(); // by text

    /** A source and its targets, by text. */
    private record Source(ExampleValue value, Map<String, ExampleValue> targets) {}

    public void add(Example example) {
      Source source =
          sources.computeIfAbsent(
              example.source().text(), text -> new Source(example.source(), new LinkedHashMap<>()));
      example.targets().forEach(target -> source.targets().putIfAbsent(target.text(), target));
    }

    public boolean isEmpty() {
      return sources.isEmpty();
    }

    public List<Example> examples() {
      return sources.values().stream()
          .map(it -> new Example(it.value(), List.copyOf(it.targets().values()), Optional.empty()))
          .toList();
    }
  }
}
