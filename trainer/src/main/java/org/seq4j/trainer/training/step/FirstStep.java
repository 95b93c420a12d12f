package org.seq4j.trainer.training.step;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.TrainingException;

/** The first step of a run, with checks of the components that only a run of the graph allows. */
final class FirstStep {
  private static final int SOURCES = 8; // of the batch

  private FirstStep() {}

  /**
   * Runs the step.
   *
   * @param source the space of sources; an encoder may leave out columns at their end
   * @throws TrainingException if the encoder has another stride than it says, or if the step
   *     changes no parameter, although the gradient is not zero
   */
  static TrainingGraph.Step of(
      TrainingGraph graph, SequenceSpace source, Batch batch, StepSettings settings) {
    if (!source.isAbsent()) {
      checkStride(graph.predictor(), source, batch);
    }
    Map<String, SafeTensors.Array> before = graph.read();
    TrainingGraph.Step step = graph.step(1, batch, settings);
    if (step.gradientNorm() > 0 && graph.learningRate(settings) > 0 && !changed(graph, before)) {
      throw new TrainingException(
          "step 1 has changed no parameter: the norm of the gradients is %s and the learning rate %s. The optimizer's update must return the op that assigns the new value to the variable; or the learning rate is too small"
              .formatted(step.gradientNorm(), graph.learningRate(settings)),
          null);
    }
    return step;
  }

  private static void checkStride(Predictor predictor, SequenceSpace source, Batch batch) {
    List<SequenceData> sources =
        List.copyOf(
            batch.source().sequences().subList(0, Math.min(SOURCES, batch.source().rows())));
    List<float[][]> encoded = predictor.encode(Sources.of(sources));
    int stride = predictor.stride();
    for (int i = 0; i < sources.size(); i++) {
      int length = sources.get(i).length();
      int expected = (length + stride - 1) / stride;
      int outputs = encoded.get(i).length;
      boolean ofFirstColumns = source.columns().isPresent() && outputs < expected;
      if (outputs != expected && !ofFirstColumns) {
        throw new TrainingException(
            String.format(
                Locale.ROOT,
                "the encoder says that its stride is %d, but has %d outputs for a source of %d"
                    + " positions: expected %d. Memory has the number of source positions per"
                    + " output",
                stride,
                outputs,
                length,
                expected),
            null);
      }
    }
  }

  private static boolean changed(TrainingGraph graph, Map<String, SafeTensors.Array> before) {
    Map<String, SafeTensors.Array> after = graph.read();
    return graph.parameters().stream()
        .anyMatch(path -> !Arrays.equals(before.get(path).values(), after.get(path).values()));
  }
}
