package org.seq4j.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.training.Objective;
import org.seq4j.testkit.GraphFixture;
import org.seq4j.testkit.ObjectiveContract;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class CtcTest {

  @Nested
  class BesideAttention extends ObjectiveContract {
    @Override
    protected Objective objective() {
      return new Ctc(new Ctc.Config(0.3));
    }
  }

  /** The cases of TensorFlow's own test of its CTC loss, ctc_loss_op_test.py. */
  @Test
  void agreesWithPublishedLosses() {
    float[][] first = {
      {0.633766f, 0.221185f, 0.0917319f, 0.0129757f, 0.0142857f, 0.0260553f},
      {0.111121f, 0.588392f, 0.278779f, 0.0055756f, 0.00569609f, 0.010436f},
      {0.0357786f, 0.633813f, 0.321418f, 0.00249248f, 0.00272882f, 0.0037688f},
      {0.0663296f, 0.643849f, 0.280111f, 0.00283995f, 0.0035545f, 0.00331533f},
      {0.458235f, 0.396634f, 0.123377f, 0.00648837f, 0.00903441f, 0.00623107f},
    };
    float[][] second = {
      {0.30176f, 0.28562f, 0.0831517f, 0.0862751f, 0.0816851f, 0.161508f},
      {0.24082f, 0.397533f, 0.0557226f, 0.0546814f, 0.0557528f, 0.19549f},
      {0.230246f, 0.450868f, 0.0389607f, 0.038309f, 0.0391602f, 0.202456f},
      {0.280884f, 0.429522f, 0.0326593f, 0.0339046f, 0.0326856f, 0.190345f},
      {0.423286f, 0.315517f, 0.0338439f, 0.0393744f, 0.0339315f, 0.154046f},
    };
    float[] found =
        likelihoods(
            new float[][][] {logs(first), logs(second)},
            new int[] {5, 5},
            new int[][] {{0, 1, 2, 1, 0}, {0, 1, 1, 0, 0}},
            new int[] {5, 4});
    assertThat(found[0]).isCloseTo(-3.34211f, within(1e-5f));
    assertThat(found[1]).isCloseTo(-5.42262f, within(1e-5f));
  }

  private static float[][] logs(float[][] probabilities) {
    float[][] logs = new float[probabilities.length][probabilities[0].length];
    for (int t = 0; t < logs.length; t++) {
      for (int c = 0; c < logs[t].length; c++) {
        logs[t][c] = (float) Math.log(probabilities[t][c]);
      }
    }
    return logs;
  }

  private static float[] likelihoods(
      float[][][] logs, int[] frames, int[][] labels, int[] lengths) {
    try (GraphFixture trial = new GraphFixture(false)) {
      Ops tf = trial.tf();
      Sequence posteriors =
          new Sequence(tf.constant(StdArrays.ndCopyOf(logs)), tf.constant(frames));
      return trial.values(
          CtcLikelihood.of(trial.scope(), posteriors, tf.constant(labels), tf.constant(lengths)));
    }
  }

  /** All sequences of labels up to a length, against the sum over all alignments. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 2", "6, 3"})
  void isTheSumOverAllAlignments(int frames, int vocabulary) {
    Random random = new Random(frames);
    float[][] probabilities = new float[frames][vocabulary + 1];
    for (float[] row : probabilities) {
      float sum = 0;
      for (int c = 0; c < row.length; c++) {
        row[c] = (float) Math.exp(2 * random.nextGaussian());
        sum += row[c];
      }
      for (int c = 0; c < row.length; c++) {
        row[c] /= sum;
      }
    }
    int longest = Math.min(frames, 3);
    List<int[]> all = new ArrayList<>(List.of(new int[0]));
    for (int begin = 0, length = 1; length <= longest; length++) {
      int end = all.size();
      for (int i = begin; i < end; i++) {
        for (int label = 0; label < vocabulary; label++) {
          int[] more = Arrays.copyOf(all.get(i), length);
          more[length - 1] = label;
          all.add(more);
        }
      }
      begin = end;
    }
    int count = all.size();
    float[][][] logs = new float[count][][];
    int[][] labels = new int[count][];
    int[] lengths = new int[count];
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      logs[i] = logs(probabilities);
      labels[i] = Arrays.copyOf(all.get(i), longest);
      lengths[i] = all.get(i).length;
      positions[i] = frames;
    }
    float[] found = likelihoods(logs, positions, labels, lengths);
    for (int i = 0; i < count; i++) {
      double expected = sumOverAlignments(probabilities, all.get(i));
      assertThat((double) found[i])
          .as(Arrays.toString(all.get(i)))
          .isCloseTo(expected == 0 ? 0 : Math.log(expected), within(1e-4));
    }
  }

  private static double sumOverAlignments(float[][] probabilities, int[] labels) {
    int classes = probabilities[0].length;
    double sum = 0;
    long count = Math.round(Math.pow(classes, probabilities.length));
    for (long number = 0; number < count; number++) {
      long rest = number;
      double probability = 1;
      List<Integer> collapsed = new ArrayList<>();
      int before = -1;
      for (float[] frame : probabilities) {
        int choice = (int) (rest % classes);
        rest /= classes;
        probability *= frame[choice];
        if (choice != before && choice != classes - 1) {
          collapsed.add(choice);
        }
        before = choice;
      }
      if (collapsed.equals(Arrays.stream(labels).boxed().toList())) {
        sum += probability;
      }
    }
    return sum;
  }

  @Test
  void extremeLogarithmsStayFinite() {
    float[][] logs = {{-2e4f, 0, -1e4f}, {0, -2e4f, -1e4f}, {-2e4f, -1e4f, 0}};
    float[] found =
        likelihoods(
            new float[][][] {logs, logs},
            new int[] {3, 3},
            new int[][] {{1, 0}, {0, 0}},
            new int[] {2, 1});
    assertThat(found[0]).isEqualTo(0f);
    assertThat(found[1]).isCloseTo(-1e4f, within(1f));
  }

  @Test
  void tooFewPositionsAddNothing() {
    float[][] logs = logs(new float[][] {{0.5f, 0.5f}, {0.5f, 0.5f}, {0.5f, 0.5f}});
    float[] found =
        likelihoods(
            new float[][][] {logs, logs, logs, logs},
            new int[] {2, 1, 3, 0},
            new int[][] {{0, 0}, {0, 0}, {0, 0}, {0, 0}},
            new int[] {2, 2, 2, 0});
    assertThat(found[0]).as("equal labels need a blank between them").isZero();
    assertThat(found[1]).isZero();
    assertThat(found[2]).isCloseTo((float) Math.log(0.125), within(1e-5f));
    assertThat(found[3]).as("no labels in no positions").isZero();
  }

  @Test
  void gradientsOfTheLikelihoodAreRight() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Ops tf = trial.tf();
      Operand<TFloat32> logits = trial.sample("logits", 3, 5, 4);
      Sequence posteriors = new Sequence(logits, tf.constant(new int[] {5, 3, 1}));
      trial.checkGradients(
          List.of(
              CtcLikelihood.of(
                  trial.scope(),
                  posteriors,
                  tf.constant(new int[][] {{0, 1, 1}, {2, 0, 0}, {1, 1, 0}}),
                  tf.constant(new int[] {3, 1, 2}))));
    }
  }
}
