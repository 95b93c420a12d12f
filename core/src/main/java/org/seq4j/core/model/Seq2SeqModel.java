package org.seq4j.core.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Recurrence;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An encoder, a decoder, the vectors that stand for symbols, and the loss. It holds no operands:
 * each method adds ops to the scope that it is given.
 */
public final class Seq2SeqModel {
  private static final String SOURCE = "source";
  private static final String TARGET = "target";
  private static final String SHARED = "shared";
  private static final String EMBEDDING = "embedding";
  private static final String FRAME = "frame";

  /** Beside what the decoder prepared. */
  private static final String COPIES = "copies-of-source";

  private final ModelConfig config;
  private final SequenceSpace source;
  private final SequenceSpace target;
  private final Encoder encoder;
  private final Decoder decoder;
  private final OutputLayer output;

  /** Makes the components of a model from symbols to symbols. */
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
    this.config = config;
    this.source = source;
    this.target = target;
    this.encoder = config.encoder().create(context);
    this.decoder = config.decoder().create(context);
    this.output = config.output().create(context);
    if (config.embedding().tie() == ModelConfig.Tie.ALL && source.symbols() != target.symbols()) {
      throw new IllegalArgumentException(
          "tie: all needs one vocabulary for both sides, but they have "
              + source.symbols()
              + " and "
              + target.symbols()
              + " symbols");
    }
  }

  /** Whether it copies symbols of the source. */
  public boolean copies() {
    return output.copies() && !target.isVectors();
  }

  /** What a source consists of. */
  public SequenceSpace source() {
    return source;
  }

  /** What a target consists of. */
  public SequenceSpace target() {
    return target;
  }

  /**
   * Log-probabilities of given targets and what training adds to them. Of vectors there is no end
   * symbol, so they are {@code [B, T]}; and what stands for the log-probability of one is minus its
   * mean squared error.
   *
   * @param logProbabilities of each target symbol and the end symbol after it, {@code [B, T + 1]},
   *     zero beyond
   * @param smoothed the mean of the log-probabilities of the whole vocabulary there, {@code [B, T +
   *     1]}, zero beyond
   * @param right 1 where the true symbol is the most likely one, {@code [B, T + 1]}, zero beyond;
   *     of vectors zeros
   * @param tokens how many symbols there are, ends included, a scalar
   * @param memory what the encoder made of the sources
   * @param decoded what the decoder's {@code T + 1} steps gave
   */
  public record Scored(
      Operand<TFloat32> logProbabilities,
      Operand<TFloat32> smoothed,
      Operand<TFloat32> right,
      Operand<TFloat32> tokens,
      Memory memory,
      Decoded decoded) {}

  /**
   * A loss of training.
   *
   * @param sum over all real target symbols, ends included, a scalar
   * @param tokens how many these are, a scalar
   */
  public record Loss(Operand<TFloat32> sum, Operand<TFloat32> tokens) {

    /** The average over real symbols, a scalar. */
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
   * @param feedback lets the model read its own symbols before a position; of vectors there is none
   */
  public Scored score(
      Scope scope, SequenceBatch sources, SequenceBatch targets, Optional<Feedback> feedback) {
    return targets instanceof TokenBatch tokens
        ? scoreTokens(scope, sources, tokens, feedback)
        : scoreFrames(scope, sources, (FrameBatch) targets);
  }

  private Scored scoreFrames(Scope scope, SequenceBatch sources, FrameBatch targets) {
    Ops tf = scope.tf();
    Memory memory = encode(scope, sources);
    Operand<TInt32> steps = Rows.size(tf, targets.frames(), 1);
    Operand<TFloat32> before = // zeros first: [B, T + 1, D]
        tf.pad(
            targets.frames(), tf.constant(new int[][] {{0, 0}, {1, 0}, {0, 0}}), tf.constant(0f));
    Operand<TInt32> size = tf.stack(List.of(tf.constant(-1), steps, tf.constant(target.depth())));
    Decoded decoded =
        decoder.decode(
            scope.child("decoder"),
            memory,
            new Sequence(tf.slice(before, tf.constant(new int[3]), size), targets.lengths()));
    Operand<TFloat32> errors =
        tf.math.mean(
            tf.math.squaredDifference(frames(scope, decoded.outputs()), targets.frames()),
            tf.constant(2)); // [B, T]
    Operand<TFloat32> scores =
        tf.select(Masks.real(tf, targets.lengths(), steps), tf.math.neg(errors), tf.constant(0f));
    return new Scored(
        scores,
        scores, // there is nothing to smooth over
        tf.zerosLike(scores),
        tf.dtypes.cast(tf.reduceSum(targets.lengths(), tf.constant(0)), TFloat32.class),
        memory,
        decoded);
  }

  /** What the decoder's outputs, {@code [..., D]}, say in vectors. */
  private Operand<TFloat32> frames(Scope scope, Operand<TFloat32> outputs) {
    return scope.child("output").linear("frame", target.depth(), true, outputs);
  }

  /**
   * Targets of vectors, each from the model's own one before.
   *
   * @param prepared a row a source
   * @param lengths how many vectors each is to have, {@code [B]}
   * @return {@code [B, T, D]}, zero beyond each length
   */
  public Operand<TFloat32> generate(Scope scope, NamedTensors prepared, Operand<TInt32> lengths) {
    Ops tf = scope.tf();
    Operand<TInt32> rows = Rows.size(tf, lengths, 0);
    Operand<TInt32> steps = tf.reduceMax(lengths, tf.constant(0));
    Operand<TFloat32> first =
        tf.fill(tf.stack(List.of(rows, tf.constant(target.depth()))), tf.constant(0f));
    NamedTensors initial =
        NamedTensors.of(FRAME, Rows.flatten(tf, first, target.depth()))
            .with("decoder", initialState(scope, prepared));
    Operand<TFloat32> clock = // what makes the loop run so many steps
        tf.fill(tf.stack(List.of(rows, steps, tf.constant(1))), tf.constant(0f));
    return Recurrence.scan(
            scope,
            NamedTensors.of("clock", clock),
            lengths,
            initial,
            prepared,
            Recurrence.Direction.FORWARD,
            (inner, input, state, constants, position) -> {
              Decoder.Step step =
                  decoder.step(
                      inner.child("decoder"),
                      constants,
                      state.floats(FRAME),
                      position,
                      state.under("decoder"));
              Operand<TFloat32> frame = frames(inner, step.output());
              return new Recurrence.Stepped(
                  NamedTensors.of(FRAME, frame),
                  NamedTensors.of(FRAME, frame).with("decoder", step.state()));
            })
        .outputs()
        .floats(FRAME);
  }

  private Scored scoreTokens(
      Scope scope, SequenceBatch source, TokenBatch target, Optional<Feedback> feedback) {
    Ops tf = scope.tf();
    Memory memory = encode(scope, source);
    Operand<TInt32> truth =
        tf.concat(
            List.of(column(tf, target, Vocabulary.BEGIN), target.ids()),
            tf.constant(1)); // [B, T + 1]
    Operand<TInt32> lengths = tf.math.add(target.lengths(), tf.constant(1));
    Operand<TInt32> inputs =
        feedback
            .map(own -> new ScheduledSampling(this, own).mix(scope, memory, source, truth, lengths))
            .orElse(truth);
    Operand<TBool> real = Masks.real(tf, lengths, Rows.size(tf, inputs, 1)); // [B, T + 1]
    Decoded decoded =
        decoder.decode(
            scope.child("decoder"), memory, new Sequence(embed(scope, TARGET, inputs), lengths));
    Operand<TFloat32> all = // [B*(T+1), V] or, with copies, [B*(T+1), V + S]
        copies()
            ? copying(scope, decoded.outputs(), weights(tf, memory, decoded.weights()), source)
            : logProbabilities(scope, decoded.outputs());
    Operand<TInt32> labels =
        tf.reshape(
            labels(tf, target, copies() ? target.copies() : target.ids()),
            tf.constant(new int[] {-1}));
    Operand<TInt32> rows = tf.range(tf.constant(0), tf.size(labels), tf.constant(1));
    Operand<TFloat32> chosen = tf.gatherNd(all, tf.stack(List.of(rows, labels), Stack.axis(1L)));
    Operand<TFloat32> known = // nothing is spread over what cannot be said
        copies()
            ? tf.slice(
                all, tf.constant(new int[2]), tf.constant(new int[] {-1, this.target.symbols()}))
            : all;
    Operand<TFloat32> mean = tf.math.mean(known, tf.constant(1));
    Operand<TInt32> best = tf.math.argMax(all, tf.constant(1), TInt32.class);
    Operand<TFloat32> right = tf.dtypes.cast(tf.math.equal(best, labels), TFloat32.class);
    return new Scored(
        masked(tf, chosen, real),
        masked(tf, mean, real),
        masked(tf, right, real),
        tf.dtypes.cast(tf.reduceSum(lengths, tf.constant(0)), TFloat32.class),
        memory,
        decoded);
  }

  /** The loss of training with teacher forcing. */
  public Loss loss(
      Scope scope, SequenceBatch source, SequenceBatch target, float smoothing, int parts) {
    return loss(scope, source, target, smoothing, Optional.empty(), Optional.empty(), parts);
  }

  /**
   * The loss of training: cross-entropy against the true symbol with a share {@code smoothing}
   * spread over the whole vocabulary (Szegedy et al. 2016, section 7), plus what components add.
   *
   * @param feedback lets the model read its own symbols
   * @param alignment where its attention is to look
   * @param parts into how many parts of its rows the batch is divided, which threads can compute
   *     side by side; the loss is the same but for rounding
   */
  public Loss loss(
      Scope scope,
      SequenceBatch source,
      SequenceBatch target,
      float smoothing,
      Optional<Feedback> feedback,
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

  /** The sum over real symbols, a scalar. */
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
    Ops tf = scope.tf();
    Operand<TFloat32> vectors;
    Operand<TInt32> ids;
    if (sources instanceof TokenBatch tokens) {
      ids = tokens.ids();
      vectors = embed(scope, SOURCE, ids);
    } else {
      vectors = ((FrameBatch) sources).frames();
      Operand<TInt32> size =
          tf.stack(List.of(Rows.size(tf, vectors, 0), Rows.size(tf, vectors, 1)));
      ids = tf.fill(size, tf.constant(Vocabulary.UNKNOWN));
    }
    Encoder.Encoded encoded =
        encoder.encode(scope.child("encoder"), new Sequence(vectors, sources.lengths()));
    return new Memory(encoded.sequence(), encoded.finalState(), ids, encoded.stride());
  }

  /** What the decoder needs of the source, a row a source. */
  public NamedTensors prepare(Scope scope, Memory memory) {
    return decoder.prepare(scope.child("decoder"), memory);
  }

  /** The decoder's state before its first step, a row a source. */
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return decoder.initialState(scope.child("decoder"), prepared);
  }

  /**
   * A step after given symbols.
   *
   * @param prepared a row a source, B
   * @param symbols {@code [B·K]}
   * @param position how many steps came before, a scalar
   * @param state a row a hypothesis, B·K
   */
  public Decoder.Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TInt32> symbols,
      Operand<TInt32> position,
      NamedTensors state) {
    Operand<TFloat32> input = embed(scope, TARGET, known(scope.tf(), symbols));
    return decoder.step(scope.child("decoder"), prepared, input, position, state);
  }

  /** Symbols with the unknown one for what was copied, which has no vector. */
  Operand<TInt32> known(Ops tf, Operand<TInt32> symbols) {
    return copies()
        ? tf.select(
            tf.math.less(symbols, tf.constant(target.symbols())),
            symbols,
            tf.constant(Vocabulary.UNKNOWN))
        : symbols;
  }

  /** What a decoder prepared, with what of the sources can be copied if the model copies. */
  NamedTensors withCopies(NamedTensors prepared, SequenceBatch sources) {
    return copies() && sources instanceof TokenBatch tokens
        ? prepared.with(COPIES, tokens.copies())
        : prepared;
  }

  /**
   * Log-probabilities after a step.
   *
   * @param prepared with what can be copied
   * @return {@code [N, V]} or, with copies, {@code [N, V + S]}
   */
  Operand<TFloat32> logProbabilities(Scope scope, Decoder.Step step, NamedTensors prepared) {
    return copies()
        ? copying(scope, step.output(), attention(step.weights()), prepared.ints(COPIES))
        : logProbabilities(scope, step.output());
  }

  /**
   * Log-probabilities of all symbols.
   *
   * @param outputs of the decoder, {@code [B, D]} or {@code [B, T, D]}
   * @return {@code [B, V]} or {@code [B·T, V]}
   */
  public Operand<TFloat32> logProbabilities(Scope scope, Operand<TFloat32> outputs) {
    Ops tf = scope.tf();
    return output.logProbabilities(
        scope.child("output"),
        rowsOf(tf, outputs),
        tied() ? wholeTable(scope, TARGET) : null,
        target.symbols());
  }

  /** The path of the parameter that holds the vectors of a side, "source" or "target". */
  public static String embedding(ModelConfig config, String side) {
    return EMBEDDING + "." + tableName(config, side);
  }

  private static String tableName(ModelConfig config, String side) {
    return config.embedding().tie() == ModelConfig.Tie.ALL ? SHARED : side;
  }

  /** The paths of parameters that training leaves as they are. */
  public Set<String> frozen() {
    Set<String> paths = new HashSet<>();
    for (String side : List.of(SOURCE, TARGET)) {
      if (side(side).vectors().map(ModelConfig.Vectors::frozen).orElse(false)) {
        paths.add(embedding(config, side));
      }
    }
    return paths;
  }

  private ModelConfig.Side side(String side) {
    return side.equals(SOURCE) ? config.embedding().source() : config.embedding().target();
  }

  /**
   * Log-probabilities of all symbols and of those of the source.
   *
   * @param outputs of the decoder, {@code [N, D]} or {@code [B, T, D]}
   * @param weights of its attention, {@code [N, S]}
   * @param sources whose symbols can be copied, N / B rows for each
   * @return {@code [N, V + S]}
   */
  private Operand<TFloat32> copying(
      Scope scope, Operand<TFloat32> outputs, Operand<TFloat32> weights, SequenceBatch sources) {
    if (!(sources instanceof TokenBatch tokens)) {
      throw new IllegalArgumentException(
          "output: vectors of a source cannot be copied as symbols; take output: softmax");
    }
    return copying(scope, outputs, weights, tokens.copies());
  }

  /** As above, with the numbers to copy by, {@code [B, S]}. */
  Operand<TFloat32> copying(
      Scope scope, Operand<TFloat32> outputs, Operand<TFloat32> weights, Operand<TInt32> copies) {
    Ops tf = scope.tf();
    Operand<TInt32> rows = Rows.size(tf, weights, 0);
    Operand<TInt32> perSource = tf.math.div(rows, Rows.size(tf, copies, 0));
    Operand<TInt32> repeated =
        tf.reshape(
            tf.tile(
                tf.expandDims(copies, tf.constant(1)),
                tf.stack(List.of(tf.constant(1), perSource, tf.constant(1)))),
            tf.shape(weights)); // [N, S]
    return output.copyingLogProbabilities(
        scope.child("output"),
        rowsOf(tf, outputs),
        new OutputLayer.Copying(weights, repeated),
        tied() ? wholeTable(scope, TARGET) : null,
        target.symbols());
  }

  /** {@code [B, T, S]} to {@code [B·T, S]}. */
  private static Operand<TFloat32> weights(
      Ops tf, Memory memory, Optional<Operand<TFloat32>> weights) {
    checkStride(memory);
    Operand<TFloat32> all = attention(weights);
    Operand<TInt32> rows = tf.math.mul(Rows.size(tf, all, 0), Rows.size(tf, all, 1));
    return tf.reshape(all, tf.stack(List.of(rows, Rows.size(tf, all, 2))));
  }

  private static void checkStride(Memory memory) {
    if (memory.stride() != 1) {
      throw new IllegalArgumentException(
          "output: copying needs an encoder that keeps every position of the source, but one of"
              + " its positions stands for "
              + memory.stride());
    }
  }

  /** The attention's weights, without which there is no copying. */
  static Operand<TFloat32> attention(Optional<Operand<TFloat32>> weights) {
    return weights.orElseThrow(
        () ->
            new IllegalArgumentException(
                "output: copying needs a decoder with attention, which says what to copy"));
  }

  private boolean tied() {
    return config.embedding().tie() != ModelConfig.Tie.NONE;
  }

  private static Operand<TFloat32> rowsOf(Ops tf, Operand<TFloat32> outputs) {
    return outputs.shape().numDimensions() == 2
        ? outputs
        : Rows.flatten(tf, outputs, outputs.shape().get(-1));
  }

  private Operand<TFloat32> embed(Scope scope, String side, Operand<TInt32> ids) {
    Table table = table(side);
    return scope.child(EMBEDDING).lookup(table.name(), table.shape(), table.initializer(), ids);
  }

  /** Of the vectors that stand for symbols. */
  private record Table(String name, Shape shape, Initializer initializer) {}

  private Table table(String side) {
    boolean ofSource = side.equals(SOURCE);
    ModelConfig.EmbeddingConfig embedding = config.embedding();
    return new Table(
        tableName(config, side),
        Shape.of((ofSource ? source : target).symbols(), side(side).units()),
        Initializer.normal(ofSource ? embedding.sourceDeviation() : embedding.targetDeviation()));
  }

  private Operand<TFloat32> wholeTable(Scope scope, String side) {
    Table table = table(side);
    return scope.child(EMBEDDING).parameter(table.name(), table.shape(), table.initializer());
  }

  private static Operand<TInt32> column(Ops tf, TokenBatch batch, int id) {
    return tf.math.add(
        tf.expandDims(tf.zerosLike(batch.lengths()), tf.constant(1)), tf.constant(id)); // [B, 1]
  }

  /** The targets, each followed by the end symbol: {@code [B, T + 1]}. */
  private static Operand<TInt32> labels(Ops tf, TokenBatch target, Operand<TInt32> ids) {
    Operand<TInt32> padded =
        tf.concat(List.of(ids, column(tf, target, Vocabulary.PAD)), tf.constant(1));
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Rows.size(tf, padded, 1), tf.constant(1)); // [T + 1]
    Operand<TBool> atEnd =
        tf.math.equal(positions, tf.expandDims(target.lengths(), tf.constant(1)));
    return tf.select(atEnd, tf.constant(Vocabulary.END), padded);
  }

  private static Operand<TFloat32> masked(Ops tf, Operand<TFloat32> flat, Operand<TBool> real) {
    return tf.select(real, tf.reshape(flat, tf.shape(real)), tf.constant(0f));
  }
}
