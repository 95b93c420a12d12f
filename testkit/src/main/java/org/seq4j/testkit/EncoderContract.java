package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Contract of encoders: gradients, shapes, padding, independence of the rows of a batch, and equal
 * results in training and inference. A test extends it and implements {@link #encoder()}.
 */
public abstract class EncoderContract {
  private static final String MORE_PADDING =
      "results with more padding, filled with garbage: values beyond a sequence's length must have"
          + " no effect; mask by the lengths, see Masks";
  private static final String ALONE =
      "results in a batch and alone: no result may depend on other rows of the batch; row ";
  private static final String INFERENCE = "results of inference, and of training without dropout";
  private static final int[] LENGTHS = {4, 2, 3};

  /** Returns the encoder under test, without dropout. */
  protected abstract Encoder encoder();

  private Encoder made;

  /** Returns the encoder, made once for all graphs of a test, as in training. */
  private Encoder made() {
    made = made == null ? encoder() : made;
    return made;
  }

  /** Returns the depth of the embedded source. */
  protected long depth() {
    return 3;
  }

  @Test
  void gradientsAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      trial.checkGradients(results(trial, encode(trial, source(trial))));
    }
  }

  @Test
  void buildsTheSameForInferenceAsForTraining() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence source = source(trial);
      Memory training = encode(trial, source);
      List<String> parameters = trial.parameters();
      Memory inference = made().encode(trial.scope(false), source);
      assertThat(trial.parameters())
          .as("the parameters after building for inference, which must be those of training")
          .isEqualTo(parameters);
      trial.randomise();
      trial.checkEqual(INFERENCE, results(trial, inference), results(trial, training));
    }
  }

  @Test
  void shapesAreAsTheInterfaceSays() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Memory encoded = encode(trial, source(trial));
      trial.randomise();
      Sequence sequence = encoded.sequence();
      int stride = encoded.stride();
      assertThat(sequence.depth())
          .as("the depth of the memory, which the graph must know")
          .isPositive();
      trial.checkShape(
          "the memory, [B, S / stride, D]",
          sequence.values(),
          LENGTHS.length,
          (LENGTHS[0] + stride - 1) / stride,
          sequence.depth());
      float[] lengths = trial.values(trial.tf().dtypes.cast(sequence.lengths(), TFloat32.class));
      for (int row = 0; row < LENGTHS.length; row++) {
        assertThat(lengths[row])
            .as("the length of the memory of row %d, whose source has %d", row, LENGTHS[row])
            .isEqualTo((float) Math.ceil(LENGTHS[row] / (double) stride));
      }
      for (String name : encoded.finalState().names()) {
        Operand<TFloat32> state = encoded.finalState().floats(name);
        trial.checkShape(
            "the final state '%s', [B, D]".formatted(name),
            state,
            LENGTHS.length,
            state.shape().get(-1));
      }
    }
  }

  @Test
  void inferenceGivesTheSameAgain() {
    try (GraphFixture trial = new GraphFixture(false)) {
      List<Operand<TFloat32>> results = results(trial, encode(trial, source(trial)));
      trial.randomise();
      trial.checkTheSameAgain(results);
    }
  }

  @Test
  void paddingChangesNothing() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = source(trial);
      Memory expected = encode(trial, source);
      Memory padded = encode(trial, trial.padded(source));
      trial.randomise();
      trial.checkEqual(MORE_PADDING, results(trial, padded, expected), results(trial, expected));
    }
  }

  @Test
  void eachSequenceIsReadAsIfAlone() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = source(trial);
      Memory together = encode(trial, source);
      List<Memory> alone = new ArrayList<>();
      for (int row = 0; row < LENGTHS.length; row++) {
        alone.add(encode(trial, trial.alone(source, row, LENGTHS[row])));
      }
      trial.randomise();
      for (int row = 0; row < LENGTHS.length; row++) {
        int r = row;
        Memory rowOfAll =
            new Memory(
                new Sequence(
                    trial.rows(together.sequence().values(), row),
                    trial.rows(together.sequence().lengths(), row)),
                together.finalState().map(state -> trial.rows(state, r)),
                together.stride());
        trial.checkEqual(
            ALONE + row, results(trial, rowOfAll, alone.get(row)), results(trial, alone.get(row)));
      }
    }
  }

  @Test
  void emptySequencesGiveNumbers() {
    try (GraphFixture trial = new GraphFixture(false)) {
      List<Operand<TFloat32>> results =
          new ArrayList<>(results(trial, encode(trial, trial.sequence("some", depth(), 2, 0))));
      results.addAll(results(trial, encode(trial, trial.sequence("all", depth(), 0, 0))));
      trial.randomise();
      trial.checkFinite(results);
    }
  }

  @Test
  void isBuiltIntoSeveralGraphs() {
    for (boolean training : new boolean[] {true, false}) {
      try (GraphFixture trial = new GraphFixture(training)) {
        Sequence source = source(trial);
        GraphFixture.built(() -> encode(trial, source));
      }
    }
  }

  private Sequence source(GraphFixture trial) {
    return trial.sequence("source", depth(), LENGTHS);
  }

  private Memory encode(GraphFixture trial, Sequence source) {
    return made().encode(trial.scope(), source);
  }

  private static List<Operand<TFloat32>> results(GraphFixture trial, Memory encoded) {
    return results(trial, encoded, encoded);
  }

  /** Returns all results of an encoder, without padding beyond the length of another memory. */
  private static List<Operand<TFloat32>> results(GraphFixture trial, Memory encoded, Memory like) {
    List<Operand<TFloat32>> results = new ArrayList<>();
    Sequence sequence = encoded.sequence();
    results.add(
        trial.asLong(trial.real(sequence.values(), sequence.lengths()), like.sequence().values()));
    for (String name : encoded.finalState().names()) {
      results.add(encoded.finalState().floats(name));
    }
    return results;
  }
}
