package org.seq4j.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.rnn.RnnDecoderConfig.Attend;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A decoder of recurrent layers. It reads the source through the encoder's final state (Sutskever
 * et al. 2014; Cho et al. 2014), or through attention after each step (Luong et al. 2015), before
 * it (Bahdanau et al. 2015) or between two cells of it (Sennrich et al. 2017).
 */
public final class RnnDecoder implements Decoder {
  private static final String INITIAL = "initial";
  private static final String CONTEXT = "context";
  private static final String ATTENTION = "attention";
  private static final String FEED = "feed";
  private static final String RECURRENT = "recurrent";

  private final RnnDecoderConfig config;
  private final Stack stack;
  private final Optional<StatefulAttention> attention;

  /** The attention mechanism if it can compute all target positions at once. */
  private final Optional<StatelessAttention> parallel;

  /** Creates the decoder from its configuration. */
  public RnnDecoder(RnnDecoderConfig config, ComponentContext context) {
    this.config = config;
    this.stack =
        new Stack(
            new Layer(config.cell().create(context), config.units(), config.recurrentDropout()),
            config.layers(),
            config.dropout(),
            config.residual());
    Optional<AttentionMechanism> mechanism = config.attention().map(given -> given.create(context));
    this.attention = mechanism.map(StatefulAttention::of);
    this.parallel =
        mechanism.flatMap(
            made ->
                made instanceof StatelessAttention stateless
                    ? Optional.of(stateless)
                    : Optional.empty());
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory) {
    if (memory.isEmpty() && (config.contextAtEveryStep() || attention.isPresent())) {
      throw new IllegalArgumentException(
          "a language model has no source: remove attention and context from the decoder, or add an"
              + " encoder");
    }
    // The initial state is computed here, because initialState does not get the encoder's final
    // state.
    NamedTensors prepared =
        NamedTensors.EMPTY
            .with(INITIAL, firstStates(scope, memory))
            .with(RECURRENT, stack.recurrentMasks(scope, memory.sequence().lengths()));
    if (config.contextAtEveryStep()) {
      prepared =
          prepared.with(CONTEXT, new FinalState(memory.finalState()).hidden("context: every-step"));
    }
    if (attention.isPresent()) {
      prepared =
          prepared.with(
              ATTENTION,
              ComponentException.notNull(
                  attention.get(),
                  "prepare",
                  attention.get().prepare(scope.child(ATTENTION), memory, config.units())));
    }
    return prepared;
  }

  private NamedTensors firstStates(Scope scope, Memory memory) {
    FinalState given = new FinalState(memory.finalState());
    NamedTensors zeros = stack.zeroState(scope, memory.sequence().lengths());
    if (memory.isEmpty()) {
      return zeros;
    }
    return switch (config.bridge()) {
      case DENSE -> given.dense(scope, zeros.names(), config.units());
      case COPY -> given.copy(zeros.names(), config.units());
      case ZERO -> zeros;
    };
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    NamedTensors state = prepared.under(INITIAL);
    if (config.feedsInput()) {
      state = state.with(FEED, Shapes.zeros(scope.tf(), state.operands().get(0), config.units()));
    }
    if (attention.isPresent()) {
      state =
          state.with(
              ATTENTION,
              ComponentException.notNull(
                  attention.get(),
                  "initialState",
                  attention.get().initialState(scope.child(ATTENTION), prepared.under(ATTENTION))));
    }
    return state;
  }

  @Override
  public Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state) {
    return stepOnDropped(scope, prepared, dropInput(scope, input), position, state);
  }

  @Override
  public DecoderOutput decode(Scope scope, Memory memory, Sequence inputs) {
    // Dropout before the loop, because only products of unchanged inputs are computed before the
    // loop.
    Sequence dropped = new Sequence(dropInput(scope, inputs.values()), inputs.lengths());
    boolean allAtOnce =
        !config.feedsInput()
            && config.attend() == Attend.AFTER
            && parallel.isPresent() == attention.isPresent();
    return allAtOnce
        ? decodeAllAtOnce(scope, memory, dropped)
        : new OnDropped().decode(scope, memory, dropped);
  }

  /** The decoder for inputs to which dropout has been applied. */
  private final class OnDropped implements Decoder {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory) {
      return RnnDecoder.this.prepare(scope, memory);
    }

    @Override
    public NamedTensors initialState(Scope scope, NamedTensors prepared) {
      return RnnDecoder.this.initialState(scope, prepared);
    }

    @Override
    public Step step(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> input,
        Operand<TInt32> position,
        NamedTensors state) {
      return stepOnDropped(scope, prepared, input, position, state);
    }
  }

  private Operand<TFloat32> dropInput(Scope scope, Operand<TFloat32> input) {
    return Layer.scope(scope, 0).dropout(input, config.dropout());
  }

  private Step stepOnDropped(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    NamedTensors masks = prepared.under(RECURRENT);
    List<Operand<TFloat32>> inputs = new ArrayList<>();
    inputs.add(input); // [B·K, E]
    List<Operand<TFloat32>> deep = new ArrayList<>(inputs);
    if (config.contextAtEveryStep()) {
      inputs.add(Shapes.repeat(tf, prepared.floats(CONTEXT), input)); // [B·K, D]
      deep.add(inputs.get(1));
    }
    if (config.feedsInput()) {
      inputs.add(state.floats(FEED)); // [B·K, U]
    }
    if (attention.isEmpty()) {
      Stack.Stepped stepped = stack.step(scope, inputs, state, masks);
      return new Step(
          output(scope, dropped(scope, stepped.output()), deep),
          stepped.state(),
          Optional.empty(),
          NamedTensors.EMPTY);
    }
    if (config.attend() == Attend.AFTER) {
      Stack.Stepped stepped = stack.step(scope, inputs, state, masks);
      Attended looked = look(scope, prepared, stepped.output(), position, state);
      Operand<TFloat32> vector = attentional(scope, looked.context(), stepped.output());
      NamedTensors next = stepped.state();
      return looked.step(
          output(scope, vector, deep), config.feedsInput() ? next.with(FEED, vector) : next);
    }
    NamedTensors from = state;
    if (config.attend() == Attend.BETWEEN) {
      from = firstCell(scope, inputs, state, masks);
      inputs.clear(); // the second cell sees the context only
    }
    Operand<TFloat32> query = stack.layer().output(from.under(Layer.name(0))); // [B·K, U]
    Attended looked = look(scope, prepared, query, position, state);
    inputs.add(looked.context());
    deep.add(looked.context());
    Stack.Stepped stepped = stack.step(scope, inputs, from, masks);
    return looked.step(output(scope, dropped(scope, stepped.output()), deep), stepped.state());
  }

  /** Computes the state after the first of the two cells of the lowest layer. */
  private NamedTensors firstCell(
      Scope scope, List<Operand<TFloat32>> inputs, NamedTensors state, NamedTensors masks) {
    Scope at = Layer.scope(scope, 0).child("first");
    NamedTensors after =
        stack.layer().step(at, inputs, state.under(Layer.name(0)), Stack.recurrentMask(masks, 0));
    return state.with(Layer.name(0), after);
  }

  /**
   * The result of attention for each hypothesis.
   *
   * @param context {@code [B·K, D]}
   * @param weights {@code [B·K, S]}
   */
  private record Attended(
      Operand<TFloat32> context,
      Operand<TFloat32> weights,
      NamedTensors state,
      NamedTensors losses) {

    Step step(Operand<TFloat32> output, NamedTensors next) {
      return new Step(output, next.with(ATTENTION, state), Optional.of(weights), losses);
    }
  }

  /**
   * Computes attention for each hypothesis.
   *
   * @param query {@code [B·K, U]}
   */
  private Attended look(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    NamedTensors ofSource = prepared.under(ATTENTION);
    StatefulAttention.Step step =
        ComponentException.notNull(
            attention.orElseThrow(),
            "attend",
            attention
                .orElseThrow()
                .attend(
                    scope.child(ATTENTION),
                    ofSource,
                    Shapes.queries(tf, query, ofSource.operands().get(0)), // [B, K, U]
                    position,
                    state.under(ATTENTION)));
    AttentionOutput output = step.output();
    Operand<TInt32> rows = Shapes.size(tf, query, 0);
    Operand<TInt32> positions =
        Shapes.size(tf, output.weights(), 2); // not given as -1, because it may be 0
    return new Attended(
        Shapes.flatten(tf, output.context(), output.context().shape().get(-1)),
        tf.reshape(output.weights(), tf.stack(List.of(rows, positions))),
        step.state(),
        output.losses());
  }

  private DecoderOutput decodeAllAtOnce(Scope scope, Memory memory, Sequence inputs) {
    Ops tf = scope.tf();
    NamedTensors prepared = prepare(scope, memory);
    NamedTensors state = initialState(scope, prepared);
    NamedTensors embedded = NamedTensors.of(Layer.INPUT, inputs.values()); // [B, T, E]
    NamedTensors layerInputs =
        config.contextAtEveryStep()
            ? embedded.with(
                CONTEXT, alongTime(tf, prepared.floats(CONTEXT), inputs.values())) // [B, T, D]
            : embedded;
    Operand<TInt32> lengths = inputs.lengths();
    Operand<TFloat32> hidden = // [B, T, U]
        stack.run(scope, layerInputs, lengths, state, prepared.under(RECURRENT));
    List<Operand<TFloat32>> deep = new ArrayList<>();
    layerInputs.names().forEach(name -> deep.add(layerInputs.floats(name)));
    if (parallel.isEmpty()) {
      return new DecoderOutput(
          Masks.zeroPadding(tf, output(scope, dropped(scope, hidden), deep), lengths),
          Optional.empty(),
          NamedTensors.EMPTY);
    }
    AttentionOutput attended =
        ComponentException.notNull(
            parallel.get(),
            "attend",
            parallel.get().attend(scope.child(ATTENTION), prepared.under(ATTENTION), hidden));
    Operand<TFloat32> vector = attentional(scope, attended.context(), hidden);
    return new DecoderOutput(
        Masks.zeroPadding(tf, output(scope, vector, deep), lengths),
        Optional.of(Masks.zeroPadding(tf, attended.weights(), lengths)), // [B, T, S]
        lossesAlongTime(tf, attended.losses(), hidden, lengths));
  }

  /**
   * Computes the attentional vector (Luong et al. 2015, eq. 5) from inputs with two or three axes.
   */
  private Operand<TFloat32> attentional(
      Scope scope, Operand<TFloat32> context, Operand<TFloat32> hidden) {
    Operand<TFloat32> sum =
        scope.linear("attentional", config.units(), false, List.of(context, hidden));
    return dropped(scope, scope.tf().math.tanh(sum));
  }

  private Operand<TFloat32> dropped(Scope scope, Operand<TFloat32> x) {
    return scope.dropout(x, config.dropout());
  }

  /**
   * Computes the input of the output layer from inputs with two or three axes.
   *
   * @param vector the state, or the attentional vector, with dropout
   * @param others further inputs of a deep output
   */
  private Operand<TFloat32> output(
      Scope scope, Operand<TFloat32> vector, List<Operand<TFloat32>> others) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> all = Columns.beside(others, vector);
    return switch (config.deepOutput()) {
      case NONE -> vector;
      case TANH -> dropped(scope, tf.math.tanh(scope.linear("deep", config.units(), true, all)));
      case MAXOUT -> {
        Operand<TFloat32> sums = scope.linear("deep", 2L * config.units(), true, all);
        int axis = vector.shape().numDimensions() - 1;
        List<Output<TFloat32>> halves = tf.split(tf.constant(axis), sums, 2L).output();
        yield dropped(scope, tf.math.maximum(halves.get(0), halves.get(1)));
      }
    };
  }

  /**
   * Repeats a tensor for each step: {@code [B, D]} to {@code [B, T, D]}, with T as in {@code like}.
   */
  private static Operand<TFloat32> alongTime(Ops tf, Operand<TFloat32> x, Operand<TFloat32> like) {
    Operand<TInt32> times =
        tf.stack(List.of(tf.constant(1), Shapes.size(tf, like, 1), tf.constant(1)));
    return tf.tile(tf.expandDims(x, tf.constant(1)), times);
  }

  /** Reshapes {@code [B·T]} each to {@code [B, T]}, 0 beyond each length. */
  private static NamedTensors lossesAlongTime(
      Ops tf, NamedTensors losses, Operand<TFloat32> like, Operand<TInt32> lengths) {
    NamedTensors alongTime = NamedTensors.EMPTY;
    for (String name : losses.names()) {
      Operand<TInt32> shape =
          tf.stack(List.of(Shapes.size(tf, like, 0), Shapes.size(tf, like, 1), tf.constant(1)));
      Operand<TFloat32> loss = tf.reshape(losses.floats(name), shape); // [B, T, 1]
      alongTime =
          alongTime.with(
              name,
              tf.squeeze(
                  Masks.zeroPadding(tf, loss, lengths), Squeeze.axis(List.of(2L)))); // [B, T]
    }
    return alongTime;
  }
}
