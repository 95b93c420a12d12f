package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.List;

/** Turns examples into pairs of ids. */
public final class PairEncoder {
  private final SequenceEncoder source;
  private final SequenceEncoder target;

  /** Encodes each side with its own tokenizer and vocabulary. */
  public PairEncoder(SequenceEncoder source, SequenceEncoder target) {
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
      int[] sourceIds = source.encode(example.source());
      int[] targetIds = target.encode(example.target());
      if (sourceIds.length == 0) {
        emptySources++;
      } else if (sourceIds.length > source.maxLength()) {
        longSources++;
      } else if (targetIds.length > target.maxLength()) {
        longTargets++;
      } else {
        pairs.add(new EncodedPair(sourceIds, targetIds));
      }
    }
    return new EncodedExamples(pairs, longSources, longTargets, emptySources);
  }
}
