package org.seq4j.runtime.translate;

import java.util.Arrays;
import java.util.List;
import org.seq4j.runtime.codec.SequenceCodec;

/**
 * Turns translations of a model that reads or writes from right to left into the order of the text:
 * tokens, and the rows and columns of attention weights.
 *
 * @param source codec of the sources
 * @param target codec of the targets
 */
record TextOrder(SequenceCodec source, SequenceCodec target) {

  Translation of(Translation model) {
    if (!source.isReversed() && !target.isReversed()) {
      return model;
    }
    return new Translation(
        model.source(),
        source.turned(model.sourceTokens()),
        model.candidates().stream().map(this::of).toList(),
        model.cut());
  }

  private Translation.Candidate of(Translation.Candidate model) {
    List<float[]> rows = target.turned(Arrays.asList(model.attention()));
    return new Translation.Candidate(
        model.text(),
        target.turned(model.tokens()),
        model.score(),
        model.rankScore(),
        model.ending(),
        rows.stream().map(this::columns).toArray(float[][]::new),
        model.vectors(),
        model.scores());
  }

  private float[] columns(float[] row) {
    if (!source.isReversed()) {
      return row;
    }
    float[] turned = new float[row.length];
    for (int i = 0; i < row.length; i++) {
      turned[i] = row[row.length - 1 - i];
    }
    return turned;
  }
}
