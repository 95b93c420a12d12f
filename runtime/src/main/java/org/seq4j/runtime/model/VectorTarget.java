package org.seq4j.runtime.model;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.VectorOutput;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.batch.FeatureBatch;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A target of vectors, each predicted after the previous one. The loss is the mean squared error.
 *
 * @param depth size of a vector
 */
public record VectorTarget(Decoder decoder, VectorOutput output, int depth) implements Target {
  private static final String VECTOR = "frame";
  private static final String DECODER = "decoder";

  @Override
  public SequenceSpace space() {
    return SequenceSpace.ofVectors(depth);
  }

  @Override
  public boolean copies() {
    return false;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, SequenceBatch sources) {
    return ComponentException.notNull(
        decoder, "prepare", decoder.prepare(scope.child(DECODER), memory));
  }

  @Override
  public ForcedPass score(
      Scope scope,
      Memory memory,
      SequenceBatch sources,
      SequenceBatch targets,
      Optional<SamplingPolicy> feedback) {
    Ops tf = scope.tf();
    Operand<TFloat32> truth = ((FeatureBatch) targets).frames(); // [B, T, D]
    Operand<TInt32> lengths = targets.lengths();
    Operand<TInt32> steps = Shapes.size(tf, truth, 1);
    Operand<TFloat32> before = // zeros first: [B, T + 1, D]
        tf.pad(truth, tf.constant(new int[][] {{0, 0}, {1, 0}, {0, 0}}), tf.constant(0f));
    Operand<TInt32> size = tf.stack(List.of(tf.constant(-1), steps, tf.constant(depth)));
    DecoderOutput decoded =
        ComponentException.notNull(
            decoder,
            "decode",
            decoder.decode(
                scope.child(DECODER),
                memory,
                new Sequence(tf.slice(before, tf.constant(new int[3]), size), lengths)));
    Operand<TFloat32> predicted = vectors(scope, decoded.outputs());
    Operand<TFloat32> errors = // [B, T]
        tf.math.mean(tf.math.squaredDifference(predicted, truth), tf.constant(2));
    Operand<TFloat32> scores =
        tf.select(Masks.real(tf, lengths, steps), tf.math.neg(errors), tf.constant(0f));
    return new ForcedPass(
        memory,
        decoded,
        lengths,
        scores,
        scores, // for vectors, the mean log-probability equals the log-probability
        tf.zerosLike(scores),
        new ForcedPass.Vectors(truth, predicted),
        Optional.empty());
  }

  private Operand<TFloat32> vectors(Scope scope, Operand<TFloat32> outputs) {
    return ComponentException.notNull(
        output, "vectors", output.vectors(scope.child("output"), outputs, depth));
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return ComponentException.notNull(
        decoder, "initialState", decoder.initialState(scope.child(DECODER), prepared));
  }

  /**
   * Generates targets: each vector is predicted after the model's own previous one.
   *
   * @param prepared one row per source
   * @param lengths number of vectors of each target, {@code [B]}
   * @return {@code [B, T, D]}, zero beyond each length
   */
  public Operand<TFloat32> generate(Scope scope, NamedTensors prepared, Operand<TInt32> lengths) {
    Ops tf = scope.tf();
    Operand<TInt32> rows = Shapes.size(tf, lengths, 0);
    Operand<TInt32> steps = tf.reduceMax(lengths, tf.constant(0));
    Operand<TFloat32> first = tf.fill(tf.stack(List.of(rows, tf.constant(depth))), tf.constant(0f));
    NamedTensors initial =
        NamedTensors.of(VECTOR, Shapes.flatten(tf, first, depth))
            .with(DECODER, initialState(scope, prepared));
    Operand<TFloat32> clock = // its length determines the number of steps
        tf.fill(tf.stack(List.of(rows, steps, tf.constant(1))), tf.constant(0f));
    return scope
        .scan(
            prepared,
            NamedTensors.of("clock", clock),
            lengths,
            initial,
            Loop.Direction.FORWARD,
            this::step)
        .outputs()
        .floats(VECTOR);
  }

  private Loop.StepOutput step(
      Scope scope,
      NamedTensors prepared,
      NamedTensors input,
      Operand<TInt32> position,
      NamedTensors state) {
    Decoder.Step step =
        decoder.step(
            scope.child(DECODER), prepared, state.floats(VECTOR), position, state.under(DECODER));
    Operand<TFloat32> vector = vectors(scope, step.output());
    return new Loop.StepOutput(
        NamedTensors.of(VECTOR, vector),
        NamedTensors.of(VECTOR, vector).with(DECODER, step.state()));
  }
}
