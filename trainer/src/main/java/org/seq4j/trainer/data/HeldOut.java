package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Training data cut in two by a hash of the source.
 *
 * @param rest what is left to train on, in the order of the file
 * @param heldOut one example for each source that was cut off, all its targets as references
 */
record HeldOut(List<Example> rest, List<Example> heldOut) {

  static HeldOut cut(List<Example> examples, HeldOutConfig config) {
    Map<String, Set<String>> targets = new LinkedHashMap<>();
    Set<String> chosen = choose(examples, config);
    List<Example> rest = new ArrayList<>();
    for (Example example : examples) {
      if (chosen.contains(example.source())) {
        targets
            .computeIfAbsent(example.source(), source -> new LinkedHashSet<>())
            .addAll(example.targets());
      } else {
        rest.add(example);
      }
    }
    List<Example> heldOut = new ArrayList<>(targets.size());
    targets.forEach((source, all) -> heldOut.add(new Example(source, List.copyOf(all))));
    return new HeldOut(rest, heldOut);
  }

  private static Set<String> choose(List<Example> examples, HeldOutConfig config) {
    Set<String> sources = new LinkedHashSet<>();
    examples.forEach(example -> sources.add(example.source()));
    Set<String> chosen =
        config.count().isPresent()
            ? smallest(sources, config.count().get(), config.seed())
            : below(sources, config.fraction().orElseThrow(), config.seed());
    if (chosen.isEmpty()) {
      throw new DataException(
          "held_out: fraction "
              + config.fraction().orElseThrow()
              + " of the "
              + sources.size()
              + " different sources in the training data is none; raise it or give count");
    }
    if (chosen.size() == sources.size()) {
      throw new DataException(
          "held_out: nothing would be left to train on: the training data have "
              + sources.size()
              + " different sources; lower "
              + (config.count().isPresent() ? "count " + config.count().get() : "fraction"));
    }
    return chosen;
  }

  private static Set<String> smallest(Set<String> sources, int count, long seed) {
    // Equal hashes are ordered by text, so that the order of the lines has no say.
    List<String> ordered = new ArrayList<>(sources);
    ordered.sort(StableHash.order(seed));
    return new HashSet<>(ordered.subList(0, Math.min(count, ordered.size())));
  }

  private static Set<String> below(Set<String> sources, double fraction, long seed) {
    // A threshold, not a share of the sorted list: lines added later leave the others in place.
    Set<String> chosen = new HashSet<>();
    for (String source : sources) {
      if (StableHash.unit(source, seed) < fraction) {
        chosen.add(source);
      }
    }
    return chosen;
  }
}
