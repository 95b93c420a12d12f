package org.seq4j.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.audio.LogMelEncoder.Normalization;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.testkit.EncoderContract;
import org.seq4j.testkit.GraphFixture;
import org.seq4j.testkit.SharedFolder;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LogMelEncoderTest {
  private static final String REFERENCE = "vectors/kaldi-fbank/";

  /** Returns the features. */
  private static final Encoder FEATURES =
      (scope, source) -> new Memory(source, NamedTensors.EMPTY, 1);

  private static LogMelEncoder encoder(
      int bins, Normalization normalization, int frequencyMasks, int timeMasks) {
    return new LogMelEncoder(
        new LogMelEncoder.Config(
            Component.of(Encoder.class, "features", new NoKeys(), keys -> FEATURES),
            bins,
            normalization,
            frequencyMasks,
            2,
            timeMasks,
            3,
            0.5f),
        new ComponentContext(Path.of("")));
  }

  @Nested
  class Normalized extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return LogMelEncoderTest.encoder(4, Normalization.UTTERANCE, 0, 0);
    }

    @Override
    protected long depth() {
      return 8;
    }
  }

  @Nested
  class Plain extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return LogMelEncoderTest.encoder(4, Normalization.NONE, 0, 0);
    }

    @Override
    protected long depth() {
      return 8;
    }
  }

  @Nested
  class NormalizedByData extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return LogMelEncoderTest.encoder(4, Normalization.GLOBAL, 0, 0);
    }

    @Override
    protected long depth() {
      return 8;
    }
  }

  @Test
  void globalNormalizationTakesMeanAndScaleFromParameters() {
    LogMelEncoder global = encoder(3, Normalization.GLOBAL, 0, 0);
    LogMelEncoder none = encoder(3, Normalization.NONE, 0, 0);
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.sequence("source", 8, 12, 8);
      Scope scope = trial.scope();
      List<Operand<TFloat32>> results =
          List.of(
              global.encode(scope, source).sequence().values(),
              none.encode(scope, source).sequence().values(),
              global.counted(scope, source).orElseThrow().values(),
              scope.parameter(Encoder.MEAN, Shape.of(3), Initializer.ZEROS),
              scope.parameter(Encoder.SCALE, Shape.of(3), Initializer.constant(1)));
      trial.randomise();
      List<float[]> values = trial.values(results); // [2, 6, 3] and [3]
      assertThat(values.get(2)).isEqualTo(values.get(1));
      for (int i = 0; i < 2 * 6 * 3; i++) {
        boolean padding = i / 3 >= 6 + 4;
        float expected =
            padding ? 0 : (values.get(1)[i] - values.get(3)[i % 3]) * values.get(4)[i % 3];
        assertThat(values.get(0)[i]).isCloseTo(expected, within(1e-4f));
      }
      assertThat(none.counted(scope, source)).isEmpty();
    }
  }

  /** The output of Kaldi's compute-fbank-feats for a sound. */
  @ParameterizedTest
  @CsvSource({"test.txt, 23", "test-40.txt, 40"})
  void agreesWithKaldi(String file, int bins) throws Exception {
    float[][] expected = kaldi(SharedFolder.text(REFERENCE + file));
    Waveform sound = SoundFile.read(Files.readAllBytes(SharedFolder.file(REFERENCE + "test.wav")));
    float[][] found = features(sound, bins);
    assertThat(found.length).isEqualTo(expected.length + 2); // frames that reach behind the end
    double[] differences = new double[expected.length * bins];
    for (int t = 0; t < expected.length; t++) {
      for (int bin = 0; bin < bins; bin++) {
        differences[t * bins + bin] = Math.abs(found[t][bin] - expected[t][bin]);
      }
    }
    Arrays.sort(differences);
    assertThat(Arrays.stream(differences).average().orElseThrow()).isLessThan(1e-3);
    assertThat(differences[(int) (0.99 * differences.length)]).isLessThan(1e-2);
    assertThat(differences[differences.length - 1]).isLessThan(0.05);
  }

  private static float[][] kaldi(String text) {
    String numbers = text.substring(text.indexOf('[') + 1, text.indexOf(']'));
    return numbers
        .strip()
        .lines()
        .map(line -> line.strip().split(" +"))
        .map(
            fields -> {
              float[] row = new float[fields.length];
              for (int i = 0; i < row.length; i++) {
                row[i] = Float.parseFloat(fields[i]);
              }
              return row;
            })
        .toArray(float[][]::new);
  }

  private static float[][] features(Waveform sound, int bins) {
    FeatureSequence blocks = SoundBlocks.of(sound);
    try (GraphFixture trial = new GraphFixture(false)) {
      Ops tf = trial.tf();
      Operand<TFloat32> values =
          tf.constant(
              Shape.of(1, blocks.length(), blocks.depth()), DataBuffers.of(blocks.values()));
      Sequence source = new Sequence(values, tf.constant(new int[] {blocks.length()}));
      Memory memory = encoder(bins, Normalization.NONE, 0, 0).encode(trial.scope(), source);
      float[] flat = trial.values(memory.sequence().values());
      float[][] rows = new float[flat.length / bins][];
      for (int t = 0; t < rows.length; t++) {
        rows[t] = Arrays.copyOfRange(flat, t * bins, (t + 1) * bins);
      }
      return rows;
    }
  }

  @Test
  void aFrameIsForTwoBlocks() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory =
          encoder(4, Normalization.NONE, 0, 0)
              .encode(trial.scope(), trial.sequence("source", 8, 7, 4));
      assertThat(memory.stride()).isEqualTo(2);
    }
  }

  @Test
  void normalizationGivesMeanZeroAndVarianceOne() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory =
          encoder(3, Normalization.UTTERANCE, 0, 0)
              .encode(trial.scope(), trial.sequence("source", 8, 12, 8));
      trial.randomise();
      float[] values = trial.values(memory.sequence().values()); // [2, 6, 3]
      for (int row = 0; row < 2; row++) {
        int length = row == 0 ? 6 : 4;
        for (int bin = 0; bin < 3; bin++) {
          double sum = 0;
          double squares = 0;
          for (int t = 0; t < length; t++) {
            float value = values[(row * 6 + t) * 3 + bin];
            sum += value;
            squares += value * value;
          }
          assertThat(sum / length).isCloseTo(0, within(1e-4));
          assertThat(squares / length).isCloseTo(1, within(1e-2));
        }
      }
    }
  }

  @Test
  void masksHideBandsAndSpansInTrainingOnly() {
    LogMelEncoder masking = encoder(8, Normalization.UTTERANCE, 1, 1);
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence source = trial.sequence("source", 8, 40, 40, 40, 40, 40, 40, 40, 40);
      List<Operand<TFloat32>> results =
          List.of(
              masking.encode(trial.scope(), source).sequence().values(),
              masking.encode(trial.scope(false), source).sequence().values());
      trial.randomise();
      List<float[]> values = trial.values(results); // [8, 20, 8] each
      int bands = 0;
      int spans = 0;
      for (int row = 0; row < 8; row++) {
        boolean[][] hidden = new boolean[20][8];
        for (int t = 0; t < 20; t++) {
          for (int bin = 0; bin < 8; bin++) {
            int at = (row * 20 + t) * 8 + bin;
            hidden[t][bin] = values.get(0)[at] == 0;
            assertThat(values.get(1)[at]).isNotZero();
            if (!hidden[t][bin]) {
              assertThat(values.get(0)[at]).isEqualTo(values.get(1)[at]);
            }
          }
        }
        int hiddenBins = 0;
        for (int bin = 0; bin < 8; bin++) {
          int column = bin;
          hiddenBins += Arrays.stream(hidden).allMatch(frame -> frame[column]) ? 1 : 0;
        }
        int hiddenFrames = 0;
        for (boolean[] frame : hidden) {
          boolean all = true;
          for (boolean one : frame) {
            all &= one;
          }
          hiddenFrames += all ? 1 : 0;
        }
        assertThat(hiddenBins).isBetween(0, 2);
        assertThat(hiddenFrames).isBetween(0, 3);
        bands += hiddenBins;
        spans += hiddenFrames;
      }
      assertThat(bands).isPositive();
      assertThat(spans).isPositive();
    }
  }
}
