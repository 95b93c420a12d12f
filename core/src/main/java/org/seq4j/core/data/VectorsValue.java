package org.seq4j.core.data;

import java.util.Arrays;
import java.util.Optional;
import org.seq4j.core.text.FeatureSequence;

/**
 * A sequence of vectors: speech features, samples of sound (vectors of one number), the readings of
 * sensors.
 *
 * @param vectors the numbers, {@code [length, depth]}
 * @param written the text that they were read from, if they were; it is shown as it was written
 */
public record VectorsValue(FeatureSequence vectors, Optional<String> written)
    implements ExampleValue {

  /** Vectors that were never text. */
  public VectorsValue(FeatureSequence vectors) {
    this(vectors, Optional.empty());
  }

  @Override
  public String text() {
    return written.orElseGet(vectors::text);
  }

  /** Whether the numbers, and what they were read from, are the same. */
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
