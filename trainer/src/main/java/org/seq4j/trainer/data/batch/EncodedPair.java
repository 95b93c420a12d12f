package org.seq4j.trainer.data.batch;

import java.util.Optional;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.text.SequenceData;

/**
 * An encoded source and its first target, without begin and end tokens.
 *
 * @param alignment the word alignment of their tokens, if the corpus has one
 */
public record EncodedPair(SequenceData source, SequenceData target, Optional<Alignment> alignment) {

  /** Creates a pair without an alignment. */
  public EncodedPair(SequenceData source, SequenceData target) {
    this(source, target, Optional.empty());
  }
}
