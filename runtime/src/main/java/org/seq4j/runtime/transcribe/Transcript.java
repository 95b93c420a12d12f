package org.seq4j.runtime.transcribe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seq4j.runtime.translate.Translation;

/**
 * The text of a file, and the times of its words. Times are in seconds from the beginning of the
 * file.
 *
 * @param text the texts of all parts
 * @param seconds length of the file; empty if its positions are no times
 * @param words the words with their times; empty if the times are not known, for example because
 *     the model has neither CTC nor attention
 * @param parts the parts that the model read, one of a short file
 * @param cut true if the file has more positions than the model reads and no pauses are known
 * @param warning a sentence about a sound that is hardly speech
 */
public record Transcript(
    String text,
    Optional<Double> seconds,
    Optional<List<Word>> words,
    List<Part> parts,
    boolean cut,
    Optional<String> warning) {

  /**
   * A word of a text, without the spaces around it.
   *
   * @param score natural logarithm of the probability of the outputs that CTC aligns the word to;
   *     empty if the times were found by attention
   */
  public record Word(String text, double start, double end, OptionalDouble score) {}

  /**
   * A part of a file.
   *
   * @param hypotheses those of the search, best first, without attention weights; at least one
   */
  public record Part(double start, double end, List<Translation.Candidate> hypotheses) {

    /** The best text. */
    public String text() {
      return hypotheses.get(0).text();
    }

    /** Natural logarithm of the probability of the best text. */
    public double score() {
      return hypotheses.get(0).score();
    }

    /** Returns true if the best text ends because the model ended it. */
    public boolean finished() {
      return hypotheses.get(0).finished();
    }
  }
}
