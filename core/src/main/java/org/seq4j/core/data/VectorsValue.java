package org.seq4j.core.data;

import java.util.Optional;
import org.seq4j.core.plugin.Kind;
import org.seq4j.core.text.FeatureSequence;

/**
 * A sequence of vectors: speech features, audio samples (vectors of one number), sensor readings.
 *
 * @param vectors the numbers, {@code [length, depth]}
 * @param written the text that the vectors were parsed from, if any; {@link #text()} returns it
 *     unchanged
 */
public record VectorsValue(FeatureSequence vectors, Optional<String> written)
    implements ExampleValue {

  /**
   * A reader of files, each of which is a source: a sound, a picture. It turns the content of a
   * file into vectors. Thread-safe.
   */
  @Kind("reader")
  public interface Reader {

    /** The size of a vector. */
    int depth();

    /**
     * Reads vectors.
     *
     * @param content all bytes of a file
     * @throws IllegalArgumentException if they are invalid; the message tells what was expected and
     *     found, and users see it behind the name of the file
     */
    FeatureSequence read(byte[] content);

    /**
     * Varies vectors for training, such as the speed of a sound. The default returns them
     * unchanged.
     *
     * @param read vectors that this reader has read
     * @param seed seed of the variation
     */
    default FeatureSequence sample(FeatureSequence read, long seed) {
      return read;
    }

    /** Returns true if {@link #sample} depends on the seed. */
    default boolean isStochastic() {
      return false;
    }
  }

  /**
   * A reader of files whose positions are equal times, such as the blocks of a sound. Long files
   * can then be divided at pauses, and words have times.
   */
  public interface TimedReader extends Reader {

    /** The number of positions in a second, more than 0. */
    double positionsPerSecond();

    /**
     * Measures the loudness of each position, from which pauses are found.
     *
     * @param read vectors that this reader has read
     * @return decibels, 0 for the loudest possible; {@code [length]}
     */
    float[] loudness(FeatureSequence read);

    /**
     * Writes vectors as a WAV file, so that a report can play them.
     *
     * @param read vectors that this reader has read
     */
    byte[] sound(FeatureSequence read);
  }

  /** Creates a value of vectors that were not parsed from text. */
  public VectorsValue(FeatureSequence vectors) {
    this(vectors, Optional.empty());
  }

  @Override
  public String text() {
    return written.orElseGet(vectors::text);
  }

  @Override
  public String toString() {
    return text();
  }
}
