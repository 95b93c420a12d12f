package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
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

  /** For training: leaves out examples with a side over its limit, or nothing in the source. */
  public EncodedExamples forTraining(List<Example> examples) {
    return encode(examples, true);
  }

  /**
   * For evaluation: leaves nothing out, so that pair i is example i. A source over its limit is
   * cut, since the model has to answer; a target is what the answer is compared with, and stays.
   */
  public EncodedExamples forEvaluation(List<Example> examples) {
    return encode(examples, false);
  }

  private EncodedExamples encode(List<Example> examples, boolean training) {
    List<EncodedPair> pairs = new ArrayList<>(examples.size());
    int longSources = 0;
    int longTargets = 0;
    int emptySources = 0;
    for (Example example : examples) {
      int[] sourceIds = source.encode(example.source());
      int[] targetIds = target.encode(example.target());
      boolean good = false;
      if (sourceIds.length == 0) {
        emptySources++;
      } else if (sourceIds.length > source.maxLength()) {
        longSources++;
        sourceIds = training ? sourceIds : Arrays.copyOf(sourceIds, source.maxLength());
      } else if (targetIds.length > target.maxLength()) {
        longTargets++;
      } else {
        good = true;
      }
      if (good || !training) {
        pairs.add(new EncodedPair(sourceIds, targetIds));
      }
    }
    return new EncodedExamples(pairs, longSources, longTargets, emptySources);
  }
}
