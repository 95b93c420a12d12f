package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
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

  /**
   * Returns the number of columns of the source; 0 for an encoder that needs no columns. The
   * columns are aligned: each after the first has as many tokens as the first, or one, or is
   * missing.
   */
  protected int columns() {
    return 0;
  }

  /** The columns of the positions of each source, if it has columns. */
  private int[][] index() {
    int[] full = new int[4 * columns() - 1]; // three tokens each: 0 0 0 mark 1 1 1
    int[] single = new int[2 * columns()]; // 0 0 mark 1
    for (int i = 0; i < full.length; i++) {
      full[i] = i % 4 == 3 ? Sequence.Columns.MARK : i / 4;
    }
    for (int i = 2; i < single.length; i++) {
      single[i] = i % 2 == 0 ? Sequence.Columns.MARK : i / 2;
    }
    return new int[][] {full, {0, 0}, single};
  }

  private int[] lengths() {
    return columns() == 0
        ? new int[] {4, 2, 3}
        : Arrays.stream(index()).mapToInt(row -> row.length).toArray();
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
      int[] sizes = lengths();
      assertThat(sequence.depth())
          .as("the depth of the memory, which the graph must know")
          .isPositive();
      trial.checkShape(
          "the memory, [B, S / stride, D]",
          sequence.values(),
          sizes.length,
          (sizes[0] + stride - 1) / stride,
          sequence.depth());
      float[] lengths = trial.values(trial.tf().dtypes.cast(sequence.lengths(), TFloat32.class));
      for (int row = 0; row < sizes.length; row++) {
        checkLength(row, lengths[row], (float) Math.ceil(sizes[row] / (double) stride));
      }
      for (String name : encoded.finalState().names()) {
        Operand<TFloat32> state = encoded.finalState().floats(name);
        trial.checkShape(
            "the final state '%s', [B, D]".formatted(name),
            state,
            sizes.length,
            state.shape().get(-1));
      }
    }
  }

  /** Checks a length of the memory; that of some columns only may be shorter. */
  private void checkLength(int row, float length, float whole) {
    var checked =
        assertThat(length)
            .as("the length of the memory of row %d, whose source has %d", row, lengths()[row]);
    if (columns() == 0) {
      checked.isEqualTo(whole);
    } else {
      checked.isBetween(1f, whole);
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
      for (int row = 0; row < lengths().length; row++) {
        alone.add(encode(trial, trial.alone(source, row, lengths()[row])));
      }
      trial.randomise();
      for (int row = 0; row < lengths().length; row++) {
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
          new ArrayList<>(
              results(trial, encode(trial, source(trial, "some", new int[] {0, 0}, new int[0]))));
      results.addAll(results(trial, encode(trial, source(trial, "all", new int[0], new int[0]))));
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
    return columns() == 0
        ? trial.sequence("source", depth(), lengths())
        : source(trial, "source", index());
  }

  /** Returns sources with columns, if the encoder needs them. */
  private Sequence source(GraphFixture trial, String name, int[]... index) {
    return columns() == 0
        ? trial.sequence(name, depth(), Arrays.stream(index).mapToInt(row -> row.length).toArray())
        : trial.columns(name, depth(), columns(), index);
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
