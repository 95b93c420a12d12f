package org.seq4j.trainer.data.batch;

import java.util.Optional;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.text.SequenceData;

/**
 * A source and its first target as a model reads them, without begin or end.
 *
 * @param alignment which of their tokens belong together, if the corpus says so
 */
public record EncodedPair(SequenceData source, SequenceData target, Optional<Alignment> alignment) {

  /** Not aligned. */
  public EncodedPair(SequenceData source, SequenceData target) {
    this(source, target, Optional.empty());
  }
}
