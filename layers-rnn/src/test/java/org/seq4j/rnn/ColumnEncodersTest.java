package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.testkit.EncoderContract;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Encoders of sources with several columns. */
class ColumnEncodersTest {
  private static final int DEPTH = 3;
  private static final int UNITS = 4;
  private static final int MARK = Sequence.Columns.MARK;
  private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

  private static RnnEncoder.Config recurrent(int units, int layers, boolean bidirectional) {
    return new RnnEncoder.Config(
        Recurrent.LSTM,
        units,
        layers,
        bidirectional,
        Optional.empty(),
        Merge.CONCAT,
        0,
        0,
        0,
        false);
  }

  private static Component<Encoder> rnn(int units, int layers, boolean bidirectional) {
    return Component.of(
        Encoder.class, "rnn", recurrent(units, layers, bidirectional), RnnEncoder::new);
  }

  private static Component<Encoder> rnn() {
    return rnn(UNITS, 1, false);
  }

  private static Component<Encoder> mean() {
    return Component.of(
        Encoder.class, "mean", new MeanEncoder.Config(3, 8), config -> new MeanEncoder(config));
  }

  private static Component<Encoder> pyramidal() {
    return Component.of(
        Encoder.class,
        "pyramidal",
        new PyramidalEncoder.Config(Recurrent.GRU, UNITS, 2, 2, false, Merge.CONCAT, 0, 0),
        PyramidalEncoder::new);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // List.of does not change them
  private static Encoder multiSource(Component<Encoder>... encoders) {
    return new MultiSourceEncoder(
        new MultiSourceEncoder.Config(List.of(encoders)), Recurrent.CONTEXT);
  }

  private static Encoder factors(Component<Encoder> encoder) {
    return new FactorsEncoder(new FactorsEncoder.Config(encoder), Recurrent.CONTEXT);
  }

  @Nested
  class TwoSources extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return multiSource(rnn(), rnn(2, 1, true));
    }

    @Override
    protected int columns() {
      return 2;
    }
  }

  @Nested
  class ThreeSourcesOfOtherKinds extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return multiSource(rnn(3, 2, false), rnn(3, 1, false), mean());
    }

    @Override
    protected int columns() {
      return 3;
    }
  }

  @Nested
  class ThreeFactors extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return factors(rnn());
    }

    @Override
    protected int columns() {
      return 3;
    }
  }

  @Nested
  class FactorsOfAnEncoderThatShortens extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return factors(pyramidal());
    }

    @Override
    protected int columns() {
      return 2;
    }
  }

  /** Outputs and final states in double precision, by the equations of the paper. */
  @Test
  void twoSourcesEqualTheirEncodersAndThePaper() {
    try (GraphFixture trial = new GraphFixture(false)) {
      int[][] index = {{0, 0, MARK, 1, 1, 1}, {0, 0, 0, MARK, 1}, {0, 0}, {MARK, 1, 1}};
      Sequence source = trial.columns("source", DEPTH, 2, index);
      Memory both = multiSource(rnn(), rnn()).encode(trial.scope(), source);
      List<List<Memory>> alone = new ArrayList<>();
      for (int row = 0; row < index.length; row++) {
        alone.add(
            List.of(alone(trial, source, index, row, 0), alone(trial, source, index, row, 1)));
      }
      trial.randomise();
      float[] outputs = trial.values(both.sequence().values()); // [4, 6, UNITS]
      for (int row = 0; row < index.length; row++) {
        for (int k = 0; k < 2; k++) {
          float[] expected = trial.values(alone.get(row).get(k).sequence().values());
          int[] positions = positions(index[row], k);
          for (int i = 0; i < positions.length; i++) {
            int from = (row * 6 + positions[i]) * UNITS;
            assertThat(Arrays.copyOfRange(outputs, from, from + UNITS))
                .as("source %d, column %d, token %d", row, k, i)
                .containsExactly(Arrays.copyOfRange(expected, i * UNITS, (i + 1) * UNITS), CLOSE);
          }
        }
        for (int mark : positions(index[row], MARK)) {
          int from = (row * 6 + mark) * UNITS;
          assertThat(Arrays.copyOfRange(outputs, from, from + UNITS)).containsOnly(0);
        }
      }
      finalStatesEqualThePaper(trial, both, alone);
    }
  }

  private static void finalStatesEqualThePaper(
      GraphFixture trial, Memory both, List<List<Memory>> alone) {
    String combine = "model.final.layer.0.hidden.combine.kernel.";
    float[] hidden = trial.values(both.finalState().floats("layer.0.hidden"));
    float[] cell = trial.values(both.finalState().floats("layer.0.cell"));
    for (int row = 0; row < alone.size(); row++) {
      double[] sum = new double[UNITS];
      for (int k = 0; k < 2; k++) {
        float[] state = trial.values(alone.get(row).get(k).finalState().floats("layer.0.hidden"));
        float[] kernel = trial.parameter(combine + k);
        for (int j = 0; j < UNITS; j++) {
          for (int i = 0; i < UNITS; i++) {
            sum[j] += state[i] * kernel[i * UNITS + j];
          }
        }
      }
      float[] first = trial.values(alone.get(row).get(0).finalState().floats("layer.0.cell"));
      float[] second = trial.values(alone.get(row).get(1).finalState().floats("layer.0.cell"));
      for (int j = 0; j < UNITS; j++) {
        assertThat(hidden[row * UNITS + j]).isCloseTo((float) Math.tanh(sum[j]), CLOSE);
        assertThat(cell[row * UNITS + j]).isCloseTo(first[j] + second[j], CLOSE);
      }
    }
  }

  /** Encodes one column of one source, by the parameters of its encoder among several. */
  private static Memory alone(
      GraphFixture trial, Sequence source, int[][] index, int row, int column) {
    int[] positions = positions(index[row], column);
    Scope scope = trial.scope().child("column").child(Integer.toString(column));
    return new RnnEncoder(recurrent(UNITS, 1, false), Recurrent.CONTEXT)
        .encode(
            scope,
            new Sequence(
                at(trial, trial.rows(source.values(), row), positions),
                trial.tf().constant(new int[] {positions.length})));
  }

  private static int[] positions(int[] index, int column) {
    return IntStream.range(0, index.length).filter(i -> index[i] == column).toArray();
  }

  private static Operand<TFloat32> at(GraphFixture trial, Operand<TFloat32> x, int... positions) {
    return trial.tf().gather(x, trial.tf().constant(positions), trial.tf().constant(1));
  }

  @Test
  void oneSourceEqualsItsEncoder() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.columns("source", DEPTH, 1, new int[4], new int[2]);
      Memory one = multiSource(rnn(UNITS, 2, true)).encode(trial.scope(), source);
      Memory inner =
          new RnnEncoder(recurrent(UNITS, 2, true), Recurrent.CONTEXT)
              .encode(trial.scope().child("column").child("0"), source);
      isTheSame(trial, one, inner);
    }
  }

  @Test
  void oneFactorEqualsTheEncoder() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.columns("source", DEPTH, 1, new int[4], new int[2]);
      Memory one = factors(rnn(UNITS, 2, true)).encode(trial.scope(), source);
      Memory inner =
          new RnnEncoder(recurrent(UNITS, 2, true), Recurrent.CONTEXT)
              .encode(trial.scope(), source);
      isTheSame(trial, one, inner);
    }
  }

  private static void isTheSame(GraphFixture trial, Memory actual, Memory expected) {
    trial.randomise();
    assertThat(actual.finalState().names()).isEqualTo(expected.finalState().names());
    List<Operand<TFloat32>> results = new ArrayList<>(List.of(actual.sequence().values()));
    List<Operand<TFloat32>> others = new ArrayList<>(List.of(expected.sequence().values()));
    for (String name : expected.finalState().names()) {
      results.add(actual.finalState().floats(name));
      others.add(expected.finalState().floats(name));
    }
    trial.checkEqual("an encoder around another", results, others);
  }

  /** Sennrich and Haddow 2016, eq. 4: the input of a token is the concatenation of embeddings. */
  @Test
  void factorsAreConcatenatedToTheirTokens() {
    try (GraphFixture trial = new GraphFixture(false)) {
      int[][] index = {
        {0, 0, 0, MARK, 1, 1, 1, MARK, 2}, // a factor of each token, and one of all
        {0, 0, 0, MARK, 1, 1} // as if truncated: the last factors are missing
      };
      Sequence source = trial.columns("source", DEPTH, 3, index);
      Memory memory = factors(rnn()).encode(trial.scope(), source);
      Operand<TFloat32> zeros =
          trial.tf().zeros(trial.tf().constant(new int[] {1, 1, DEPTH}), TFloat32.class);
      List<Operand<TFloat32>> byHand = new ArrayList<>();
      byHand.add(row(trial, source, 0, zeros, new int[][] {{0, 4, 8}, {1, 5, 8}, {2, 6, 8}}));
      byHand.add(row(trial, source, 1, zeros, new int[][] {{0, 4, -1}, {1, 5, -1}, {2, -1, -1}}));
      Memory expected =
          new RnnEncoder(recurrent(UNITS, 1, false), Recurrent.CONTEXT)
              .encode(
                  trial.scope(),
                  new Sequence(
                      trial.tf().concat(byHand, trial.tf().constant(0)),
                      trial.tf().constant(new int[] {3, 3})));
      trial.randomise();
      trial.checkEqual(
          "factors",
          List.of(trial.corner(memory.sequence().values(), 3)),
          List.of(expected.sequence().values()));
      trial.checkEqual(
          "lengths",
          List.of(trial.tf().dtypes.cast(memory.sequence().lengths(), TFloat32.class)),
          List.of(trial.tf().constant(new float[] {3, 3})));
    }
  }

  /** Returns the embeddings at positions, those of a token concatenated; -1 stands for zeros. */
  private static Operand<TFloat32> row(
      GraphFixture trial, Sequence source, int row, Operand<TFloat32> zeros, int[][] tokens) {
    Operand<TFloat32> values = trial.rows(source.values(), row);
    List<Operand<TFloat32>> steps = new ArrayList<>();
    for (int[] positions : tokens) {
      List<Operand<TFloat32>> vectors = new ArrayList<>();
      for (int position : positions) {
        vectors.add(position < 0 ? zeros : at(trial, values, position));
      }
      steps.add(trial.tf().concat(vectors, trial.tf().constant(2)));
    }
    return trial.tf().concat(steps, trial.tf().constant(1));
  }

  /** A part of a batch may have no source with a second column. */
  @Test
  void missingColumnsTrain() {
    for (Encoder encoder : List.of(multiSource(rnn(), rnn()), factors(rnn()))) {
      try (GraphFixture trial = new GraphFixture(true)) {
        Sequence some =
            trial.columns("some", DEPTH, 2, new int[] {0, 0, MARK, 1, 1}, new int[] {MARK, 1});
        Sequence none = trial.columns("none", DEPTH, 2, new int[3], new int[1]);
        List<Operand<TFloat32>> results = new ArrayList<>();
        for (Sequence source : List.of(some, none)) {
          Memory memory = encoder.encode(trial.scope(), source);
          results.add(trial.real(memory.sequence().values(), memory.sequence().lengths()));
          results.add(memory.finalState().floats("layer.0.hidden"));
        }
        trial.checkGradients(results);
      }
    }
  }

  @Test
  void aSourceWithoutColumnsIsRefused() {
    for (Encoder encoder : List.of(multiSource(rnn()), factors(rnn()))) {
      try (GraphFixture trial = new GraphFixture(false)) {
        Sequence source = trial.sequence("source", DEPTH, 2);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> encoder.encode(trial.scope(), source))
            .withMessageContaining(
                "needs a source with columns: write source.tokenizer: {type: columns");
      }
    }
  }

  @Test
  void encodersThatDoNotFitAreRefused() {
    refused(
        multiSource(rnn()), "one for each column of the source, 2 (source.tokenizer), but has 1");
    refused(
        multiSource(rnn(), rnn(5, 1, false)),
        "encoders[1]: its outputs have 5 values and those of encoders[0] 4");
    refused(multiSource(rnn(), pyramidal()), "encoders[1]: it shortens the source 2 times");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> multiSource())
        .withMessage("encoders: expected an encoder for each column, got an empty list");
  }

  private static void refused(Encoder encoder, String message) {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.columns("source", DEPTH, 2, new int[] {0, MARK, 1});
      assertThatIllegalArgumentException()
          .isThrownBy(() -> encoder.encode(trial.scope(), source))
          .withMessageContaining(message);
    }
  }

  @Test
  void factorsNeedColumnsThatAreAligned() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.columns("source", DEPTH, 2, new int[] {0, MARK, 1});
      Sequence.Columns columns =
          new Sequence.Columns(source.columns().orElseThrow().index(), 2, false);
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  factors(rnn())
                      .encode(
                          trial.scope(),
                          new Sequence(source.values(), source.lengths(), Optional.of(columns))))
          .withMessageContaining("add aligned: true to source.tokenizer");
    }
  }
}
