package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Results of a decoder, in the ways that training and search use it. */
final class DecoderResults {
  private DecoderResults() {}

  /** Decodes like the default of {@link Decoder#decode}, with an unrolled loop. */
  static DecoderOutput byStepping(
      GraphFixture trial, Scope scope, Decoder decoder, Memory memory, Sequence inputs) {
    NamedTensors prepared = decoder.prepare(scope, memory);
    NamedTensors state = decoder.initialState(scope, prepared);
    List<List<Operand<TFloat32>>> results = new ArrayList<>();
    Decoder.Step step = null;
    for (int t = 0; t < DecoderContract.STEPS; t++) {
      Operand<TInt32> position = trial.tf().constant(t);
      step = decoder.step(scope, prepared, trial.at(inputs.values(), t), position, state);
      assertThat(step.state().names())
          .as("the names of the state that a step returns")
          .isEqualTo(state.names());
      state = step.state();
      results.add(of(step));
    }
    List<Operand<TFloat32>> alongTime = new ArrayList<>();
    for (int i = 0; i < results.get(0).size(); i++) {
      int of = i;
      alongTime.add(trial.alongTime(results.stream().map(result -> result.get(of)).toList()));
    }
    boolean looks = step.weights().isPresent();
    return new DecoderOutput(
        alongTime.get(0),
        looks ? Optional.of(alongTime.get(1)) : Optional.empty(),
        NamedTensors.of(step.losses().names(), alongTime.subList(looks ? 2 : 1, alongTime.size())));
  }

  static List<Operand<TFloat32>> of(Decoder.Step step) {
    List<Operand<TFloat32>> results = new ArrayList<>();
    results.add(step.output());
    step.weights().ifPresent(results::add);
    step.losses().names().forEach(name -> results.add(step.losses().floats(name)));
    return results;
  }

  /** Returns all results of a decoder, without padding beyond the sizes of other sequences. */
  static List<Operand<TFloat32>> of(
      GraphFixture trial, DecoderOutput decoded, Sequence inputs, Sequence like, Memory memory) {
    Operand<TInt32> lengths = inputs.lengths();
    List<Operand<TFloat32>> results = new ArrayList<>();
    results.add(trial.asLong(trial.real(decoded.outputs(), lengths), like.values()));
    if (decoded.weights().isPresent()) {
      Operand<TFloat32> weights =
          trial.asLong(trial.real(decoded.weights().get(), lengths), like.values());
      results.add(trial.asWide(weights, memory.sequence().values()));
    }
    for (String name : decoded.losses().names()) {
      Operand<TFloat32> loss =
          trial.tf().expandDims(decoded.losses().floats(name), trial.tf().constant(2));
      results.add(trial.asLong(trial.real(loss, lengths), like.values())); // [B, T, 1]
    }
    return results;
  }
}
