package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * The ops that score given targets by teacher forcing.
 *
 * @param target placeholders of the targets
 * @param logProbabilities log-probability of each position, {@code [B, T + 1]}; for vectors,
 *     negative errors {@code [B, T]}
 * @param right 1 where the given token is the most likely one, else 0, {@code [B, T + 1]}; for
 *     vectors, {@code [B, T]}
 * @param weights attention weights, {@code [B, T + 1, S]}, if the decoder has attention
 */
record TeacherForcing(
    SourceOps source,
    SequenceInput target,
    Operand<TFloat32> logProbabilities,
    Operand<TFloat32> right,
    Optional<Operand<TFloat32>> weights) {

  /** Adds the ops. */
  static TeacherForcing of(Scope scope, Seq2SeqModel model, SourceOps source) {
    SequenceInput target = SequenceInput.of(scope.tf(), model.target(), model.copies());
    ForcedPass scored = model.score(scope, source.input().batch(), target.batch());
    return new TeacherForcing(
        source,
        target,
        scored.logProbabilities(),
        scored.correct(),
        scored.decoded().weights().map(scope.tf()::identity));
  }

  /** Scores targets, one per source; attention weights are computed on request. */
  List<ForcedTarget> score(
      List<SequenceData> sources, List<SequenceData> targets, boolean withAttention) {
    try (SequenceInput.Feed ofSources = source.input().feed(PaddedBatch.of(sources));
        SequenceInput.Feed ofTargets = target.feed(PaddedBatch.of(targets))) {
      Session.Runner runner =
          ofTargets
              .to(ofSources.to(source.graph().session().runner()))
              .fetch(logProbabilities)
              .fetch(right);
      if (withAttention) {
        runner.fetch(weights.orElseThrow());
      }
      try (Result result = source.graph().runInCaller(runner)) {
        TFloat32 values = (TFloat32) result.get(0); // [B, T + 1]
        TFloat32 hits = (TFloat32) result.get(1);
        List<ForcedTarget> forced = new ArrayList<>();
        for (int row = 0; row < sources.size(); row++) {
          int length = targets.get(row).length();
          forced.add(
              new ForcedTarget(
                  forced(values, hits, row, length),
                  withAttention
                      ? attention((TFloat32) result.get(2), row, length, sources.get(row).length())
                      : new float[length][0]));
        }
        return forced;
      }
    }
  }

  private static Metric.ForcedScore forced(TFloat32 values, TFloat32 hits, int row, int length) {
    double sum = 0;
    double found = 0;
    for (int t = 0; t < values.shape().get(1); t++) {
      sum += values.getFloat(row, t);
      found += hits.getFloat(row, t);
    }
    return new Metric.ForcedScore(sum, length + 1, (int) Math.round(found));
  }

  /** Returns a row of the weights {@code [B, T + 1, S]}, without padding. */
  private float[][] attention(TFloat32 values, int row, int tokens, int sourceLength) {
    int stride = source.stride();
    float[][] weightsOfRow = new float[tokens][(sourceLength + stride - 1) / stride];
    for (int t = 0; t < weightsOfRow.length; t++) {
      for (int s = 0; s < weightsOfRow[t].length; s++) {
        weightsOfRow[t][s] = values.getFloat(row, t, s);
      }
    }
    return weightsOfRow;
  }
}
