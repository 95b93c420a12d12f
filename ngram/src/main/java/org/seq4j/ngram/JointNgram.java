package org.seq4j.ngram;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A joint n-gram model: it answers a source, and scores a given target (Bisani and Ney 2008).
 *
 * <p>It is for tasks whose source and target are monotone and have few different tokens, such as
 * letters and sounds. Thread-safe.
 */
public final class JointNgram {
  private final List<TokenPair> pairs; // the first has the number 1
  private final NgramModel model;
  private final Map<List<String>, List<Numbered>> bySource;

  /** The largest number of source tokens of a pair. */
  static final int MAX_SOURCE_TOKENS = 2;

  /** The probability of a pair that the model does not have, see {@link #scoreOrFloor}. */
  private static final double UNKNOWN_PAIR = 1e-10;

  /** A pair with its number. */
  record Numbered(TokenPair pair, int number) {}

  /**
   * An answer.
   *
   * @param target target tokens
   * @param score natural logarithm of the joint probability of source and target
   */
  public record Answer(List<String> target, double score) {

    /** Copies the tokens. */
    public Answer {
      target = List.copyOf(target);
    }
  }

  private JointNgram(List<TokenPair> pairs, NgramModel model) {
    this.pairs = List.copyOf(pairs);
    this.model = model;
    this.bySource = new HashMap<>();
    for (int i = 0; i < pairs.size(); i++) {
      bySource
          .computeIfAbsent(pairs.get(i).source(), key -> new ArrayList<>())
          .add(new Numbered(pairs.get(i), i + 1));
    }
  }

  /**
   * Settings of training.
   *
   * @param order the largest number of pairs of an n-gram, at least 1; 8 is good for pronunciation
   * @param iterations number of iterations of the alignment, at least 1
   */
  public record Settings(int order, int iterations) {}

  /**
   * The result of training.
   *
   * @param unaligned number of examples that have no alignment, because the target is more than
   *     twice as long as the source
   */
  public record Trained(JointNgram model, int unaligned) {}

  /**
   * Aligns examples and estimates a model.
   *
   * @throws IllegalArgumentException if there is no example that can be aligned, or if the examples
   *     have more than 65,534 different tokens on a side
   */
  public static Trained train(List<PairExample> examples, Settings settings) {
    Map<TokenPair, Integer> numbers = new LinkedHashMap<>();
    List<int[]> sequences = new ArrayList<>();
    int unaligned = 0;
    for (Optional<List<TokenPair>> aligned : PairAligner.align(examples, settings.iterations())) {
      if (aligned.isEmpty()) {
        unaligned++;
      } else {
        sequences.add(
            aligned.get().stream()
                .mapToInt(pair -> numbers.computeIfAbsent(pair, it -> numbers.size() + 1))
                .toArray());
      }
    }
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("there is no example that can be aligned");
    }
    NgramModel model = KneserNey.estimate(sequences, settings.order(), numbers.size() + 1);
    return new Trained(new JointNgram(List.copyOf(numbers.keySet()), model), unaligned);
  }

  /** The number of different pairs. */
  public int pairs() {
    return pairs.size();
  }

  /** The number of n-grams of pairs. */
  public int size() {
    return model.size();
  }

  /** Returns the source tokens of all pairs. */
  public Set<String> sourceTokens() {
    return pairs.stream()
        .flatMap(pair -> pair.source().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the target tokens of all pairs. */
  public Set<String> targetTokens() {
    return pairs.stream()
        .flatMap(pair -> pair.target().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Writes the model in the ARPA format; a pair is a word such as {@code p|h}F}. */
  public void write(Writer writer) throws IOException {
    List<String> words = pairs.stream().map(PairText::write).toList();
    new ArpaFile(model, ArpaFile.withEnd(words)).write(writer);
  }

  /**
   * Reads a model that {@link #write} has written, or Phonetisaurus.
   *
   * @param lines the lines of the file
   * @throws IllegalArgumentException if they are not those of such a file
   */
  public static JointNgram read(Iterator<String> lines) {
    ArpaFile file = ArpaFile.read(lines);
    List<TokenPair> pairs =
        file.words().subList(1, file.words().size()).stream().map(PairText::read).toList();
    return new JointNgram(pairs, file.model());
  }

  /** A target so far; equal targets are one object. */
  private static final class Prefix {
    private final Optional<Prefix> before;
    private final String last;
    private final int length;
    private final Map<String, Prefix> longer = new HashMap<>();

    Prefix(Optional<Prefix> before, String last) {
      this.before = before;
      this.last = last;
      this.length = before.map(it -> it.length + 1).orElse(0);
    }

    Prefix with(List<String> tokens) {
      Prefix at = this;
      for (String token : tokens) {
        Prefix parent = at;
        at = at.longer.computeIfAbsent(token, it -> new Prefix(Optional.of(parent), it));
      }
      return at;
    }

    List<String> tokens() {
      String[] tokens = new String[length];
      Prefix at = this;
      for (int i = length - 1; i >= 0; i--) {
        tokens[i] = at.last;
        at = at.before.orElseThrow();
      }
      return List.of(tokens);
    }
  }

  /** The key of a hypothesis: those with equal keys have the same continuations, and are joined. */
  private record Place(Prefix target, int state) {}

  /**
   * Finds the most probable targets.
   *
   * @param beam number of hypotheses of each part of the source
   * @param best number of answers
   * @return the answers, best first; none if a source token is unknown
   */
  public List<Answer> answer(List<String> source, int beam, int best) {
    return search(source, beam).stream().limit(best).toList();
  }

  /**
   * Computes the joint log-probability of a source and a target, the sum over all alignments.
   *
   * @return negative infinity if the model cannot align them
   */
  public double score(List<String> source, List<String> target) {
    return new AlignmentSum(model, this::pairsOf, Double.NEGATIVE_INFINITY).of(source, target);
  }

  /**
   * Computes the joint log-probability of a source and a target; if the model cannot align them, a
   * floor: pairs that it does not have, and target tokens without a source token, then have a
   * probability of 1e-10 each.
   *
   * @return always a finite number
   */
  public double scoreOrFloor(List<String> source, List<String> target) {
    double score = score(source, target);
    return score > Double.NEGATIVE_INFINITY
        ? score
        : new AlignmentSum(model, this::pairsOf, Math.log(UNKNOWN_PAIR)).of(source, target);
  }

  private List<Numbered> pairsOf(List<String> source) {
    return bySource.getOrDefault(source, List.of());
  }

  private List<Answer> search(List<String> source, int beam) {
    List<Map<Place, Double>> reached = new ArrayList<>();
    for (int i = 0; i <= source.size(); i++) {
      reached.add(new LinkedHashMap<>()); // in the same order in every process, for ties
    }
    reached.get(0).put(new Place(new Prefix(Optional.empty(), ""), model.begin()), 0.0);
    for (int i = 0; i < source.size(); i++) {
      for (Map.Entry<Place, Double> hypothesis : kept(reached.get(i), beam)) {
        int most = Math.min(MAX_SOURCE_TOKENS, source.size() - i);
        for (int length = 1; length <= most; length++) {
          for (Numbered pair : pairsOf(source.subList(i, i + length))) {
            Place from = hypothesis.getKey();
            double score =
                hypothesis.getValue() + model.logProbability(from.state(), pair.number());
            reached
                .get(i + length)
                .merge(
                    new Place(
                        from.target().with(pair.pair().target()),
                        model.next(from.state(), pair.number())),
                    score,
                    JointNgram::logSum);
          }
        }
      }
      reached.set(i, Map.of());
    }
    Map<Prefix, Double> ended = new LinkedHashMap<>();
    for (Map.Entry<Place, Double> hypothesis : kept(reached.get(source.size()), beam)) {
      Place place = hypothesis.getKey();
      double end = model.logProbability(place.state(), NgramModel.END);
      ended.merge(place.target(), hypothesis.getValue() + end, JointNgram::logSum);
    }
    return ended.entrySet().stream()
        .map(entry -> new Answer(entry.getKey().tokens(), entry.getValue()))
        .sorted(
            Comparator.comparingDouble(Answer::score)
                .reversed()
                .thenComparing(answer -> String.join(" ", answer.target())))
        .toList();
  }

  private static List<Map.Entry<Place, Double>> kept(Map<Place, Double> all, int beam) {
    return all.entrySet().stream()
        .sorted(Map.Entry.<Place, Double>comparingByValue().reversed())
        .limit(beam)
        .toList();
  }

  /** Returns the logarithm of the sum of two numbers that are given by their logarithms. */
  static double logSum(double a, double b) {
    double most = Math.max(a, b);
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    return most + Math.log1p(Math.exp(Math.min(a, b) - most));
  }
}
