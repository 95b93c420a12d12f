package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Contract of decoders: gradients, shapes, padding, independence of the rows of a batch, and equal
 * results of {@link Decoder#decode} and {@link Decoder#step}. A test extends it and implements
 * {@link #decoder()}.
 */
public abstract class DecoderContract {
  private static final String MORE_PADDING =
      "results with more padding, filled with garbage: values beyond a sequence's length must have"
          + " no effect; mask by the lengths, see Masks";
  private static final String ALONE =
      "results in a batch and alone: no result may depend on other rows of the batch; row ";
  private static final String HYPOTHESIS =
      "results of several hypotheses of a source and of one: each must depend only on its own"
          + " prefix; states have B·K rows, prepared tensors have B; hypothesis ";
  private static final String INFERENCE = "results of inference, and of training without dropout";
  private static final int[] SOURCES = {4, 2, 3};
  private static final int[] TARGETS = {2, 4, 3};
  static final int STEPS = 4;

  /** Returns the decoder under test, without dropout. */
  protected abstract Decoder decoder();

  private Decoder made;

  /** Returns the decoder, made once for all graphs of a test, as in training. */
  private Decoder made() {
    made = made == null ? decoder() : made;
    return made;
  }

  /** Returns the size of the embeddings of previous tokens. */
  protected long inputDepth() {
    return 3;
  }

  /** Returns the depth of the memory. */
  protected long memoryDepth() {
    return 5;
  }

  /** Returns the names of the encoder's final states, with their depths. */
  protected Map<String, Long> finalState() {
    return Map.of("layer.0.hidden", 4L, "layer.0.cell", 4L);
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence inputs = inputs(trial);
      Memory memory = memory(trial);
      DecoderOutput decoded = made().decode(trial.scope(), memory, inputs);
      trial.checkGradients(results(trial, decoded, inputs, inputs, memory));
    }
  }

  @Test
  void decodingEqualsStepping() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence inputs = inputs(trial);
      Memory memory = memory(trial);
      DecoderOutput decoded = made().decode(trial.scope(), memory, inputs);
      List<String> parameters = trial.parameters();
      DecoderOutput stepped = step(trial, trial.scope(), memory, inputs);
      DecoderOutput inference = step(trial, trial.scope(false), memory, inputs);
      assertThat(trial.parameters())
          .as("the parameters after single steps, which must be those of decode")
          .isEqualTo(parameters);
      trial.randomise();
      List<Operand<TFloat32>> expected = results(trial, decoded, inputs, inputs, memory);
      trial.checkEqual(
          "results of decode, and of single steps",
          results(trial, stepped, inputs, inputs, memory),
          expected);
      trial.checkEqual(INFERENCE, results(trial, inference, inputs, inputs, memory), expected);
    }
  }

  @Test
  void laterInputsChangeNothing() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence inputs = inputs(trial);
      Sequence others = new Sequence(trial.otherFrom(inputs.values(), STEPS / 2), inputs.lengths());
      Memory memory = memory(trial);
      DecoderOutput decoded = made().decode(trial.scope(), memory, inputs);
      DecoderOutput ofOthers = made().decode(trial.scope(), memory, others);
      trial.randomise();
      trial.checkEqual(
          "outputs before the first changed input: decode must not look ahead",
          List.of(trial.corner(ofOthers.outputs(), STEPS / 2)),
          List.of(trial.corner(decoded.outputs(), STEPS / 2)));
    }
  }

  @Test
  void shapesAreAsTheInterfaceSays() {
    try (GraphFixture trial = new GraphFixture(true)) {
      DecoderOutput decoded = made().decode(trial.scope(), memory(trial), inputs(trial));
      trial.randomise();
      long depth = decoded.outputs().shape().get(-1);
      assertThat(depth).as("the depth of outputs, which the graph must know").isPositive();
      trial.checkShape("outputs, [B, T, D]", decoded.outputs(), SOURCES.length, STEPS, depth);
      decoded
          .weights()
          .ifPresent(
              weights ->
                  trial.checkShape(
                      "weights, [B, T, S]", weights, SOURCES.length, STEPS, SOURCES[0]));
      for (String loss : decoded.losses().names()) {
        trial.checkShape(
            "the loss '%s', [B, T]".formatted(loss),
            decoded.losses().floats(loss),
            SOURCES.length,
            STEPS);
      }
    }
  }

  @Test
  void inferenceGivesTheSameAgain() {
    try (GraphFixture trial = new GraphFixture(false)) {
      DecoderOutput decoded = made().decode(trial.scope(), memory(trial), inputs(trial));
      trial.randomise();
      trial.checkTheSameAgain(List.of(decoded.outputs()));
    }
  }

  @Test
  void outputsBeyondTheLengthAreZero() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence inputs = trial.padded(inputs(trial));
      DecoderOutput decoded = made().decode(trial.scope(), memory(trial), inputs);
      trial.randomise();
      trial.checkEqual(
          "outputs",
          List.of(decoded.outputs()),
          List.of(trial.real(decoded.outputs(), inputs.lengths())));
    }
  }

  @Test
  void paddingChangesNothing() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence inputs = inputs(trial);
      Sequence paddedInputs = trial.padded(inputs);
      Memory memory = memory(trial);
      Memory paddedMemory = trial.padded(memory);
      DecoderOutput expected = made().decode(trial.scope(), memory, inputs);
      DecoderOutput padded = made().decode(trial.scope(), paddedMemory, paddedInputs);
      trial.randomise();
      trial.checkEqual(
          MORE_PADDING,
          results(trial, padded, paddedInputs, inputs, memory),
          results(trial, expected, inputs, inputs, memory));
    }
  }

  @Test
  void eachSequenceIsDecodedAsIfAlone() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence inputs = inputs(trial);
      Memory memory = memory(trial);
      DecoderOutput together = made().decode(trial.scope(), memory, inputs);
      List<List<Operand<TFloat32>>> rows = new ArrayList<>();
      List<List<Operand<TFloat32>>> alone = new ArrayList<>();
      for (int row = 0; row < SOURCES.length; row++) {
        int r = row;
        Sequence inputsOf = trial.alone(inputs, row, TARGETS[row]);
        Memory memoryOf = trial.alone(memory, row, SOURCES[row]);
        DecoderOutput decoded = made().decode(trial.scope(), memoryOf, inputsOf);
        DecoderOutput rowOfAll =
            new DecoderOutput(
                trial.rows(together.outputs(), row),
                together.weights().map(weights -> trial.rows(weights, r)),
                together.losses().map(loss -> trial.rows(loss, r)));
        alone.add(results(trial, decoded, inputsOf, inputsOf, memoryOf));
        rows.add(results(trial, rowOfAll, inputsOf, inputsOf, memoryOf));
      }
      trial.randomise();
      for (int row = 0; row < SOURCES.length; row++) {
        trial.checkEqual(ALONE + row, rows.get(row), alone.get(row));
      }
    }
  }

  @Test
  void hypothesesKnowOnlyTheirOwnPast() {
    int[] parents = {2, 0, 0, 4, 5, 3, 6, 8, 7}; // of three hypotheses for each of three sources
    try (GraphFixture trial = new GraphFixture(false)) {
      Scope scope = trial.scope();
      NamedTensors prepared = made().prepare(scope, memory(trial));
      NamedTensors initial = made().initialState(scope, prepared);
      Operand<TFloat32> first = trial.sample("first", 9, inputDepth());
      Operand<TFloat32> second = trial.sample("second", 9, inputDepth());
      NamedTensors repeated = initial.map(x -> trial.rows(x, 0, 0, 0, 1, 1, 1, 2, 2, 2));
      Decoder.Step one = step(trial, prepared, first, 0, repeated);
      NamedTensors chosen = one.state().map(x -> trial.rows(x, parents));
      Decoder.Step two = step(trial, prepared, second, 1, chosen);
      List<List<Operand<TFloat32>>> together = new ArrayList<>();
      List<List<Operand<TFloat32>>> alone = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        int[] rows = {k, 3 + k, 6 + k};
        int[] before = IntStream.of(rows).map(row -> parents[row]).toArray();
        Decoder.Step oneOf = step(trial, prepared, trial.rows(first, before), 0, initial);
        Decoder.Step twoOf = step(trial, prepared, trial.rows(second, rows), 1, oneOf.state());
        together.add(results(two).stream().map(x -> trial.rows(x, rows)).toList());
        alone.add(results(twoOf));
      }
      trial.randomise();
      for (int k = 0; k < 3; k++) {
        trial.checkEqual(HYPOTHESIS + k, together.get(k), alone.get(k));
      }
    }
  }

  @Test
  void readsOnlyRealPositions() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence inputs = inputs(trial);
      DecoderOutput decoded = made().decode(trial.scope(), trial.padded(memory(trial)), inputs);
      if (decoded.weights().isEmpty()) {
        return;
      }
      trial.randomise();
      float[] weights = trial.values(decoded.weights().get()); // [B, T, S + 2]
      int longest = SOURCES[0] + 2;
      for (int i = 0; i < weights.length; i++) {
        int row = i / (longest * STEPS);
        int step = i / longest % STEPS;
        if (i % longest >= SOURCES[row] || step >= TARGETS[row]) {
          assertThat(weights[i])
              .as("weight %d: it is of padding, or beyond the length of the target; see Masks", i)
              .isZero();
        }
      }
    }
  }

  @Test
  void emptySourcesGiveNumbers() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory some = trial.memory("some", memoryDepth(), finalState(), 2, 0);
      Memory all = trial.memory("all", memoryDepth(), finalState(), 0, 0);
      Sequence inputs = trial.sequence("inputs", inputDepth(), 2, 2);
      List<Operand<TFloat32>> outputs = new ArrayList<>();
      for (Memory memory : List.of(some, all)) {
        outputs.add(made().decode(trial.scope(), memory, inputs).outputs());
      }
      trial.randomise();
      trial.checkFinite(outputs);
    }
  }

  @Test
  void isBuiltIntoSeveralGraphs() {
    for (boolean training : new boolean[] {true, false}) {
      try (GraphFixture trial = new GraphFixture(training)) {
        Memory memory = memory(trial);
        Sequence inputs = inputs(trial);
        GraphFixture.built(() -> made().decode(trial.scope(), memory, inputs));
      }
    }
  }

  private Sequence inputs(GraphFixture trial) {
    return trial.sequence("inputs", inputDepth(), TARGETS);
  }

  private Memory memory(GraphFixture trial) {
    return trial.memory(memoryDepth(), finalState(), SOURCES);
  }

  private DecoderOutput step(GraphFixture trial, Scope scope, Memory memory, Sequence inputs) {
    return DecoderResults.byStepping(trial, scope, made(), memory, inputs);
  }

  private Decoder.Step step(
      GraphFixture trial,
      NamedTensors prepared,
      Operand<TFloat32> input,
      int position,
      NamedTensors state) {
    return made().step(trial.scope(), prepared, input, trial.tf().constant(position), state);
  }

  private static List<Operand<TFloat32>> results(Decoder.Step step) {
    return DecoderResults.of(step);
  }

  private static List<Operand<TFloat32>> results(
      GraphFixture trial, DecoderOutput decoded, Sequence inputs, Sequence like, Memory memory) {
    return DecoderResults.of(trial, decoded, inputs, like, memory);
  }
}
