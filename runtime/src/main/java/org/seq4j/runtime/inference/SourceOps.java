package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.runtime.search.CtcScorer;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The ops that encode sources.
 *
 * @param input placeholders of the sources
 * @param encoded encoder outputs, {@code [B, S, D]}
 * @param stride source positions per encoder output
 * @param prepared tensors of the sources for decoder steps, one row per source
 * @param initialState the decoder's initial state, one row per source
 * @param posteriors CTC posteriors, {@code [B, S, V + 1]}, if the model has them
 */
record SourceOps(
    ModelGraph graph,
    SequenceInput input,
    Sequence encoded,
    int stride,
    NamedTensors prepared,
    NamedTensors initialState,
    Optional<Operand<TFloat32>> posteriors) {

  /** Adds the ops. */
  static SourceOps of(Scope scope, Seq2SeqModel model, ModelGraph graph) {
    Ops tf = scope.tf();
    SequenceInput input = SequenceInput.of(tf, model.source(), model.copies());
    Memory memory = model.encode(scope, input.batch());
    Sequence encoded = // an identity, because a session does not fetch a tensor that it is fed
        new Sequence(
            tf.identity(memory.sequence().values()), tf.identity(memory.sequence().lengths()));
    NamedTensors prepared = StepOps.distinct(tf, model.prepare(scope, memory, input.batch()));
    NamedTensors initialState = StepOps.distinct(tf, model.initialState(scope, prepared));
    return new SourceOps(
        graph,
        input,
        encoded,
        memory.stride(),
        prepared,
        initialState,
        model.posteriors(scope, memory).map(Sequence::values));
  }

  /** Computes the CTC posteriors of sources. */
  List<CtcScorer.Posteriors> posteriors(List<? extends SequenceData> sources) {
    try (SequenceInput.Feed feed = input.feed(PaddedBatch.of(sources));
        Result result =
            graph.runInCaller(
                feed.to(graph.session().runner())
                    .fetch(posteriors.orElseThrow())
                    .fetch(encoded.lengths()))) {
      return posteriors((TFloat32) result.get(0), (TInt32) result.get(1));
    }
  }

  /** Divides CTC posteriors {@code [B, S, V + 1]} by source. */
  static List<CtcScorer.Posteriors> posteriors(TFloat32 values, TInt32 lengths) {
    int positions = (int) values.shape().get(1);
    int classes = (int) values.shape().get(2);
    float[] flat = new float[Math.toIntExact(values.size())];
    values.asRawTensor().data().asFloats().read(flat);
    return IntStream.range(0, (int) lengths.size())
        .mapToObj(
            row ->
                new CtcScorer.Posteriors(
                    flat, row * positions * classes, lengths.getInt(row), classes))
        .toList();
  }

  /**
   * Encodes sources; returns for each source the encoder outputs without padding, {@code [S, D]}.
   */
  List<float[][]> encode(List<SequenceData> sources) {
    try (SequenceInput.Feed feed = input.feed(PaddedBatch.of(sources));
        Result result =
            graph.runInCaller(
                feed.to(graph.session().runner())
                    .fetch(encoded.values())
                    .fetch(encoded.lengths()))) {
      TFloat32 values = (TFloat32) result.get(0); // [B, S, D]
      TInt32 lengths = (TInt32) result.get(1);
      int positions = (int) values.shape().get(1);
      int depth = (int) values.shape().get(2);
      float[] flat = new float[Math.multiplyExact(sources.size(), positions * depth)];
      values.asRawTensor().data().asFloats().read(flat);
      List<float[][]> all = new ArrayList<>();
      for (int row = 0; row < sources.size(); row++) {
        float[][] vectors = new float[lengths.getInt(row)][];
        for (int i = 0; i < vectors.length; i++) {
          int from = (row * positions + i) * depth;
          vectors[i] = Arrays.copyOfRange(flat, from, from + depth);
        }
        all.add(vectors);
      }
      return all;
    }
  }
}
