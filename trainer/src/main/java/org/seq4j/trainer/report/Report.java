package org.seq4j.trainer.report;

import java.util.List;
import java.util.Map;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.trainer.evaluation.TokenAccuracy;

/**
 * The content of a run's report, see {@link ReportPage}.
 *
 * @param name the name of the experiment
 * @param folder the folder of the run
 * @param config the run's config in YAML
 * @param history the logs of training
 * @param provenance the provenance of the run
 * @param data the statistics of each split, training first; empty if the data cannot be read
 * @param answers the model's answers to a split; empty without such a split or a checkpoint
 * @param missing a sentence for each missing part of the report, with the reason
 */
public record Report(
    String name,
    String folder,
    String config,
    RunHistory history,
    Provenance provenance,
    List<SplitData> data,
    List<Answers> answers,
    List<String> missing) {

  /** Copies the lists. */
  public Report {
    data = List.copyOf(data);
    answers = List.copyOf(answers);
    missing = List.copyOf(missing);
  }

  /**
   * Statistics of a split of the data.
   *
   * @param split "train", "dev" or "test"
   * @param examples the number of examples
   * @param sources the number of distinct sources
   * @param used the number of examples that pass the filter
   * @param shared the number of examples whose source is in the training data, too
   */
  public record SplitData(
      String split,
      long examples,
      long sources,
      long used,
      long shared,
      SideData source,
      SideData target) {}

  /**
   * Statistics of a side of a split.
   *
   * @param known the size of the vocabulary; 0 for vectors
   * @param tokens the number of tokens
   * @param unknown the share of tokens that are not in the vocabulary
   * @param lengths the number of sequences by length; a key is the upper end of a bucket of ten
   *     lengths
   */
  public record SideData(int known, long tokens, double unknown, Map<Integer, Long> lengths) {}

  /**
   * The model's answers to a split, and their scores.
   *
   * @param split the name of the split
   * @param checkpoint the name of the model's checkpoint
   * @param search a description of the search
   * @param examples the number of examples
   * @param scores the scores over all examples
   * @param byLength the scores by source length
   * @param byFrequency the accuracy of tokens by their frequency in the training targets
   * @param worst the worst answers, the worst first; empty where targets consist of vectors
   * @param shown some answers, wrong ones first
   */
  public record Answers(
      String split,
      String checkpoint,
      String search,
      int examples,
      List<Score> scores,
      List<Bucket> byLength,
      List<TokenAccuracy> byFrequency,
      List<Worst> worst,
      List<Shown> shown) {}

  /**
   * A wrong answer.
   *
   * @param right the references
   * @param edits the edit distance to the nearest reference, in tokens
   * @param score the log-probability of the answer
   */
  public record Worst(String source, List<String> right, String answer, int edits, double score) {}

  /** The score of a metric. */
  public record Score(String name, double value, String display, boolean higherIsBetter) {}

  /** The scores of the examples in a range of source lengths. */
  public record Bucket(String lengths, int examples, List<Score> scores) {}

  /**
   * An answer and the trace of its search.
   *
   * @param right the references
   * @param answer the best answer as text
   * @param isRight true if the answer equals a reference
   * @param exploration the trace of the search; empty where targets consist of vectors
   * @param sound the source, if it is a sound that is not too long; otherwise empty
   */
  public record Shown(
      String source,
      List<String> right,
      String answer,
      boolean isRight,
      List<SearchTrace> exploration,
      List<Sound> sound) {}

  /**
   * A source that can be heard.
   *
   * @param wav a WAV file of 16-bit samples in Base64
   * @param outputSeconds the time of an encoder output, which attention weighs
   */
  public record Sound(String wav, double outputSeconds) {}
}
