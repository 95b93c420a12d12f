package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.ForcedScore;
import org.seq4j.core.metric.Metric.Input;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.evaluation.Evaluation.Answer;
import org.seq4j.trainer.evaluation.Evaluation.Bucket;
import org.seq4j.trainer.training.state.TrainingException;

/** Evaluates models: scores their answers to examples. Thread-safe. */
public final class Evaluator {
  /** More buckets of source lengths would be a long table, and each would have few examples. */
  private static final int MOST_BUCKETS = 20;

  private final Map<String, Metric> metrics;

  /**
   * Creates an evaluator with metrics by the names of their scores.
   *
   * @throws IllegalArgumentException if a metric needs both vectors and forced scores
   */
  public Evaluator(Map<String, Metric> metrics) {
    this.metrics = new LinkedHashMap<>(metrics);
    metrics.forEach(
        (name, metric) -> {
          if (metric.needs().containsAll(EnumSet.of(Input.VECTORS, Input.FORCED_SCORES))) {
            throw new IllegalArgumentException(
                "metric '%s' needs vectors and forced scores; a model of vectors has no forced scores"
                    .formatted(name));
          }
        });
  }

  /**
   * Creates an evaluator with configured metrics.
   *
   * @throws IllegalArgumentException if a metric rejects its configuration
   */
  public static Evaluator of(EvaluationConfig config, ComponentContext context) {
    Map<String, Metric> metrics = new LinkedHashMap<>();
    config.metrics().forEach(metric -> metrics.put(metric.type(), metric.create(context)));
    return new Evaluator(metrics);
  }

  /** Returns the names of the metrics. */
  public Set<String> names() {
    return Collections.unmodifiableSet(metrics.keySet());
  }

  /**
   * Returns true if higher values of a metric are better.
   *
   * @throws IllegalArgumentException if there is no metric of that name
   */
  public boolean higherIsBetter(String name) {
    Metric metric = metrics.get(name);
    if (metric == null) {
      throw new IllegalArgumentException(
          "no metric named '" + name + "'; there are " + metrics.keySet());
    }
    return metric.higherIsBetter();
  }

  /**
   * Evaluates a model on examples.
   *
   * @param examples at least one
   * @throws IllegalArgumentException if there are no examples
   * @throws IllegalStateException if the model outputs NaN because its training diverged
   */
  public Evaluation evaluate(Translator translator, List<Example> examples, SearchConfig search) {
    return evaluate(translator, examples, source -> search);
  }

  /**
   * Evaluates a model on examples with a search for each source.
   *
   * @see #evaluate(Translator, List, SearchConfig)
   */
  public Evaluation evaluate(
      Translator translator, List<Example> examples, Function<ExampleValue, SearchConfig> search) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("no examples to evaluate on: expected at least one");
    }
    if (translator.source().isAbsent()) {
      return ofLanguageModel(translator, examples);
    }
    List<Translation> translations =
        translator.translateAll(examples.stream().map(Example::source).toList(), search, false);
    Map<Integer, ForcedScore> forced = forced(translator, examples);
    List<Answer> answers = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    int[] lengths =
        examples.stream().mapToInt(it -> translator.source().length(it.source())).toArray();
    int width = bucketWidth(lengths);
    Map<Integer, List<Sample>> byLength = new TreeMap<>();
    int cut = 0;
    for (int i = 0; i < examples.size(); i++) {
      Answer answer = new Answer(examples.get(i), translations.get(i));
      Sample sample = sample(answer, translator.target(), Optional.ofNullable(forced.get(i)));
      if (lengths[i] > answer.translation().sourceTokens().size()) {
        cut++;
      }
      answers.add(answer);
      samples.add(sample);
      byLength.computeIfAbsent(upperEnd(lengths[i], width), end -> new ArrayList<>()).add(sample);
    }
    List<Bucket> buckets = new ArrayList<>();
    byLength.forEach(
        (end, part) ->
            buckets.add(new Bucket(end == 0 ? 0 : end - width + 1, end, part.size(), score(part))));
    return new Evaluation(score(samples), buckets, answers, samples, cut);
  }

  /** Returns true if a metric needs no answers. */
  public static boolean isOfForcedScores(Metric metric) {
    return metric.needs().equals(Set.of(Input.FORCED_SCORES));
  }

  /** Evaluates a language model, which has no answers. */
  private Evaluation ofLanguageModel(Translator translator, List<Example> examples) {
    metrics.forEach(
        (name, metric) -> {
          if (!isOfForcedScores(metric)) {
            throw new RequestException(
                name
                    + " measures answers, of which a language model has none: use perplexity or"
                    + " token-accuracy");
          }
        });
    Map<Integer, ForcedScore> forced = forced(translator, examples);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      samples.add(
          new Sample(
              new Text("", List.of()),
              references(translator.target(), examples.get(i)),
              Optional.ofNullable(forced.get(i)),
              Optional.empty()));
    }
    return new Evaluation(score(samples), List.of(), List.of(), samples, 0);
  }

  /**
   * Scores the answers of a baseline. Metrics that need the forced scores of a model, or vectors,
   * are left out.
   *
   * @param target the codec of the targets of the model that the scores are compared with
   */
  public List<MetricScore> score(Baseline baseline, List<Example> examples, SequenceCodec target) {
    List<String> answers =
        baseline.answers(examples.stream().map(example -> example.source().text()).toList());
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      samples.add(
          new Sample(
              new Text(answers.get(i), target.turned(target.tokens(answers.get(i)))),
              references(target, examples.get(i)),
              Optional.empty(),
              source(examples.get(i))));
    }
    Map<String, Metric> ofTexts = new LinkedHashMap<>(metrics);
    ofTexts.values().removeIf(metric -> !Set.of(Input.SOURCES).containsAll(metric.needs()));
    return score(ofTexts, samples);
  }

  /**
   * Computes each metric for a few examples, each answered by the reference of the next one.
   *
   * @throws TrainingException if a score is NaN
   */
  public void rehearse(List<Example> examples, SequenceCodec target) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      List<Text> references = references(target, examples.get(i));
      Text answer = reference(target, examples.get((i + 1) % examples.size()).target());
      int tokens = references.get(0).tokens().size() + 1; // and the end
      ForcedScore forced = new ForcedScore(-1, tokens, 1);
      samples.add(new Sample(answer, references, Optional.of(forced), source(examples.get(i))));
    }
    if (samples.isEmpty()) {
      return;
    }
    for (MetricScore score : score(samples)) {
      if (Double.isNaN(score.value())) {
        throw new TrainingException(
            "the metric "
                + score.name()
                + " gives NaN for "
                + samples.size()
                + " answers: it cannot tell which checkpoint is best. Return a number for any"
                + " answers, also for empty ones",
            null);
      }
    }
  }

  /** Scores samples with every metric, in the order of the metrics. */
  public List<MetricScore> score(List<Sample> samples) {
    return score(metrics, samples);
  }

  private static List<MetricScore> score(Map<String, Metric> metrics, List<Sample> samples) {
    List<MetricScore> scores = new ArrayList<>();
    metrics.forEach(
        (name, metric) -> {
          Metric.Score score = ComponentException.notNull(metric, "score", metric.score(samples));
          scores.add(
              new MetricScore(
                  name,
                  score.value(),
                  score.display(),
                  metric.higherIsBetter(),
                  metric.signature(samples)));
        });
    return scores;
  }

  /**
   * Returns forced scores by the index of the example, if a metric needs them; none for sources
   * without tokens.
   */
  private Map<Integer, ForcedScore> forced(Translator translator, List<Example> examples) {
    Map<Integer, ForcedScore> forced = new HashMap<>();
    if (metrics.values().stream()
        .noneMatch(metric -> metric.needs().contains(Input.FORCED_SCORES))) {
      return forced;
    }
    List<Integer> indices =
        IntStream.range(0, examples.size())
            .filter(i -> hasSource(translator, examples.get(i)))
            .boxed()
            .toList();
    List<ForcedScore> found = translator.force(indices.stream().map(examples::get).toList());
    for (int n = 0; n < found.size(); n++) {
      forced.put(indices.get(n), found.get(n));
    }
    return forced;
  }

  private static boolean hasSource(Translator translator, Example example) {
    SequenceCodec source = translator.source();
    return source.isAbsent() || source.length(example.source()) > 0;
  }

  private Sample sample(Answer answer, SequenceCodec target, Optional<ForcedScore> forced) {
    Translation.Candidate best = answer.translation().best();
    return new Sample(
        new Text(best.text(), best.tokenTexts(), best.vectors()),
        references(target, answer.example()),
        forced,
        source(answer.example()));
  }

  /** Returns the source's text if a metric needs it; that of many vectors is long. */
  private Optional<String> source(Example example) {
    return metrics.values().stream().anyMatch(metric -> metric.needs().contains(Input.SOURCES))
        ? Optional.of(example.source().text())
        : Optional.empty();
  }

  private static List<Text> references(SequenceCodec target, Example example) {
    return example.targets().stream().map(value -> reference(target, value)).toList();
  }

  private static Text reference(SequenceCodec target, ExampleValue value) {
    ExampleValue read = target.read(value);
    return new Text(
        read.text(),
        target.turned(target.tokens(read)),
        read instanceof VectorsValue it ? Optional.of(it.vectors()) : Optional.empty());
  }

  /**
   * Returns the width of a bucket of source lengths: 5, 10, 20, 50 and so on, the smallest that
   * makes few buckets. A single source that is far longer than the others does not change it.
   */
  static int bucketWidth(int... lengths) {
    for (int power = 1; ; power *= 10) {
      for (int factor : new int[] {5, 10, 20}) {
        int width = factor * power;
        if (IntStream.of(lengths).map(it -> upperEnd(it, width)).distinct().count()
            <= MOST_BUCKETS) {
          return width;
        }
      }
    }
  }

  /**
   * Returns the longest length in the bucket of a length; sources without tokens have their own.
   */
  private static int upperEnd(int length, int width) {
    return (length + width - 1) / width * width;
  }
}
