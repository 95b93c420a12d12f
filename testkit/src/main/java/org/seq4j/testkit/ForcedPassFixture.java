package org.seq4j.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.core.training.ForcedPass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** A forced pass of three rows, and variants of it, to test objectives. */
final class ForcedPassFixture implements AutoCloseable {
  private static final long DEPTH = 4;
  private static final int VOCABULARY = 7;
  private static final int[] SOURCES = {3, 1, 4};
  private static final int[] STEPS = {4, 2, 3};
  private static final int[][] IDS = {
    {4, 5, 6, Vocabulary.END}, {5, Vocabulary.END, 0, 0}, {6, 4, Vocabulary.END, 0}
  };
  private static final int[][] LINKS = {{0, 0, 2}, {0, 2, 0}, {1, 0, 0}, {2, 0, 3}, {2, 1, 1}};

  private final GraphFixture graph = new GraphFixture(true);
  private final ForcedPass whole;

  ForcedPassFixture(boolean ofVectors) {
    Ops tf = graph.tf();
    Memory memory = graph.memory(DEPTH, Map.of("layer.0.hidden", DEPTH), SOURCES);
    Sequence outputs = graph.sequence("outputs", DEPTH, STEPS);
    Operand<TInt32> lengths = outputs.lengths();
    Operand<TBool> source = // [B, 1, S]
        tf.expandDims(
            Masks.real(
                tf, memory.sequence().lengths(), Shapes.size(tf, memory.sequence().values(), 1)),
            tf.constant(1));
    Operand<TFloat32> weights = // [B, T + 1, S]
        tf.nn.softmax(tf.select(source, graph.sample("looks", 3, 4, 4), tf.constant(-1e9f)));
    whole =
        pass(
            memory,
            new DecoderOutput(
                graph.real(outputs.values(), lengths), Optional.of(weights), NamedTensors.EMPTY),
            lengths,
            ofVectors ? vectors() : tokens(),
            links(0, 1, 2));
  }

  GraphFixture graph() {
    return graph;
  }

  ForcedPass whole() {
    return whole;
  }

  private ForcedPass.Target tokens() {
    Ops tf = graph.tf();
    Operand<TFloat32> logits = graph.sample("logits", 3, 4, VOCABULARY);
    Operand<TFloat32> logs = // in TensorFlow, its gradient is correct for two axes only
        tf.reshape(tf.nn.logSoftmax(Shapes.flatten(tf, logits, VOCABULARY)), tf.shape(logits));
    return new ForcedPass.Tokens(tf.constant(IDS), VOCABULARY, () -> logs);
  }

  private ForcedPass.Target vectors() {
    return new ForcedPass.Vectors(
        graph.sample("truth", 3, 4, DEPTH), graph.sample("predicted", 3, 4, DEPTH));
  }

  /** Creates a pass; log-probabilities and means are computed from the target. */
  private ForcedPass pass(
      Memory memory,
      DecoderOutput decoded,
      Operand<TInt32> lengths,
      ForcedPass.Target target,
      ForcedPass.Links links) {
    Ops tf = graph.tf();
    Operand<TFloat32> chosen;
    Operand<TFloat32> mean;
    if (target instanceof ForcedPass.Tokens tokens) {
      Operand<TFloat32> all = tokens.distribution().get();
      Operand<TFloat32> truth =
          tf.oneHot(tokens.ids(), tf.constant(VOCABULARY), tf.constant(1f), tf.constant(0f));
      chosen = tf.reduceSum(tf.math.mul(all, truth), tf.constant(2));
      mean = tf.math.mean(all, tf.constant(2));
    } else {
      ForcedPass.Vectors vectors = (ForcedPass.Vectors) target;
      chosen =
          tf.math.neg(
              tf.math.mean(
                  tf.math.squaredDifference(vectors.predicted(), vectors.truth()), tf.constant(2)));
      mean = chosen;
    }
    return new ForcedPass(
        memory,
        decoded,
        lengths,
        real(chosen, lengths),
        real(mean, lengths),
        tf.zerosLike(mean),
        target,
        Optional.of(links));
  }

  private Operand<TFloat32> real(Operand<TFloat32> x, Operand<TInt32> lengths) {
    Ops tf = graph.tf();
    return tf.select(Masks.real(tf, lengths, Shapes.size(tf, x, 1)), x, tf.constant(0f));
  }

  private ForcedPass.Links links(int... rows) {
    List<int[]> kept = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      for (int[] link : LINKS) {
        if (link[0] == rows[row]) {
          kept.add(new int[] {row, link[1], link[2]});
        }
      }
    }
    Ops tf = graph.tf();
    int[] flat = kept.stream().flatMapToInt(Arrays::stream).toArray();
    return new ForcedPass.Links(
        tf.reshape(tf.constant(flat), tf.constant(new int[] {-1, 3})),
        tf.fill(tf.constant(new int[] {kept.size()}), tf.constant(1f)));
  }

  /** Returns the pass of some of the rows. */
  ForcedPass rows(int... rows) {
    Memory memory = whole.memory();
    ForcedPass.Target target =
        whole.target() instanceof ForcedPass.Tokens tokens
            ? new ForcedPass.Tokens(
                some(tokens.ids(), rows), VOCABULARY, () -> some(tokens.distribution().get(), rows))
            : new ForcedPass.Vectors(
                some(whole.vectors().truth(), rows), some(whole.vectors().predicted(), rows));
    return pass(
        new Memory(
            new Sequence(
                some(memory.sequence().values(), rows), some(memory.sequence().lengths(), rows)),
            memory.finalState().map(state -> some(state, rows)),
            memory.stride()),
        new DecoderOutput(
            some(whole.decoded().outputs(), rows),
            whole.decoded().weights().map(weights -> some(weights, rows)),
            NamedTensors.EMPTY),
        some(whole.lengths(), rows),
        target,
        links(rows));
  }

  private <T extends TType> Operand<T> some(Operand<T> x, int... rows) {
    return graph.rows(x, rows);
  }

  /** Returns the pass with two more positions of padding, and garbage in all padding. */
  ForcedPass padded() {
    Ops tf = graph.tf();
    Operand<TInt32> lengths = whole.lengths();
    ForcedPass.Target target;
    if (whole.target() instanceof ForcedPass.Tokens tokens) {
      Operand<TFloat32> all = garbage(tokens.distribution().get(), lengths);
      Operand<TInt32> ids =
          tf.pad(tokens.ids(), tf.constant(new int[][] {{0, 0}, {0, 2}}), tf.constant(0));
      target = new ForcedPass.Tokens(ids, VOCABULARY, () -> all);
    } else {
      target =
          new ForcedPass.Vectors(
              garbage(whole.vectors().truth(), lengths),
              garbage(whole.vectors().predicted(), lengths));
    }
    int[][] more = {{0, 0}, {0, 2}, {0, 0}};
    int[][] wider = {{0, 0}, {0, 0}, {0, 2}};
    return pass(
        graph.padded(whole.memory()),
        new DecoderOutput(
            tf.pad(whole.decoded().outputs(), tf.constant(more), tf.constant(0f)),
            whole
                .decoded()
                .weights()
                .map(it -> tf.pad(garbage(it, lengths), tf.constant(wider), tf.constant(0f))),
            NamedTensors.EMPTY),
        lengths,
        target,
        whole.links().orElseThrow());
  }

  private Operand<TFloat32> garbage(Operand<TFloat32> x, Operand<TInt32> lengths) {
    return graph.padded(new Sequence(x, lengths)).values();
  }

  @Override
  public void close() {
    graph.close();
  }
}
