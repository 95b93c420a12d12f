package org.seq4j.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.graph.GradientCheck;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.inference.VectorPredictor;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.FeatureBatch;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.model.batch.TokenBatch;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.trainer.objective.CrossEntropy;
import org.seq4j.trainer.objective.Objectives;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Models from and to vectors. */
@Timeout(300)
class VectorModelTest {
  private static final int SOURCE_DEPTH = 3;
  private static final int TARGET_DEPTH = 2;
  private static final int TOKENS = 8;

  private static Seq2SeqModel model(String decoder, SequenceSpace source, SequenceSpace target) {
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    String yaml =
        """
        embedding: {source: 3, target: 3}
        encoder: {type: rnn, cell: gru, units: 4, bidirectional: true}
        decoder: {type: rnn, cell: gru, units: 4, %s}
        """
            .formatted(decoder);
    return new Seq2SeqModel(
        reader.bind(reader.parse(Path.of("test.yaml"), yaml, List.of()), ModelConfig.class),
        source,
        target,
        new ComponentContext(Path.of(".")));
  }

  private static SequenceSpace vectors(int depth) {
    return SequenceSpace.ofVectors(depth);
  }

  private static FeatureSequence frames(Random random, int length, int depth) {
    float[] values = new float[length * depth];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FeatureSequence(depth, values);
  }

  private static SequenceBatch batch(Ops tf, int depth, long seed) {
    Random random = new Random(seed);
    float[][][] values = new float[3][4][depth];
    int[] lengths = {4, 2, 3};
    for (int b = 0; b < 3; b++) {
      for (int t = 0; t < lengths[b]; t++) {
        for (int d = 0; d < depth; d++) {
          values[b][t][d] = (float) random.nextGaussian();
        }
      }
    }
    return new FeatureBatch(tf.constant(StdArrays.ndCopyOf(values)), tf.constant(lengths));
  }

  private static Objectives objectives(double smoothing) {
    return Objectives.of(new CrossEntropy(new CrossEntropy.Config(smoothing, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"attention: luong", "attention: bahdanau, input_feeding: false"})
  void gradientsFromVectorsToVectorsAgreeWithFiniteDifferences(String decoder) {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Seq2SeqModel model = model(decoder, vectors(SOURCE_DEPTH), vectors(TARGET_DEPTH));
      Scope scope = graph.scope(true);
      Ops tf = scope.tf();
      Operand<TFloat32> loss =
          objectives(0)
              .loss(scope, model, batch(tf, SOURCE_DEPTH, 1), batch(tf, TARGET_DEPTH, 2), 1)
              .mean(tf);
      GradientCheck.check(graph, loss, 5e-3, 5, 1);
    }
  }

  @Test
  void gradientsFromVectorsToTokensAndBackAgreeWithFiniteDifferences() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Scope scope = graph.scope(true);
      Ops tf = scope.tf();
      SequenceSpace tokens = SequenceSpace.ofTokens(TOKENS);
      SequenceBatch ids =
          new TokenBatch(
              tf.constant(new int[][] {{4, 5, 6}, {7, 0, 0}, {4, 4, 0}}),
              tf.constant(new int[] {3, 1, 2}));
      Operand<TFloat32> speech =
          objectives(0.1)
              .loss(
                  scope.child("a"),
                  model("attention: luong", vectors(SOURCE_DEPTH), tokens),
                  batch(tf, SOURCE_DEPTH, 3),
                  ids,
                  2)
              .mean(tf);
      Operand<TFloat32> voice =
          objectives(0)
              .loss(
                  scope.child("b"),
                  model("attention: luong", tokens, vectors(TARGET_DEPTH)),
                  ids,
                  batch(tf, TARGET_DEPTH, 4),
                  2)
              .mean(tf);
      GradientCheck.check(graph, tf.math.add(speech, voice), 5e-3, 6, 1);
    }
  }

  /** Written out: the mean over real vectors of the mean of squared differences. */
  @Test
  void theScoreIsMinusTheSquaredErrorAndItsOwnTargetHasNone() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      VectorPredictor inference =
          VectorPredictor.of(
              model("attention: luong", vectors(SOURCE_DEPTH), vectors(TARGET_DEPTH)), graph);
      graph.initialize();
      Random random = new Random(5);
      List<SequenceData> sources =
          List.of(frames(random, 2, SOURCE_DEPTH), frames(random, 5, SOURCE_DEPTH));
      List<FeatureSequence> own = inference.generate(Sources.of(sources), new int[] {6, 3});
      assertThat(own).extracting(FeatureSequence::length).containsExactly(6, 3);
      assertThat(inference.score(Sources.of(sources), own))
          .containsExactly(new double[2], within(1e-9));

      // the last vector is no input of another, so what it is off by is the whole error
      List<FeatureSequence> others = new ArrayList<>();
      for (FeatureSequence frames : own) {
        float[] values = frames.values().clone();
        values[values.length - 1] += 0.5f;
        others.add(new FeatureSequence(TARGET_DEPTH, values));
      }
      assertThat(inference.score(Sources.of(sources), others))
          .containsExactly(new double[] {-0.125, -0.125}, within(1e-6));
    }
  }

  @Test
  void eachSourceIsAnsweredAsIfAlone() {
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      VectorPredictor inference =
          VectorPredictor.of(
              model("attention: luong", vectors(SOURCE_DEPTH), vectors(TARGET_DEPTH)), graph);
      graph.initialize();
      Random random = new Random(6);
      List<SequenceData> sources = new ArrayList<>();
      for (int i = 1; i <= 7; i++) {
        sources.add(frames(random, i, SOURCE_DEPTH));
      }
      int[] lengths = {3, 1, 4, 1, 5, 9, 2};
      List<FeatureSequence> together = inference.generate(Sources.of(sources), lengths);
      for (int i = 0; i < sources.size(); i++) {
        FeatureSequence alone =
            inference.generate(Sources.of(sources.get(i)), new int[] {lengths[i]}).get(0);
        assertThat(together.get(i).values()).containsExactly(alone.values(), within(1e-5f));
      }
    }
  }

  @Test
  void tokensAreSearchedForInVectorsAndVectorsMadeOfTokens() {
    SequenceSpace tokens = SequenceSpace.ofTokens(TOKENS);
    try (ModelGraph graph = new ModelGraph(2, 2)) {
      TokenPredictor inference =
          TokenPredictor.of(model("attention: luong", vectors(SOURCE_DEPTH), tokens), graph);
      graph.initialize();
      Random random = new Random(7);
      List<SequenceData> sources =
          List.of(frames(random, 4, SOURCE_DEPTH), frames(random, 2, SOURCE_DEPTH));
      var found =
          inference.search(Sources.of(sources), new int[] {9, 9}, SearchConfig.beam(3), true);
      for (int i = 0; i < 2; i++) {
        var best = found.get(i).get(0);
        int[] ids = best.tokens().stream().mapToInt(id -> id).toArray();
        if (best.finished()) {
          assertThat(inference.score(Sources.of(sources.get(i)), List.of(new TokenIds(ids)))[0])
              .isCloseTo(best.score(), within(1e-4));
        }
      }
    }
    try (ModelGraph graph = new ModelGraph(2, 2)) {
      VectorPredictor inference =
          VectorPredictor.of(model("attention: luong", tokens, vectors(TARGET_DEPTH)), graph);
      graph.initialize();
      assertThat(inference.generate(Sources.of(new TokenIds(4, 5)), new int[] {7}).get(0).length())
          .isEqualTo(7);
    }
  }
}
