package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.run.SequenceCodec;
import org.seq4j.core.text.SequenceData;

/** Turns examples into what a model reads. */
public final class PairEncoder {
  private final SequenceCodec source;
  private final SequenceCodec target;

  /** Encodes each side in its own way. */
  public PairEncoder(SequenceCodec source, SequenceCodec target) {
    this.source = source;
    this.target = target;
  }

  /** Leaves out examples with a side over its limit, or nothing in the source. */
  public EncodedExamples encode(List<Example> examples) {
    List<EncodedPair> pairs = new ArrayList<>(examples.size());
    int longSources = 0;
    int longTargets = 0;
    int emptySources = 0;
    for (Example example : examples) {
      SequenceData read = source.encode(source.symbols(example.source()));
      SequenceData written = target.encode(target.symbols(example.target()));
      if (read.length() == 0) {
        emptySources++;
      } else if (read.length() > source.maxLength()) {
        longSources++;
      } else if (written.length() > target.maxLength()) {
        longTargets++;
      } else {
        pairs.add(new EncodedPair(read, written));
      }
    }
    return new EncodedExamples(pairs, longSources, longTargets, emptySources);
  }
}
