package org.seq4j.trainer.data;

import org.seq4j.core.text.SequenceData;

/** A source and its first target as a model reads them, without begin or end. */
public record EncodedPair(SequenceData source, SequenceData target) {}
