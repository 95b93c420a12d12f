package org.seq4j.trainer.evaluation;

import java.util.List;
import org.seq4j.core.data.Example;
import org.seq4j.core.metric.Metric;
import org.seq4j.runtime.translate.Translation;

/**
 * The results of evaluating a model on a set of examples.
 *
 * @param scores the scores over all examples, in the order of the configured metrics
 * @param buckets the scores by source length, shortest first, without empty buckets
 * @param answers the model's answers, in the order of the examples
 * @param samples the inputs of the metrics, in the order of the examples
 * @param cutSources the number of examples whose source was truncated to {@code source.max_length}
 */
public record Evaluation(
    List<MetricScore> scores,
    List<Bucket> buckets,
    List<Answer> answers,
    List<Metric.Sample> samples,
    int cutSources) {

  /** Copies the lists. */
  public Evaluation {
    scores = List.copyOf(scores);
    buckets = List.copyOf(buckets);
    answers = List.copyOf(answers);
    samples = List.copyOf(samples);
  }

  /**
   * The examples with sources of similar length.
   *
   * @param from the min number of source tokens
   * @param to the max number of source tokens
   * @param examples the number of examples
   * @param scores the scores over these examples
   */
  public record Bucket(int from, int to, int examples, List<MetricScore> scores) {

    /** Returns the range as text: "6-10", or "0" where both ends are the same. */
    public String label() {
      return from == to ? Integer.toString(from) : from + "-" + to;
    }
  }

  /**
   * An example and the model's answer.
   *
   * @param example the source and its references
   * @param translation the model's answer
   */
  public record Answer(Example example, Translation translation) {

    /** Returns the best answer as text. */
    public String text() {
      return translation.best().text();
    }
  }
}
