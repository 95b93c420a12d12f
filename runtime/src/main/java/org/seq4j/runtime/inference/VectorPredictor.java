package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.VectorTarget;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Predicts targets of vectors, each vector after the previously predicted one. */
public final class VectorPredictor extends GraphPredictor implements Predictor {
  private final Placeholder<TInt32> lengths; // [B]
  private final Operand<TFloat32> generated; // [B, T, D]

  private VectorPredictor(
      SourceOps source,
      TeacherForcing forcing,
      Placeholder<TInt32> lengths,
      Operand<TFloat32> generated) {
    super(source, forcing);
    this.lengths = lengths;
    this.generated = generated;
  }

  /**
   * Adds the inference ops of a model to a graph.
   *
   * @throws IllegalArgumentException if its targets are tokens
   */
  public static VectorPredictor of(Seq2SeqModel model, ModelGraph graph) {
    VectorTarget target =
        model
            .vectorTarget()
            .orElseThrow(() -> new IllegalArgumentException("targets of tokens need a search"));
    Scope scope = graph.scope(false);
    SourceOps source = SourceOps.of(scope, model, graph);
    Placeholder<TInt32> lengths = StepOps.ints(scope.tf(), 1);
    Operand<TFloat32> generated = target.generate(scope, source.prepared(), lengths);
    return new VectorPredictor(source, TeacherForcing.of(scope, model, source), lengths, generated);
  }

  /**
   * Generates targets; threads process batches of sources in parallel.
   *
   * @param lengthsOfTargets number of vectors of each target, at least 1
   * @throws IllegalStateException if the model gives NaN: it has diverged
   */
  public List<FeatureSequence> generate(Sources sources, int[] lengthsOfTargets) {
    return ParallelBatches.of(threads())
        .map(
            sources.single(),
            (part, indices) ->
                generatePart(part, Arrays.stream(indices).map(i -> lengthsOfTargets[i]).toArray()));
  }

  private List<FeatureSequence> generatePart(List<SequenceData> sources, int[] wanted) {
    ModelGraph graph = source().graph();
    try (SequenceInput.Feed feed = source().input().feed(PaddedBatch.of(sources));
        TInt32 given = PaddedBatch.ints(wanted);
        Result result =
            graph.runInCaller(
                feed.to(graph.session().runner()).feed(lengths, given).fetch(generated))) {
      TFloat32 tensor = (TFloat32) result.get(0); // [B, T, D]
      int steps = (int) tensor.shape().get(1);
      int depth = (int) tensor.shape().get(2);
      float[] values = new float[Math.multiplyExact(sources.size(), steps * depth)];
      tensor.asRawTensor().data().asFloats().read(values);
      List<FeatureSequence> targets = new ArrayList<>();
      for (int row = 0; row < sources.size(); row++) {
        int from = row * steps * depth;
        float[] target = Arrays.copyOfRange(values, from, from + wanted[row] * depth);
        checkNumbers(target);
        targets.add(new FeatureSequence(depth, target));
      }
      return targets;
    }
  }

  private static void checkNumbers(float[] values) {
    for (float value : values) {
      if (Float.isNaN(value)) {
        throw new IllegalStateException(
            "the model gives NaN for a vector: its weights have diverged, or the source"
                + " contains NaN. Use an earlier checkpoint; train with a lower learning rate or"
                + " with clip_norm.");
      }
    }
  }
}
