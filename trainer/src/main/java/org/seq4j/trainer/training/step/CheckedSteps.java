package org.seq4j.trainer.training.step;

import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.training.checkpoint.Checkpointer;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.DivergedException;

/**
 * Steps of a graph, with checks: of the components in the first step, and of finite losses and
 * gradients in all.
 */
record CheckedSteps(TrainingGraph graph, TrainingData data, Checkpointer saver) {

  /**
   * Makes a step.
   *
   * @param number its number, from 1
   */
  TrainingGraph.Step make(long number, Batch batch, StepSettings settings) {
    try {
      return number == 1 && settings.worker() == 0
          ? FirstStep.of(graph, data.source().space(), batch, settings)
          : graph.step(number, batch, settings);
    } catch (DivergedException e) {
      throw new DivergenceDump(graph, data, saver).save(batch, settings, e);
    }
  }
}
