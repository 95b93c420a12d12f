package org.seq4j.trainer.training.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.runtime.graph.Parameters;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.training.config.OuterConfig;

/**
 * The update of parameters after a round, with its momentum (Douillard et al. 2023, algorithm 1,
 * with Nesterov momentum as the outer optimizer). For a parameter x, the mean y of the workers'
 * values and a momentum m, which is 0 at first:
 *
 * <pre>
 * m = momentum m + (x - y)
 * x = x - rate ((x - y) + momentum m)
 * </pre>
 *
 * <p>Other variables, such as slots of the optimizer, become their mean. So do parameters without a
 * config.
 */
public final class OuterUpdate {
  private static final String PREFIX = Parameters.OUTER;

  private final Optional<OuterConfig> config;
  private final Map<String, SafeTensors.Array> momentum = new LinkedHashMap<>(); // by parameter

  /**
   * Creates the update before the first round.
   *
   * @param config the config; empty to use the mean
   */
  public OuterUpdate(Optional<OuterConfig> config, TrainingGraph graph) {
    this.config = config;
    if (config.isPresent()) {
      List<String> trained = graph.parameters();
      graph
          .read()
          .forEach(
              (path, array) -> {
                if (trained.contains(path)) {
                  float[] zeros = new float[array.values().length];
                  momentum.put(path, new SafeTensors.Array(array.shape(), zeros));
                }
              });
    }
  }

  /**
   * Returns the variables after a round.
   *
   * @param before the variables at its beginning, by path
   * @param mean the mean of the workers' variables at its end, by path
   */
  public Map<String, SafeTensors.Array> after(
      Map<String, SafeTensors.Array> before, Map<String, SafeTensors.Array> mean) {
    Map<String, SafeTensors.Array> after = new LinkedHashMap<>(mean);
    momentum.forEach(
        (path, moved) -> {
          float[] from = before.get(path).values();
          float[] to = mean.get(path).values();
          float[] updated = updated(config.orElseThrow(), from, to, moved.values());
          after.put(path, new SafeTensors.Array(moved.shape(), updated));
        });
    return after;
  }

  private static float[] updated(OuterConfig config, float[] from, float[] to, float[] moved) {
    float[] updated = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      double change = (double) from[i] - to[i];
      moved[i] = (float) (config.momentum() * moved[i] + change);
      updated[i] = (float) (from[i] - config.rate() * (change + config.momentum() * moved[i]));
    }
    return updated;
  }

  /** Returns the momentum by name, for checkpoints. */
  Map<String, SafeTensors.Array> read() {
    Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
    momentum.forEach(
        (path, array) ->
            arrays.put(
                PREFIX + path, new SafeTensors.Array(array.shape(), array.values().clone())));
    return arrays;
  }

  /** Sets the momentum to what {@link #read} returned. Other names are ignored. */
  void assign(Map<String, SafeTensors.Array> arrays) {
    momentum.replaceAll((path, array) -> arrays.get(PREFIX + path));
  }

  /** Returns true for a name of {@link #read}. */
  boolean owns(String name) {
    return name.startsWith(PREFIX) && momentum.containsKey(name.substring(PREFIX.length()));
  }
}
