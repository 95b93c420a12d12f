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
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The distribution over next tokens: of the vocabulary only, with or without a state of its own, or
 * also of source tokens to copy.
 */
sealed interface TokenDistribution {

  /** Returns true if source tokens can be copied. */
  default boolean copies() {
    return false;
  }

  /** Adds the tensors of the source that the distribution needs to those of the decoder. */
  NamedTensors withSource(Scope scope, NamedTensors prepared, Memory memory, SequenceBatch sources);

  /** Adds the state of the distribution before the first step to that of the decoder. */
  default NamedTensors withState(Scope scope, NamedTensors prepared, NamedTensors decoder) {
    return decoder;
  }

  /** Returns the tensors of the decoder among prepared tensors or states. */
  default NamedTensors ofDecoder(NamedTensors all) {
    return all;
  }

  /**
   * Computes the results of all steps.
   *
   * @param decoded the outputs of the decoder, {@code [B, T, D]}
   * @param read the tokens that the decoder has read, {@code [B, T]}
   */
  AllSteps ofAllSteps(
      Scope scope,
      Memory memory,
      DecoderOutput decoded,
      Operand<TInt32> read,
      Operand<TInt32> lengths,
      SequenceBatch sources);

  /**
   * Computes the result of one step.
   *
   * @param prepared with the tensors of {@link #withSource}
   * @param read the tokens that the decoder has read, {@code [N]}
   * @param state state of the previous step, with that of {@link #withState}
   * @param step result of the decoder
   */
  TokenTarget.Step ofStep(
      Scope scope,
      NamedTensors prepared,
      Operand<TInt32> read,
      NamedTensors state,
      Decoder.Step step);

  /**
   * The results of all steps.
   *
   * @param logProbabilities {@code [B·T, V]} or, with copying, {@code [B·T, V + S]}
   * @param weights share of each source position, {@code [B, T, S]}, if anything attends
   */
  record AllSteps(Operand<TFloat32> logProbabilities, Optional<Operand<TFloat32>> weights) {}

  /** A distribution over the vocabulary. */
  record Plain(TokenOutput output, EmbeddingTables embedding) implements TokenDistribution {

    @Override
    public NamedTensors withSource(
        Scope scope, NamedTensors prepared, Memory memory, SequenceBatch sources) {
      return prepared;
    }

    @Override
    public AllSteps ofAllSteps(
        Scope scope,
        Memory memory,
        DecoderOutput decoded,
        Operand<TInt32> read,
        Operand<TInt32> lengths,
        SequenceBatch sources) {
      return new AllSteps(of(scope, flat(scope.tf(), decoded.outputs())), decoded.weights());
    }

    @Override
    public TokenTarget.Step ofStep(
        Scope scope,
        NamedTensors prepared,
        Operand<TInt32> read,
        NamedTensors state,
        Decoder.Step step) {
      return new TokenTarget.Step(of(scope, step.output()), step.state(), step.weights());
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
    public NamedTensors withSource(
        Scope scope, NamedTensors prepared, Memory memory, SequenceBatch sources) {
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
    public AllSteps ofAllSteps(
        Scope scope,
        Memory memory,
        DecoderOutput decoded,
        Operand<TInt32> read,
        Operand<TInt32> lengths,
        SequenceBatch sources) {
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
      return new AllSteps(
          of(scope, flat(tf, decoded.outputs()), flatWeights, idsToCopy(sources)),
          decoded.weights());
    }

    @Override
    public TokenTarget.Step ofStep(
        Scope scope,
        NamedTensors prepared,
        Operand<TInt32> read,
        NamedTensors state,
        Decoder.Step step) {
      return new TokenTarget.Step(
          of(scope, step.output(), attention(step.weights()), prepared.ints(COPIES)),
          step.state(),
          step.weights());
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

  /** A distribution over the vocabulary with a state of its own. */
  record Stateful(TokenOutput.Stateful output, EmbeddingTables embedding)
      implements TokenDistribution {
    private static final String DECODER = "decoder";
    private static final String OUTPUT = "output";

    @Override
    public NamedTensors withSource(
        Scope scope, NamedTensors prepared, Memory memory, SequenceBatch sources) {
      return beside(prepared, prepared(scope, memory));
    }

    private NamedTensors prepared(Scope scope, Memory memory) {
      return ComponentException.notNull(
          output, "prepare", output.prepare(scope.child(OUTPUT), memory));
    }

    @Override
    public NamedTensors withState(Scope scope, NamedTensors prepared, NamedTensors decoder) {
      return beside(
          decoder,
          ComponentException.notNull(
              output,
              "initialState",
              output.initialState(
                  scope.child(OUTPUT), prepared.under(OUTPUT), tokens(scope, embedding))));
    }

    @Override
    public NamedTensors ofDecoder(NamedTensors all) {
      return all.under(DECODER);
    }

    private static NamedTensors beside(NamedTensors ofDecoder, NamedTensors own) {
      return NamedTensors.EMPTY.with(DECODER, ofDecoder).with(OUTPUT, own);
    }

    @Override
    public AllSteps ofAllSteps(
        Scope scope,
        Memory memory,
        DecoderOutput decoded,
        Operand<TInt32> read,
        Operand<TInt32> lengths,
        SequenceBatch sources) {
      TokenOutput.Stateful.AllSteps all =
          ComponentException.notNull(
              output,
              "allSteps",
              output.allSteps(
                  scope.child(OUTPUT),
                  prepared(scope, memory),
                  new Sequence(decoded.outputs(), lengths),
                  read,
                  tokens(scope, embedding)));
      return new AllSteps(
          flat(scope.tf(), all.logProbabilities()), onlyOne(decoded.weights(), all.weights()));
    }

    @Override
    public TokenTarget.Step ofStep(
        Scope scope,
        NamedTensors prepared,
        Operand<TInt32> read,
        NamedTensors state,
        Decoder.Step step) {
      TokenOutput.Stateful.Step own =
          ComponentException.notNull(
              output,
              "step",
              output.step(
                  scope.child(OUTPUT),
                  prepared.under(OUTPUT),
                  step.output(),
                  read,
                  state.under(OUTPUT),
                  tokens(scope, embedding)));
      return new TokenTarget.Step(
          own.logProbabilities(),
          beside(step.state(), own.state()),
          onlyOne(step.weights(), own.weights()));
    }

    private static Optional<Operand<TFloat32>> onlyOne(
        Optional<Operand<TFloat32>> ofDecoder, Optional<Operand<TFloat32>> own) {
      if (ofDecoder.isPresent() && own.isPresent()) {
        throw new IllegalArgumentException(
            "output: this one attends to the source by itself, and the decoder attends to it, too:"
                + " use a decoder without attention, such as rnn with attention: none, or output:"
                + " softmax");
      }
      return own.or(() -> ofDecoder);
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
