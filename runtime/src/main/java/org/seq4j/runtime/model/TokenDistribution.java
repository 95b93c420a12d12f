package org.seq4j.runtime.model;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.CopyingOutput;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The distribution over next tokens: of the vocabulary only, or also of source tokens to copy. */
sealed interface TokenDistribution {

  /** Returns true if source tokens can be copied. */
  boolean copies();

  /** Adds the tensors of the source that the distribution needs to those of the decoder. */
  NamedTensors withSource(NamedTensors prepared, SequenceBatch sources);

  /**
   * Computes log-probabilities for all steps of a decoder, {@code [B·T, V]} or {@code [B·T, V +
   * S]}.
   */
  Operand<TFloat32> ofAllSteps(
      Scope scope, Memory memory, DecoderOutput decoded, SequenceBatch sources);

  /** Computes log-probabilities after one step, {@code [N, V]} or {@code [N, V + S]}. */
  Operand<TFloat32> ofStep(Scope scope, NamedTensors prepared, Decoder.Step step);

  /** A distribution over the vocabulary. */
  record Plain(TokenOutput output, EmbeddingTables embedding) implements TokenDistribution {

    @Override
    public boolean copies() {
      return false;
    }

    @Override
    public NamedTensors withSource(NamedTensors prepared, SequenceBatch sources) {
      return prepared;
    }

    @Override
    public Operand<TFloat32> ofAllSteps(
        Scope scope, Memory memory, DecoderOutput decoded, SequenceBatch sources) {
      return of(scope, flat(scope.tf(), decoded.outputs()));
    }

    @Override
    public Operand<TFloat32> ofStep(Scope scope, NamedTensors prepared, Decoder.Step step) {
      return of(scope, step.output());
    }

    private Operand<TFloat32> of(Scope scope, Operand<TFloat32> features) {
      return ComponentException.notNull(
          output,
          "logProbabilities",
          output.logProbabilities(scope.child("output"), features, tokens(scope, embedding)));
    }
  }

  /** A distribution over the vocabulary and the source positions. */
  record Copying(CopyingOutput output, EmbeddingTables embedding) implements TokenDistribution {

    /** The name of the extended ids among the decoder's tensors. */
    private static final String COPIES = "copies-of-source";

    @Override
    public boolean copies() {
      return true;
    }

    @Override
    public NamedTensors withSource(NamedTensors prepared, SequenceBatch sources) {
      return prepared.with(COPIES, idsToCopy(sources));
    }

    private static Operand<TInt32> idsToCopy(SequenceBatch sources) {
      if (!(sources instanceof TokenBatch tokens)) {
        throw new IllegalArgumentException(
            "output: tokens cannot be copied from a source of vectors; use output: softmax");
      }
      return tokens.copies();
    }

    @Override
    public Operand<TFloat32> ofAllSteps(
        Scope scope, Memory memory, DecoderOutput decoded, SequenceBatch sources) {
      if (memory.stride() != 1) {
        throw new IllegalArgumentException(
            "output: copying needs an encoder of stride 1, but the stride of this one is "
                + memory.stride());
      }
      Ops tf = scope.tf();
      Operand<TFloat32> weights = attention(decoded.weights()); // [B, T, S]
      Operand<TInt32> rows = tf.math.mul(Shapes.size(tf, weights, 0), Shapes.size(tf, weights, 1));
      Operand<TFloat32> flatWeights = // [B·T, S]
          tf.reshape(weights, tf.stack(List.of(rows, Shapes.size(tf, weights, 2))));
      return of(scope, flat(tf, decoded.outputs()), flatWeights, idsToCopy(sources));
    }

    @Override
    public Operand<TFloat32> ofStep(Scope scope, NamedTensors prepared, Decoder.Step step) {
      return of(scope, step.output(), attention(step.weights()), prepared.ints(COPIES));
    }

    private static Operand<TFloat32> attention(Optional<Operand<TFloat32>> weights) {
      return weights.orElseThrow(
          () -> new IllegalArgumentException("output: copying needs a decoder with attention"));
    }

    /**
     * Adds the ops.
     *
     * @param features {@code [N, D]}
     * @param weights {@code [N, S]}
     * @param ids {@code [B, S]}; each row serves N / B rows
     */
    private Operand<TFloat32> of(
        Scope scope, Operand<TFloat32> features, Operand<TFloat32> weights, Operand<TInt32> ids) {
      Ops tf = scope.tf();
      Operand<TInt32> rows = Shapes.size(tf, weights, 0);
      Operand<TInt32> perSource = tf.math.div(rows, Shapes.size(tf, ids, 0));
      Operand<TInt32> repeated =
          tf.reshape(
              tf.tile(
                  tf.expandDims(ids, tf.constant(1)),
                  tf.stack(List.of(tf.constant(1), perSource, tf.constant(1)))),
              tf.shape(weights)); // [N, S]
      return ComponentException.notNull(
          output,
          "logProbabilities",
          output.logProbabilities(
              scope.child("output"),
              features,
              new CopyingOutput.Source(weights, repeated),
              tokens(scope, embedding)));
    }
  }

  private static TokenOutput.Tokens tokens(Scope scope, EmbeddingTables embedding) {
    return new TokenOutput.Tokens(embedding.targetTokens(), embedding.shared(scope));
  }

  /** Reshapes {@code [B, T, D]} to {@code [B·T, D]}. */
  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> outputs) {
    return Shapes.flatten(tf, outputs, outputs.shape().get(-1));
  }
}
