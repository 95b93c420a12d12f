package org.seq4j.runtime.model;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A target of tokens, each predicted after the previous ones. The loss of a token is its negative
 * log-probability.
 *
 * @param tokens size of the target vocabulary, V
 */
public record TokenTarget(
    Decoder decoder, TokenDistribution output, EmbeddingTables embedding, int tokens)
    implements Target {
  private static final String DECODER = "decoder";

  @Override
  public SequenceSpace space() {
    return SequenceSpace.ofTokens(tokens);
  }

  @Override
  public boolean copies() {
    return output.copies();
  }

  @Override
  public ForcedPass score(
      Scope scope,
      Memory memory,
      SequenceBatch sources,
      SequenceBatch targets,
      Optional<SamplingPolicy> feedback) {
    Ops tf = scope.tf();
    TokenBatch target = (TokenBatch) targets;
    Operand<TInt32> truth =
        tf.concat(
            List.of(column(tf, target, Vocabulary.BEGIN), target.ids()),
            tf.constant(1)); // [B, T + 1]
    Operand<TInt32> lengths = tf.math.add(target.lengths(), tf.constant(1));
    Operand<TInt32> inputs =
        feedback
            .map(
                own -> new ScheduledSampling(this, own).mix(scope, memory, sources, truth, lengths))
            .orElse(truth);
    Operand<TBool> real = Masks.real(tf, lengths, Shapes.size(tf, inputs, 1)); // [B, T + 1]
    DecoderOutput decoded =
        ComponentException.notNull(
            decoder,
            "decode",
            decoder.decode(
                scope.child(DECODER),
                memory,
                new Sequence(
                    embedding.lookup(scope, EmbeddingTables.Side.TARGET, inputs), lengths)));
    TokenDistribution.AllSteps steps =
        output.ofAllSteps(scope, memory, decoded, inputs, lengths, sources);
    Operand<TFloat32> all = // [B*(T+1), V] or, with copies, [B*(T+1), V + S]
        steps.logProbabilities();
    Operand<TInt32> ids = labels(tf, target, copies() ? target.copies() : target.ids());
    Operand<TInt32> labels = tf.reshape(ids, tf.constant(new int[] {-1}));
    Operand<TInt32> rows = tf.range(tf.constant(0), tf.size(labels), tf.constant(1));
    Operand<TFloat32> chosen = tf.gatherNd(all, tf.stack(List.of(rows, labels), Stack.axis(1L)));
    Operand<TFloat32>
        known = // copied tokens are excluded from label smoothing, which covers only the vocabulary
        copies()
                ? tf.slice(all, tf.constant(new int[2]), tf.constant(new int[] {-1, tokens}))
                : all;
    Operand<TFloat32> mean = tf.math.mean(known, tf.constant(1));
    Operand<TInt32> best = tf.math.argMax(all, tf.constant(1), TInt32.class);
    Operand<TFloat32> right = tf.dtypes.cast(tf.math.equal(best, labels), TFloat32.class);
    return new ForcedPass(
        memory,
        new DecoderOutput(decoded.outputs(), steps.weights(), decoded.losses()),
        lengths,
        masked(tf, chosen, real),
        masked(tf, mean, real),
        masked(tf, right, real),
        new ForcedPass.Tokens(ids, tokens, () -> bySteps(tf, all, real)),
        Optional.empty());
  }

  /** Reshapes {@code [B*(T+1), V]} to {@code [B, T + 1, V]}; with copying, V + S. */
  private Operand<TFloat32> bySteps(Ops tf, Operand<TFloat32> all, Operand<TBool> real) {
    Operand<TInt32> size = tf.constant(copies() ? -1 : tokens);
    return tf.reshape(
        all, tf.stack(List.of(Shapes.size(tf, real, 0), Shapes.size(tf, real, 1), size)));
  }

  private static Operand<TInt32> column(Ops tf, TokenBatch batch, int id) {
    return tf.math.add(
        tf.expandDims(tf.zerosLike(batch.lengths()), tf.constant(1)), tf.constant(id)); // [B, 1]
  }

  /** Appends the end token to each target: {@code [B, T + 1]}. */
  private static Operand<TInt32> labels(Ops tf, TokenBatch target, Operand<TInt32> ids) {
    Operand<TInt32> padded =
        tf.concat(List.of(ids, column(tf, target, Vocabulary.PAD)), tf.constant(1));
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, padded, 1), tf.constant(1)); // [T + 1]
    Operand<TBool> atEnd =
        tf.math.equal(positions, tf.expandDims(target.lengths(), tf.constant(1)));
    return tf.select(atEnd, tf.constant(Vocabulary.END), padded);
  }

  private static Operand<TFloat32> masked(Ops tf, Operand<TFloat32> flat, Operand<TBool> real) {
    return tf.select(real, tf.reshape(flat, tf.shape(real)), tf.constant(0f));
  }

  /** Computes the tensors of the decoder and of the output layer. */
  @Override
  public NamedTensors prepare(Scope scope, Memory memory, SequenceBatch sources) {
    NamedTensors prepared =
        ComponentException.notNull(
            decoder, "prepare", decoder.prepare(scope.child(DECODER), memory));
    return output.withSource(scope, prepared, memory, sources);
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    NamedTensors ofDecoder =
        ComponentException.notNull(
            decoder,
            "initialState",
            decoder.initialState(scope.child(DECODER), output.ofDecoder(prepared)));
    return output.withState(scope, prepared, ofDecoder);
  }

  /**
   * The result of one step.
   *
   * @param logProbabilities {@code [B·K, V]} or, with copying, {@code [B·K, V + S]}
   * @param state the next state
   * @param weights share of each source position, {@code [B·K, S]}, if the model attends to it
   */
  public record Step(
      Operand<TFloat32> logProbabilities,
      NamedTensors state,
      Optional<Operand<TFloat32>> weights) {}

  /**
   * Adds a step after given tokens.
   *
   * @param prepared from {@link #prepare}, one row per source, B
   * @param ids {@code [B·K]}
   * @param position number of previous steps, a scalar
   * @param state one row per hypothesis, B·K
   */
  public Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TInt32> ids,
      Operand<TInt32> position,
      NamedTensors state) {
    Operand<TInt32> read = known(scope.tf(), ids);
    Operand<TFloat32> input = embedding.lookup(scope, EmbeddingTables.Side.TARGET, read);
    Decoder.Step step =
        ComponentException.notNull(
            decoder,
            "step",
            decoder.step(
                scope.child(DECODER),
                output.ofDecoder(prepared),
                input,
                position,
                output.ofDecoder(state)));
    return output.ofStep(scope, prepared, read, state, step);
  }

  /** Replaces the ids of copied tokens, which have no embedding, by that of the unknown token. */
  Operand<TInt32> known(Ops tf, Operand<TInt32> ids) {
    return copies()
        ? tf.select(tf.math.less(ids, tf.constant(tokens)), ids, tf.constant(Vocabulary.UNKNOWN))
        : ids;
  }
}
