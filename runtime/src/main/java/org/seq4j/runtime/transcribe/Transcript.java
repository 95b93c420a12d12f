package org.seq4j.runtime.transcribe;

import java.util.List;
import java.util.Optional;

/**
 * The text of a file, and the times of its words. Times are in seconds from the beginning of the
 * file.
 *
 * @param text the texts of all parts
 * @param seconds length of the file; empty if its positions are no times
 * @param words the words with their times; empty if the times are not known, for example because
 *     the model has no attention
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

  /** A word of a text, without the spaces around it. */
  public record Word(String text, double start, double end) {}

  /**
   * A part of a file.
   *
   * @param score natural logarithm of the probability of its text
   * @param finished true if the text ends because the model ended it
   */
  public record Part(double start, double end, String text, double score, boolean finished) {}
}
