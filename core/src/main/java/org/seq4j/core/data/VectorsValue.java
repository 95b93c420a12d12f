package org.seq4j.core.data;

import java.util.Arrays;
import java.util.Optional;
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

  /** Creates a value of vectors that were not parsed from text. */
  public VectorsValue(FeatureSequence vectors) {
    this(vectors, Optional.empty());
  }

  @Override
  public String text() {
    return written.orElseGet(vectors::text);
  }

  /** Compares the numbers and the text that they were parsed from. */
  @Override
  public boolean equals(Object other) {
    return other instanceof VectorsValue that
        && vectors.depth() == that.vectors.depth()
        && Arrays.equals(vectors.values(), that.vectors.values())
        && written.equals(that.written);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(vectors.values());
  }

  @Override
  public String toString() {
    return text();
  }
}
