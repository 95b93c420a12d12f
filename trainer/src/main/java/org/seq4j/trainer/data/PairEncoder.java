package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.run.CopyIds;
import org.seq4j.core.run.SequenceCodec;
import org.seq4j.core.text.SequenceData;

/** Turns examples into what a model reads. */
public final class PairEncoder {
  private final SequenceCodec source;
  private final SequenceCodec target;
  private final boolean copying;

  /**
   * Encodes each side in its own way.
   *
   * @param copying whether the model copies symbols of the source
   */
  public PairEncoder(SequenceCodec source, SequenceCodec target, boolean copying) {
    this.source = source;
    this.target = target;
    this.copying = copying;
  }

  /** Leaves out examples with a side over its limit, or nothing in the source. */
  public EncodedExamples encode(List<Example> examples) {
    List<EncodedPair> pairs = new ArrayList<>(examples.size());
    int longSources = 0;
    int longTargets = 0;
    int emptySources = 0;
    for (Example example : examples) {
      List<String> sourceSymbols = source.symbols(example.source());
      List<String> targetSymbols = target.symbols(example.target());
      SequenceData read = source.encode(sourceSymbols);
      SequenceData written = target.encode(targetSymbols);
      if (read.length() == 0) {
        emptySources++;
      } else if (read.length() > source.maxLength()) {
        longSources++;
      } else if (written.length() > target.maxLength()) {
        longTargets++;
      } else {
        pairs.add(
            copying
                ? new EncodedPair(
                    CopyIds.source(sourceSymbols, read, target),
                    CopyIds.target(sourceSymbols, targetSymbols, written, target))
                : new EncodedPair(read, written));
      }
    }
    return new EncodedExamples(pairs, longSources, longTargets, emptySources);
  }
}
