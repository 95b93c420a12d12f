package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.seq4j.core.data.Example;

/**
 * Finds the training example whose source is the most similar to a text: by the cosine of vectors
 * of tf-idf, the frequency of a word times the logarithm of the number of sources divided by the
 * number of those that contain it. Words are lower-case runs of letters and digits. Of equally
 * similar sources it takes the first one.
 */
final class NearestSource {
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  private final List<String> targets = new ArrayList<>();
  private final Map<String, List<Entry>> index = new HashMap<>(); // by word
  private final double[] norms; // by source

  /** The frequency of a word in a source. */
  private record Entry(int source, int count) {}

  NearestSource(List<Example> examples) {
    for (Example example : examples) {
      int number = targets.size();
      targets.add(example.targetTexts().get(0));
      counts(example.source().text())
          .forEach(
              (word, count) ->
                  index
                      .computeIfAbsent(word, key -> new ArrayList<>(1))
                      .add(new Entry(number, count)));
    }
    double[] squares = new double[targets.size()];
    index
        .values()
        .forEach(
            entries ->
                entries.forEach(
                    it -> squares[it.source()] += Math.pow(it.count() * idf(entries), 2)));
    norms = squares;
    for (int i = 0; i < norms.length; i++) {
      norms[i] = Math.sqrt(squares[i]);
    }
  }

  private static Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new HashMap<>();
    for (String word : OTHER.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (!word.isEmpty()) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    return counts;
  }

  private double idf(List<Entry> entries) {
    return Math.log((double) targets.size() / entries.size());
  }

  /** Returns the target of the nearest source; an empty text if there are no sources. */
  String target(String source) {
    double[] products = new double[norms.length];
    counts(source)
        .forEach(
            (word, count) -> {
              List<Entry> entries = index.getOrDefault(word, List.of());
              double weight = entries.isEmpty() ? 0 : count * Math.pow(idf(entries), 2);
              entries.forEach(it -> products[it.source()] += weight * it.count());
            });
    int best = 0;
    double most = -1;
    for (int i = 0; i < products.length; i++) {
      double cosine = norms[i] == 0 ? 0 : products[i] / norms[i]; // the same factor for all
      if (cosine > most) {
        most = cosine;
        best = i;
      }
    }
    return targets.isEmpty() ? "" : targets.get(best);
  }
}
