package org.seq4j.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.seq4j.cli.io.CommandException;
import org.seq4j.ngram.JointNgram;
import org.seq4j.runtime.translate.CandidateModel;
import org.seq4j.runtime.translate.EnsembleSpec;
import org.seq4j.trainer.data.corpus.TextFile;

/** A joint n-gram model that joins the model of a run. */
public final class NgramCandidates implements CandidateModel {
  /** Number of hypotheses of each part of a source, as in {@code ngram translate}. */
  private static final int BEAM = 50;

  private final JointNgram model;

  /** Creates a joining model. */
  public NgramCandidates(JointNgram model) {
    this.model = model;
  }

  /** Reads the file of a model. */
  public static JointNgram read(Path file) {
    try (TextFile.LineIterator lines = TextFile.lines(List.of(file))) {
      return JointNgram.read(lines);
    } catch (IllegalArgumentException e) { // its message begins with the line
      throw new CommandException(file + ", " + e.getMessage(), e);
    }
  }

  /**
   * Returns a file's model as one that joins runs.
   *
   * @param weight weight of its log-probabilities beside those of the runs
   */
  public static EnsembleSpec.Joining joining(Path file, double weight) {
    return new EnsembleSpec.Joining(() -> new NgramCandidates(read(file)), file.toString(), weight);
  }

  @Override
  public List<List<String>> candidates(List<String> source, int count) {
    return model.answer(source, Math.max(BEAM, count), count).stream()
        .map(JointNgram.Answer::target)
        .toList();
  }

  @Override
  public double score(List<String> source, List<String> target) {
    return model.scoreOrFloor(source, target);
  }

  @Override
  public Set<String> sourceTokens() {
    return model.sourceTokens();
  }

  @Override
  public Set<String> targetTokens() {
    return model.targetTokens();
  }
}
