package org.seq4j.testkit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.model.TokenOutput;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Objective;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Calls a component once, without judging its results: a class that it lacks in its own jar is
 * missed only then.
 */
final class ComponentUse {
  private static final int[] LENGTHS = {2, 1};
  private static final long DEPTH = 4;

  private ComponentUse() {}

  /** Calls a component of a kind whose interface is known here, unless it rejects the input. */
  static void of(Object component) {
    try {
      if (component instanceof Tokenizer tokenizer) {
        tokenizer.detokenize(tokenizer.tokens("Some text."));
      } else if (component instanceof LearningRateSchedule schedule) {
        var loss = new LearningRateSchedule.Series(false, List.of());
        schedule.factor(new LearningRateSchedule.Progress(1, Map.of("loss", loss)));
      } else if (component instanceof Metric metric && metric.needs().isEmpty()) {
        Metric.Text text = new Metric.Text("a b", List.of("a", "b"));
        metric.score(List.of(new Metric.Sample(text, List.of(text))));
      } else if (component instanceof Objective objective) {
        try (ForcedPassFixture passes =
            new ForcedPassFixture(objective.needs().contains(Objective.Input.VECTORS))) {
          objective.loss(passes.graph().scope(), passes.whole());
        }
      } else {
        inGraph(component);
      }
    } catch (IllegalArgumentException rejected) {
      return; // it may need other sizes; the contract of its kind knows them
    }
  }

  private static void inGraph(Object component) {
    try (GraphFixture trial = new GraphFixture(true)) {
      Memory memory =
          trial.memory(DEPTH, Map.of("layer.0.hidden", DEPTH, "layer.0.cell", DEPTH), LENGTHS);
      Operand<TFloat32> rows = trial.sample("rows", LENGTHS.length, DEPTH); // [B, D]
      if (component instanceof Encoder encoder) {
        encoder.encode(trial.scope(), memory.sequence());
      } else if (component instanceof Decoder decoder) {
        decoder.decode(trial.scope(), memory, memory.sequence());
      } else if (component instanceof Cell cell) {
        List<Operand<TFloat32>> states = cell.stateNames().stream().map(name -> rows).toList();
        NamedTensors state = NamedTensors.of(cell.stateNames(), states);
        cell.step(trial.scope(), DEPTH, List.of(rows), rows, state);
      } else if (component instanceof TokenOutput output) {
        output.logProbabilities(trial.scope(), rows, new TokenOutput.Tokens(6, Optional.empty()));
      } else if (component instanceof TokenOutput.Stateful output) {
        StatefulOutputChecks.someStep(output, trial, trial.scope(), rows, new int[] {0, 1});
      } else if (component instanceof AttentionMechanism mechanism) {
        NamedTensors prepared = mechanism.prepare(trial.scope(), memory, DEPTH);
        StatefulAttention attention = StatefulAttention.of(mechanism);
        attention.attend(
            trial.scope(),
            prepared,
            trial.tf().expandDims(rows, trial.tf().constant(1)),
            trial.tf().constant(0),
            attention.initialState(trial.scope(), prepared));
      } else if (component instanceof Optimizer optimizer) {
        Operand<TFloat32> variable = trial.tf().withName("x").variable(Shape.of(2), TFloat32.class);
        optimizer.update(
            trial.tf(),
            new Optimizer.Update(
                variable,
                trial.tf().constant(new float[] {1, 2}),
                trial.tf().constant(0.1f),
                trial.tf().constant(1L),
                (name, shape) -> trial.tf().variable(shape, TFloat32.class)));
      }
    }
  }
}
