package org.seq4j.trainer.training.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * All numbers that training changes: parameters, slots of the optimizer, and the momentum of the
 * update after a round.
 *
 * @param graph the graph with parameters and slots
 * @param outer the update after a round
 */
public record TrainingVariables(TrainingGraph graph, OuterUpdate outer) {

  /** Returns the values by path. */
  public Map<String, SafeTensors.Array> read() {
    Map<String, SafeTensors.Array> all = new LinkedHashMap<>(graph.read());
    all.putAll(outer.read());
    return all;
  }

  /** Sets the values to what {@link #read} returned. */
  public void assign(Map<String, SafeTensors.Array> arrays) {
    Map<String, SafeTensors.Array> ofGraph = new LinkedHashMap<>(arrays);
    ofGraph.keySet().removeIf(outer::owns);
    graph.assign(ofGraph);
    outer.assign(arrays);
  }
}
