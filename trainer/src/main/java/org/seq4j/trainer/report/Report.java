package org.seq4j.trainer.report;

import java.util.List;
import java.util.Map;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.trainer.evaluation.TokenAccuracy;

/**
 * All that is known of a run, for a page that explains it: see {@link ReportPage}.
 *
 * @param name of the experiment
 * @param folder of the run
 * @param config as the run has it, in YAML
 * @param history what training did
 * @param provenance what the run was made with and from
 * @param data what is in each split that there is, training first; empty if it cannot be read
 * @param answers what the model says to a split; empty if there is none, or no checkpoint yet
 * @param missing what is not in the report, and why, a sentence each
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

  /** Makes the lists unchangeable. */
  public Report {
    data = List.copyOf(data);
    answers = List.copyOf(answers);
    missing = List.copyOf(missing);
  }

  /**
   * What is in a split of the data.
   *
   * @param split "train", "dev" or "test"
   * @param examples how many there are
   * @param sources how many different sources
   * @param used how many are trained on
   * @param shared how many have a source that is trained on, too
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
   * A side of a split.
   *
   * @param known how many tokens the vocabulary has; 0 for vectors
   * @param tokens how many there are
   * @param unknown the share of them that the vocabulary does not have
   * @param lengths how many sequences there are, by the largest length of ten
   */
  public record SideData(int known, long tokens, double unknown, Map<Integer, Long> lengths) {}

  /**
   * What the model says to a split, and how good that is.
   *
   * @param split its name
   * @param checkpoint the name of the file that the model is from
   * @param search in words
   * @param examples how many there are
   * @param scores over all of them
   * @param byLength by the length of the source
   * @param byFrequency by how often tokens are in the training targets
   * @param shown some answers: wrong ones first
   */
  public record Answers(
      String split,
      String checkpoint,
      String search,
      int examples,
      List<Score> scores,
      List<Bucket> byLength,
      List<TokenAccuracy> byFrequency,
      List<Shown> shown) {}

  /** What a metric says. */
  public record Score(String name, double value, String display, boolean higherIsBetter) {}

  /** What metrics say of the examples whose sources are of some lengths. */
  public record Bucket(String lengths, int examples, List<Score> scores) {}

  /**
   * An answer, and how the search came to it.
   *
   * @param right what would be right
   * @param answer the best one, as text
   * @param isRight whether it is right
   * @param exploration empty where targets are of vectors
   */
  public record Shown(
      String source,
      List<String> right,
      String answer,
      boolean isRight,
      List<SearchTrace> exploration) {}
}
