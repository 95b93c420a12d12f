package org.seq4j.rnn;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The stacked layers of a decoder.
 *
 * @param dropout dropout rate of the input of each layer except the first; the caller applies it
 *     there
 * @param residual whether residual connections add a layer's input to its output, from the second
 *     layer on
 */
record Stack(Layer layer, int layers, float dropout, boolean residual) {

  /**
   * The result of one step of all layers.
   *
   * @param output output of the last layer, {@code [B, U]}
   * @param state states of all layers, {@code [B, U]} each
   */
  record Stepped(Operand<TFloat32> output, NamedTensors state) {}

  /**
   * Returns a state of zeros, {@code [B, U]} each, named {@code layer.N.NAME}, with B as in {@code
   * like}.
   */
  NamedTensors zeroState(Scope scope, Operand<? extends TType> like) {
    NamedTensors zeros = NamedTensors.EMPTY;
    for (int n = 0; n < layers; n++) {
      zeros = zeros.with(Layer.name(n), layer.zeroState(scope, like));
    }
    return zeros;
  }

  /**
   * Returns the masks of variational dropout, {@code [B, U]} for each layer; empty without dropout.
   */
  NamedTensors recurrentMasks(Scope scope, Operand<? extends TType> like) {
    NamedTensors masks = NamedTensors.EMPTY;
    for (int n = 0; n < layers; n++) {
      Optional<Operand<TFloat32>> mask = layer.recurrentMask(Layer.scope(scope, n), like);
      masks = mask.isPresent() ? masks.with(Layer.name(n), mask.get()) : masks;
    }
    return masks;
  }

  /** Returns the mask of one layer, from {@link #recurrentMasks}. */
  static Optional<Operand<TFloat32>> recurrentMask(NamedTensors masks, int n) {
    return masks.has(Layer.name(n)) ? Optional.of(masks.floats(Layer.name(n))) : Optional.empty();
  }

  /**
   * Computes one step.
   *
   * @param inputs inputs of the first layer, {@code [B, D_i]} each
   * @param masks from {@link #recurrentMasks}
   */
  Stepped step(
      Scope scope, List<Operand<TFloat32>> inputs, NamedTensors state, NamedTensors masks) {
    Operand<TFloat32> x = inputs.get(0);
    NamedTensors next = NamedTensors.EMPTY;
    for (int n = 0; n < layers; n++) {
      Scope at = Layer.scope(scope, n);
      NamedTensors after =
          layer.step(
              at,
              n == 0 ? inputs : List.of(at.dropout(x, dropout)),
              state.under(Layer.name(n)),
              recurrentMask(masks, n));
      x = above(at, n, x, layer.output(after)); // [B, U]
      next = next.with(Layer.name(n), after);
    }
    return new Stepped(x, next);
  }

  /**
   * Computes all steps, layer by layer, so that the products of each layer with its input are
   * computed at once.
   *
   * @param inputs inputs of the first layer, {@code [B, T, D_i]} each
   * @param lengths {@code [B]}
   * @param masks from {@link #recurrentMasks}
   * @return {@code [B, T, U]}, zero beyond each length
   */
  Operand<TFloat32> run(
      Scope scope,
      NamedTensors inputs,
      Operand<TInt32> lengths,
      NamedTensors initialState,
      NamedTensors masks) {
    Operand<TFloat32> x = inputs.floats(Layer.INPUT);
    for (int n = 0; n < layers; n++) {
      Scope at = Layer.scope(scope, n);
      NamedTensors ofLayer = n == 0 ? inputs : NamedTensors.of(Layer.INPUT, at.dropout(x, dropout));
      Loop.ScanOutput scanned =
          layer.run(
              at,
              ofLayer,
              lengths,
              initialState.under(Layer.name(n)),
              recurrentMask(masks, n),
              Loop.Direction.FORWARD);
      x = above(at, n, x, scanned.outputs().floats(Layer.OUTPUT)); // [B, T, U]
    }
    return x;
  }

  private Operand<TFloat32> above(
      Scope scope, int n, Operand<TFloat32> input, Operand<TFloat32> output) {
    return residual && n > 0 ? scope.tf().math.add(output, input) : output;
  }
}
