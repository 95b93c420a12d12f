package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.error.RequestException;

/** The common part of predictors of one model in a graph. */
abstract class GraphPredictor {
  private final SourceOps source;
  private final TeacherForcing forcing;

  GraphPredictor(SourceOps source, TeacherForcing forcing) {
    this.source = source;
    this.forcing = forcing;
  }

  final SourceOps source() {
    return source;
  }

  public final int threads() {
    return source.graph().threads();
  }

  public boolean hasAttention() {
    return forcing.weights().isPresent();
  }

  public final int stride() {
    return source.stride();
  }

  public final List<float[][]> encode(Sources sources) {
    return ParallelBatches.of(threads())
        .map(sources.single(), (part, indices) -> source.encode(part));
  }

  public List<Metric.ForcedScore> force(Sources sources, List<? extends SequenceData> targets) {
    return forced(sources, targets, false).stream().map(ForcedTarget::forced).toList();
  }

  public final void checkAlignment() {
    if (!hasAttention()) {
      throw new RequestException("alignment: the model has no attention");
    }
  }

  public final List<ForcedTarget> align(Sources sources, List<? extends SequenceData> targets) {
    checkAlignment();
    return forced(sources, targets, true);
  }

  private List<ForcedTarget> forced(
      Sources sources, List<? extends SequenceData> targets, boolean withAttention) {
    return ParallelBatches.of(threads())
        .map(
            sources.single(),
            (part, indices) ->
                forcing.score(
                    part,
                    Arrays.stream(indices).<SequenceData>mapToObj(targets::get).toList(),
                    withAttention));
  }
}
