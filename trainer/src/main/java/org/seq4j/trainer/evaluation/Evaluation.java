package org.seq4j.trainer.evaluation;

import java.util.List;
import org.seq4j.core.data.Example;
import org.seq4j.core.metric.Metric;
import org.seq4j.runtime.translate.Translation;

/**
 * How a model did on a set of examples.
 *
 * @param scores over all of them, in the order of the configured metrics
 * @param buckets the same by the length of the source, shortest first; only those that have
 *     examples
 * @param answers what the model said, in the order of the examples
 * @param samples what the metrics were given, in the order of the examples
 * @param cutSources of how many examples the model read the beginning only, since the source is
 *     longer than {@code source.max_length}
 */
public record Evaluation(
    List<MetricScore> scores,
    List<Bucket> buckets,
    List<Answer> answers,
    List<Metric.Sample> samples,
    int cutSources) {

  /** Makes the lists unchangeable. */
  public Evaluation {
    scores = List.copyOf(scores);
    buckets = List.copyOf(buckets);
    answers = List.copyOf(answers);
    samples = List.copyOf(samples);
  }

  /**
   * The examples whose sources are of similar length.
   *
   * @param from the smallest number of source tokens
   * @param to the largest
   * @param examples how many there are
   * @param scores over these
   */
  public record Bucket(int from, int to, int examples, List<MetricScore> scores) {

    /** "6-10", or "0" where both ends are the same. */
    public String label() {
      return from == to ? Integer.toString(from) : from + "-" + to;
    }
  }

  /**
   * An example and what the model made of its source.
   *
   * @param example the source and what would be right
   * @param translation the model's answer
   */
  public record Answer(Example example, Translation translation) {

    /** The best answer as text. */
    public String text() {
      return translation.best().text();
    }
  }
}
