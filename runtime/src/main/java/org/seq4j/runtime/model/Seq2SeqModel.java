package org.seq4j.runtime.model;

import java.util.Optional;
import java.util.Set;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.CopyingOutput;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.model.VectorOutput;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.model.output.LinearOutput;
import org.seq4j.runtime.model.output.SoftmaxOutput;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An encoder, a decoder, embeddings and an output layer; a language model has no encoder. It keeps
 * no operands: each method adds ops to the given scope.
 */
public final class Seq2SeqModel {
  private static final String ENCODER = "encoder";

  private final SequenceSpace source;
  private final EmbeddingTables embedding;
  private final Optional<Encoder> encoder; // empty in a language model
  private final Target target;
  private final CtcUse ctc;

  /** Creates the components of a model with tokens on both sides. */
  public Seq2SeqModel(
      ModelConfig config, int sourceVocabulary, int targetVocabulary, ComponentContext context) {
    this(
        config,
        SequenceSpace.ofTokens(sourceVocabulary),
        SequenceSpace.ofTokens(targetVocabulary),
        context);
  }

  /** Creates the components. */
  public Seq2SeqModel(
      ModelConfig config, SequenceSpace source, SequenceSpace target, ComponentContext context) {
    this.source = source;
    this.encoder = config.encoder().map(given -> given.create(context));
    Decoder decoder = config.decoder().create(context);
    OutputLayer output =
        config
            .output()
            .map(given -> given.create(context))
            .orElseGet(() -> target.isVectors() ? new LinearOutput() : new SoftmaxOutput());
    this.embedding = new EmbeddingTables(config.embedding(), source.tokens(), target.tokens());
    this.target = target(decoder, output, embedding, target);
    this.ctc = CtcUse.NONE;
  }

  private Seq2SeqModel(Seq2SeqModel of, CtcUse ctc) {
    this.source = of.source;
    this.embedding = of.embedding;
    this.encoder = of.encoder;
    this.target = of.target;
    this.ctc = ctc;
  }

  /** The use of the output layer of the objective {@code ctc} at inference. */
  public enum CtcUse {
    /** The model does not have it. */
    NONE,
    /** A search may use it. */
    AVAILABLE,
    /** It is used instead of the decoder, which was not trained. */
    ALONE
  }

  /** Returns this model with another use of CTC at inference. */
  public Seq2SeqModel withCtc(CtcUse use) {
    return new Seq2SeqModel(this, use);
  }

  /** The use of CTC at inference. */
  public CtcUse ctc() {
    return ctc;
  }

  private static Target target(
      Decoder decoder, OutputLayer output, EmbeddingTables embedding, SequenceSpace space) {
    if (output instanceof VectorOutput vectors && space.isVectors()) {
      return new VectorTarget(decoder, vectors, space.depth());
    }
    if (output instanceof TokenOutput tokens && !space.isVectors()) {
      TokenDistribution plain = new TokenDistribution.Plain(tokens, embedding);
      return new TokenTarget(decoder, plain, embedding, space.tokens());
    }
    if (output instanceof TokenOutput.Stateful tokens && !space.isVectors()) {
      TokenDistribution stateful = new TokenDistribution.Stateful(tokens, embedding);
      return new TokenTarget(decoder, stateful, embedding, space.tokens());
    }
    if (output instanceof CopyingOutput copying && !space.isVectors()) {
      TokenDistribution copies = new TokenDistribution.Copying(copying, embedding);
      return new TokenTarget(decoder, copies, embedding, space.tokens());
    }
    throw new IllegalArgumentException(
        space.isVectors()
            ? "output: it predicts tokens, but the target consists of vectors: remove"
                + " output, or use one for vectors: linear"
            : "output: it predicts vectors, but the target consists of tokens: remove"
                + " output, or use one for tokens: softmax");
  }

  /** Returns true if the model copies source tokens. */
  public boolean copies() {
    return target.copies();
  }

  /** Returns the CTC posteriors of encoder outputs, if the model has them at inference. */
  public Optional<Sequence> posteriors(Scope scope, Memory memory) {
    return ctc != CtcUse.NONE
        ? Optional.of(
            CtcPosteriors.of(
                CtcPosteriors.scope(scope), memory.sequence(), target.space().tokens()))
        : Optional.empty();
  }

  /** The kind and size of the source positions. */
  public SequenceSpace source() {
    return source;
  }

  /** The kind and size of the target positions. */
  public SequenceSpace target() {
    return target.space();
  }

  /** The target side if it consists of tokens. */
  public Optional<TokenTarget> tokenTarget() {
    return target instanceof TokenTarget tokens ? Optional.of(tokens) : Optional.empty();
  }

  /** The target side if it consists of vectors. */
  public Optional<VectorTarget> vectorTarget() {
    return target instanceof VectorTarget vectors ? Optional.of(vectors) : Optional.empty();
  }

  /** Scores targets by teacher forcing. */
  public ForcedPass score(Scope scope, SequenceBatch sources, SequenceBatch targets) {
    return score(scope, sources, targets, Optional.empty());
  }

  /**
   * Scores targets.
   *
   * @param feedback makes the model read some of its own tokens; not for vectors
   */
  public ForcedPass score(
      Scope scope,
      SequenceBatch sources,
      SequenceBatch targets,
      Optional<SamplingPolicy> feedback) {
    return target.score(scope, encode(scope, sources), sources, targets, feedback);
  }

  /** Encodes the sources. */
  public Memory encode(Scope scope, SequenceBatch sources) {
    if (encoder.isEmpty()) {
      return nothing(scope.tf(), sources.lengths());
    }
    return ComponentException.notNull(
        encoder.get(),
        "encode",
        encoder.get().encode(scope.child(ENCODER), embedded(scope, sources)));
  }

  private Sequence embedded(Scope scope, SequenceBatch sources) {
    Operand<TFloat32> vectors =
        sources.vectors(ids -> embedding.lookup(scope, EmbeddingTables.Side.SOURCE, ids));
    return new Sequence(vectors, sources.lengths(), sources.columns(scope.tf(), source));
  }

  /**
   * Computes the vectors whose statistics the encoder needs as parameters, see {@link
   * Encoder#counted}; empty if it needs none. They are computed of sources of vectors only: those
   * of embedded tokens would change in training.
   */
  public Optional<Sequence> counted(Scope scope, SequenceBatch sources) {
    return source.isVectors()
        ? encoder.flatMap(
            it ->
                ComponentException.notNull(
                    it, "counted", it.counted(scope.child(ENCODER), embedded(scope, sources))))
        : Optional.empty();
  }

  /** Returns the path of a parameter of the encoder. */
  public static String ofEncoder(String name) {
    return ENCODER + "." + name;
  }

  /** Returns the memory of a language model, {@code [B, 0, 0]}. */
  private static Memory nothing(Ops tf, Operand<TInt32> lengths) {
    Operand<TInt32> zeros = tf.zerosLike(lengths); // [B]
    Operand<TFloat32> one = tf.zeros(tf.constant(new int[] {1, 0, 0}), TFloat32.class);
    return new Memory(
        new Sequence(tf.gather(one, zeros, tf.constant(0)), zeros), NamedTensors.EMPTY, 1);
  }

  /** Computes the tensors of the source that all decoder steps use, one row per source. */
  public NamedTensors prepare(Scope scope, Memory memory, SequenceBatch sources) {
    return target.prepare(scope, memory, sources);
  }

  /** The state before the first step, one row per source. */
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return target.initialState(scope, prepared);
  }

  /** The paths of parameters that training does not change. */
  public Set<String> frozen() {
    return embedding.frozen();
  }
}
