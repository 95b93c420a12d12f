package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.seq4j.tokenizers.SentencePieceTrainer.Scored;

/**
 * Learns the pieces of a unigram model (Kudo 2018, section 3.2). It starts from frequent substrings
 * of words, and alternates two steps: fitting probabilities by expectation maximization, and
 * keeping the pieces whose removal would lower the likelihood most. Constants are SentencePiece's.
 */
final class UnigramTrainer {
  private static final int SEEDS = 1_000_000;
  private static final int COUNTED = 20_000_000; // maximum number of substrings counted for seeds
  private static final double KEPT = 0.75; // minimum share of the pieces kept in a round
  private static final double SPARE = 1.1; // excess of pieces before the last step, a factor
  private static final int FITS = 2;
  private static final double LEAST_EXPECTED = 0.5;
  private static final double STEP_BELOW = 0.0001;

  /** A constant, so that sums do not depend on the number of processors. */
  private static final int PARTS = 16;

  private final List<Word> words = new ArrayList<>();
  private final Map<Integer, Long> characters;
  private final int longest;

  private record Word(int[] text, long count) {}

  /**
   * Creates a trainer from words and their counts.
   *
   * @param characters the characters that must be pieces, with their counts
   */
  UnigramTrainer(Map<String, Long> words, Map<Integer, Long> characters, int longest) {
    words.forEach((text, count) -> this.words.add(new Word(text.codePoints().toArray(), count)));
    this.characters = characters;
    this.longest = longest;
  }

  /** Learns pieces; the most probable one comes first. */
  List<Scored> train(int size) {
    int desired = (int) (size * SPARE);
    UnigramModel model = seeds();
    while (true) {
      for (int i = 0; i < FITS; i++) {
        model = fitted(model);
      }
      if (model.pieces().size() <= desired) {
        return finished(model, size);
      }
      model = pruned(model, desired);
    }
  }

  /** Returns the initial model: characters and frequent substrings. */
  private UnigramModel seeds() {
    Map<String, Long> counts = new HashMap<>();
    List<Word> frequentFirst = new ArrayList<>(words);
    frequentFirst.sort(Comparator.comparingLong(Word::count).reversed());
    long counted = 0;
    for (Word word : frequentFirst) {
      for (int start = 0; start < word.text().length && counted < COUNTED; start++) {
        int most = Math.min(longest, word.text().length - start);
        for (int length = 2; length <= most; length++) {
          counts.merge(new String(word.text(), start, length), word.count(), Long::sum);
          counted++;
        }
      }
    }
    List<Map.Entry<String, Long>> parts = new ArrayList<>();
    counts.entrySet().stream()
        .filter(it -> it.getValue() > 1 && Pieces.isAllowed(it.getKey(), longest))
        .forEach(it -> parts.add(Map.entry(it.getKey(), it.getValue() * it.getKey().length())));
    parts.sort(
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey(CodePoints::compare)));
    Map<String, Double> scores = new LinkedHashMap<>();
    characters.forEach((c, count) -> scores.put(Character.toString(c), (double) count));
    parts.stream().limit(SEEDS).forEach(it -> scores.put(it.getKey(), (double) it.getValue()));
    double sum = scores.values().stream().mapToDouble(Double::doubleValue).sum();
    return new UnigramModel(
        List.copyOf(scores.keySet()),
        scores.values().stream().mapToDouble(it -> Math.log(it) - Math.log(sum)).toArray());
  }

  /** Runs a step of expectation maximization; rare pieces are removed. */
  private UnigramModel fitted(UnigramModel model) {
    List<double[]> sums =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(
                part -> {
                  double[] expected = new double[model.pieces().size()];
                  for (int i = part; i < words.size(); i += PARTS) {
                    model.addExpected(words.get(i).text(), words.get(i).count(), expected);
                  }
                  return expected;
                })
            .toList();
    List<String> kept = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    double sum = 0;
    for (int id = 0; id < model.pieces().size(); id++) {
      int at = id;
      double count = sums.stream().mapToDouble(part -> part[at]).sum();
      if (count >= LEAST_EXPECTED) {
        kept.add(model.pieces().get(id));
        expected.add(count);
        sum += count;
      }
    }
    double log = digamma(sum);
    return new UnigramModel(
        kept, expected.stream().mapToDouble(count -> digamma(count) - log).toArray());
  }

  /**
   * Computes the digamma function, which replaces the logarithm: this prior makes rare pieces rarer
   * (Kudo 2018).
   */
  private static double digamma(double value) {
    double x = value;
    double result = 0;
    for (; x < 7; x++) {
      result -= 1 / x;
    }
    x -= 0.5;
    double square = 1 / (x * x);
    return result
        + Math.log(x)
        + square / 24
        - 7 * square * square / 960
        + 31 * square * square * square / 8064
        - 127 * square * square * square * square / 30720;
  }

  /** Removes the pieces whose removal costs the least likelihood. */
  private UnigramModel pruned(UnigramModel model, int desired) {
    int size = model.pieces().size();
    double[] counts = counts(model);
    double sum = Arrays.stream(counts).sum();
    double wordCount = words.stream().mapToDouble(Word::count).sum();
    List<Integer> kept = new ArrayList<>();
    List<Map.Entry<Integer, Double>> losses = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      int[] text = model.pieces().get(id).codePoints().toArray();
      UnigramModel.Path other = model.best(text, id);
      boolean best = text.length == 1 || model.score(id) >= other.score();
      if (text.length == 1) {
        kept.add(id); // there is no other segmentation
      } else if (best && counts[id] > 0) {
        losses.add(Map.entry(id, loss(other, counts, id, sum, wordCount)));
      } else if (best) {
        losses.add(Map.entry(id, 0.0));
      } // otherwise the piece is in no best segmentation
    }
    losses.sort(
        Map.Entry.<Integer, Double>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    int room = Math.max(desired, (int) (KEPT * size)) - kept.size();
    losses.stream().limit(Math.max(0, room)).forEach(it -> kept.add(it.getKey()));
    return new UnigramModel(
        kept.stream().map(model.pieces()::get).toList(),
        kept.stream().mapToDouble(model::score).toArray());
  }

  /** Computes the loss of likelihood if a piece is replaced by its best segmentation. */
  private static double loss(
      UnigramModel.Path other, double[] counts, int id, double sum, double words) {
    double count = counts[id];
    double with = Math.log(count) - Math.log(sum);
    double all = Math.log(sum + count * (other.pieces().size() - 1));
    double without =
        other.pieces().stream().mapToDouble(it -> Math.log(counts[it] + count) - all).sum();
    return count / words * (with - without);
  }

  /** Counts the pieces in the best segmentations of the text. */
  private double[] counts(UnigramModel model) {
    List<double[]> parts =
        IntStream.range(0, PARTS)
            .parallel()
            .mapToObj(
                part -> {
                  double[] counts = new double[model.pieces().size()];
                  for (int i = part; i < words.size(); i += PARTS) {
                    Word word = words.get(i);
                    model.best(word.text()).pieces().forEach(id -> counts[id] += word.count());
                  }
                  return counts;
                })
            .toList();
    double[] counts = new double[model.pieces().size()];
    parts.forEach(part -> Arrays.setAll(counts, id -> counts[id] + part[id]));
    return counts;
  }

  /** Returns all characters and the most probable pieces. */
  private List<Scored> finished(UnigramModel model, int size) {
    Map<String, Double> scores = new HashMap<>();
    for (int id = 0; id < model.pieces().size(); id++) {
      scores.put(model.pieces().get(id), model.score(id));
    }
    List<Scored> pieces = new ArrayList<>();
    double lowest = model.lowestScore();
    for (int c : characters.keySet()) {
      String text = Character.toString(c);
      Double score = scores.remove(text);
      if (score == null) {
        lowest -= STEP_BELOW;
      }
      pieces.add(new Scored(text, score == null ? lowest : score));
    }
    Comparator<Scored> likelyFirst =
        Comparator.comparingDouble(Scored::score)
            .reversed()
            .thenComparing(Scored::text, CodePoints::compare);
    scores.entrySet().stream()
        .map(it -> new Scored(it.getKey(), it.getValue()))
        .sorted(likelyFirst)
        .limit(size - pieces.size())
        .forEach(pieces::add);
    pieces.sort(likelyFirst);
    return pieces;
  }
}
