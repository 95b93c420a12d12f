package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.ComponentException;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The result of all steps of a decoder: the values of {@link Decoder.Step}, stacked over time.
 *
 * @param outputs inputs of the output layer, {@code [B, T, D]}, 0 beyond each length
 * @param weights attention weights, {@code [B, T, S]}, if the decoder has attention
 * @param losses additional terms of the loss, {@code [B, T]} each, 0 beyond each length
 */
public record DecoderOutput(
    Operand<TFloat32> outputs, Optional<Operand<TFloat32>> weights, NamedTensors losses) {

  private static final String OUTPUT = "output";
  private static final String WEIGHTS = "weights";
  private static final String LOSSES = "losses";

  /**
   * Checks the shapes that are known.
   *
   * @throws IllegalStateException if a part is null or has another number of axes, or the depth of
   *     the outputs is unknown
   */
  public DecoderOutput {
    Returned.ofDepth("the output of a decoder", outputs, "[B, T, D]");
    Returned.present("the weights of a decoder", weights)
        .ifPresent(it -> Returned.ofRank("the weights of a decoder", it, "[B, T, S]"));
    Returned.present("the losses of a decoder", losses);
  }

  /** Scans {@link Decoder#step} over the time axis of the inputs. */
  static DecoderOutput byStepping(Decoder decoder, Scope scope, Memory memory, Sequence inputs) {
    NamedTensors prepared =
        ComponentException.notNull(decoder, "prepare", decoder.prepare(scope, memory));
    Loop.ScanOutput scanned =
        scope.scan(
            prepared,
            NamedTensors.of("input", inputs.values()),
            inputs.lengths(),
            ComponentException.notNull(
                decoder, "initialState", decoder.initialState(scope, prepared)),
            Loop.Direction.FORWARD,
            (inner, constants, input, position, state) -> {
              Decoder.Step step =
                  ComponentException.notNull(
                      decoder,
                      "step",
                      decoder.step(inner, constants, input.floats("input"), position, state));
              NamedTensors outputs =
                  NamedTensors.of(OUTPUT, step.output()).with(LOSSES, step.losses());
              if (step.weights().isPresent()) {
                outputs = outputs.with(WEIGHTS, step.weights().get());
              }
              return new Loop.StepOutput(outputs, step.state());
            });
    NamedTensors outputs = scanned.outputs();
    return new DecoderOutput(
        outputs.floats(OUTPUT),
        outputs.has(WEIGHTS) ? Optional.of(outputs.floats(WEIGHTS)) : Optional.empty(),
        outputs.under(LOSSES));
  }
}
