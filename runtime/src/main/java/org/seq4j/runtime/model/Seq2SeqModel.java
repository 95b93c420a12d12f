package org.seq4j.runtime.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.CopyingOutput;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.model.VectorOutput;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.model.output.LinearOutput;
import org.seq4j.runtime.model.output.SoftmaxOutput;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An encoder, a decoder, embeddings, an output layer, and the loss. It holds no operands: each
 * method adds ops to the scope that it is given.
 */
public final class Seq2SeqModel {
  private final SequenceSpace source;
  private final EmbeddingTables embedding;
  private final Encoder encoder;
  private final Decoder decoder;
  private final Target target;

  /** Makes the components of a model from tokens to tokens. */
  public Seq2SeqModel(
      ModelConfig config, int sourceVocabulary, int targetVocabulary, ComponentContext context) {
    this(
        config,
        SequenceSpace.ofSymbols(sourceVocabulary),
        SequenceSpace.ofSymbols(targetVocabulary),
        context);
  }

  /** Makes the components. */
  public Seq2SeqModel(
      ModelConfig config, SequenceSpace source, SequenceSpace target, ComponentContext context) {
    this.source = source;
    this.encoder = config.encoder().create(context);
    this.decoder = config.decoder().create(context);
    OutputLayer output =
        config
            .output()
            .map(given -> given.create(context))
            .orElseGet(() -> target.isVectors() ? new LinearOutput() : new SoftmaxOutput());
    this.embedding = new EmbeddingTables(config.embedding(), source.symbols(), target.symbols());
    this.target = target(decoder, output, embedding, target);
  }

  private static Target target(
      Decoder decoder, OutputLayer output, EmbeddingTables embedding, SequenceSpace space) {
    if (output instanceof VectorOutput vectors && space.isVectors()) {
      return new VectorTarget(decoder, vectors, space.depth());
    }
    if (output instanceof TokenOutput tokens && !space.isVectors()) {
      TokenDistribution plain = new TokenDistribution.Plain(tokens, embedding);
      return new TokenTarget(decoder, plain, embedding, space.symbols());
    }
    if (output instanceof CopyingOutput copying && !space.isVectors()) {
      TokenDistribution copies = new TokenDistribution.Copying(copying, embedding);
      return new TokenTarget(decoder, copies, embedding, space.symbols());
    }
    throw new IllegalArgumentException(
        space.isVectors()
            ? "output: it predicts tokens, but the target consists of vectors: leave output out, or"
                + " take one for vectors: linear"
            : "output: it predicts vectors, but the target consists of tokens: leave output out, or"
                + " take one for tokens: softmax");
  }

  /** Whether it copies tokens of the source. */
  public boolean copies() {
    return target.copies();
  }

  /** The kind and size of a source's positions. */
  public SequenceSpace source() {
    return source;
  }

  /** The kind and size of a target's positions. */
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

  /**
   * Log-probabilities of given targets and what training adds to them. Of vectors there is no end
   * token, so they are {@code [B, T]}; and what stands for the log-probability of one is minus its
   * mean squared error.
   *
   * @param logProbabilities of each target token and the end token after it, {@code [B, T + 1]},
   *     zero beyond
   * @param smoothed the mean of the log-probabilities of the whole vocabulary there, {@code [B, T +
   *     1]}, zero beyond
   * @param right 1 where the true token is the most likely one, {@code [B, T + 1]}, zero beyond; of
   *     vectors zeros
   * @param tokens how many tokens there are, ends included, a scalar
   * @param memory what the encoder made of the sources
   * @param decoded what the decoder's {@code T + 1} steps gave
   */
  public record Scored(
      Operand<TFloat32> logProbabilities,
      Operand<TFloat32> smoothed,
      Operand<TFloat32> right,
      Operand<TFloat32> tokens,
      Memory memory,
      DecoderOutput decoded) {}

  /**
   * A loss of training.
   *
   * @param sum over all real target tokens, ends included, a scalar
   * @param tokens how many these are, a scalar
   */
  public record Loss(Operand<TFloat32> sum, Operand<TFloat32> tokens) {

    /** The average over real tokens, a scalar. */
    public Operand<TFloat32> mean(Ops tf) {
      return tf.math.div(sum, tokens);
    }
  }

  /** Scores targets with each position predicted from the true ones before it (teacher forcing). */
  public Scored score(Scope scope, SequenceBatch sources, SequenceBatch targets) {
    return score(scope, sources, targets, Optional.empty());
  }

  /**
   * Scores targets.
   *
   * @param feedback lets the model read its own tokens before a position; of vectors there is none
   */
  public Scored score(
      Scope scope,
      SequenceBatch sources,
      SequenceBatch targets,
      Optional<SamplingPolicy> feedback) {
    return target.score(scope, encode(scope, sources), sources, targets, feedback);
  }

  /** The loss of training with teacher forcing. */
  public Loss loss(
      Scope scope, SequenceBatch source, SequenceBatch target, float smoothing, int parts) {
    return loss(scope, source, target, smoothing, Optional.empty(), Optional.empty(), parts);
  }

  /**
   * The loss of training: cross-entropy against the true token with a share {@code smoothing}
   * spread over the whole vocabulary (Szegedy et al. 2016, section 7), plus what components add.
   *
   * @param feedback lets the model read its own tokens
   * @param alignment where its attention is to look
   * @param parts into how many parts of its rows the batch is divided, which threads can compute
   *     side by side; the loss is the same but for rounding
   */
  public Loss loss(
      Scope scope,
      SequenceBatch source,
      SequenceBatch target,
      float smoothing,
      Optional<SamplingPolicy> feedback,
      Optional<GuidedAlignment> alignment,
      int parts) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> losses = new ArrayList<>();
    List<Operand<TFloat32>> tokens = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      Scored scored =
          parts == 1
              ? score(scope, source, target, feedback)
              : score(scope, source.part(tf, part, parts), target.part(tf, part, parts), feedback);
      losses.add(loss(tf, scored, smoothing));
      if (alignment.isPresent()) {
        GuidedAlignment links =
            parts == 1 ? alignment.get() : alignment.get().part(tf, part, parts);
        losses.add(links.loss(tf, scored));
      }
      tokens.add(scored.tokens());
    }
    return new Loss(tf.math.addN(losses), tf.math.addN(tokens));
  }

  /** The sum over real tokens, a scalar. */
  private static Operand<TFloat32> loss(Ops tf, Scored scored, float smoothing) {
    Operand<TFloat32> gain =
        smoothing == 0 // a gradient of zeros over the vocabulary would cost as much as any other
            ? scored.logProbabilities()
            : tf.math.add(
                tf.math.mul(scored.logProbabilities(), tf.constant(1 - smoothing)),
                tf.math.mul(scored.smoothed(), tf.constant(smoothing)));
    Operand<TFloat32> loss = tf.math.neg(gain); // [B, T + 1]
    NamedTensors added = scored.decoded().losses(); // of the components
    for (String name : added.names()) {
      loss = tf.math.add(loss, added.floats(name));
    }
    return tf.reduceSum(loss, tf.constant(new int[] {0, 1}));
  }

  /** Reads the source. */
  public Memory encode(Scope scope, SequenceBatch sources) {
    Operand<TFloat32> vectors =
        sources.vectors(ids -> embedding.lookup(scope, EmbeddingTables.Side.SOURCE, ids));
    return encoder.encode(scope.child("encoder"), new Sequence(vectors, sources.lengths()));
  }

  /** The tensors that steps over a target need of the source, a row a source. */
  public NamedTensors prepare(Scope scope, Memory memory, SequenceBatch sources) {
    return target.prepare(scope, memory, sources);
  }

  /** The decoder's state before its first step, a row a source. */
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return decoder.initialState(scope.child("decoder"), prepared);
  }

  /** The paths of parameters that training does not change. */
  public Set<String> frozen() {
    return embedding.frozen();
  }
}
