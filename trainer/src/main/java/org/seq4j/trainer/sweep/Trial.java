package org.seq4j.trainer.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.runtime.run.RunDirectory;

/**
 * A run of a sweep.
 *
 * @param number from 1
 * @param config the experiment's file
 * @param values of the keys that are varied, in the order of the sweep's
 * @param run its folder
 * @param measure how its validations are compared
 */
public record Trial(
    int number, Path config, Map<String, String> values, RunDirectory run, Measure measure) {

  /** Makes the values unchangeable. */
  public Trial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The measure by which validations are compared.
   *
   * @param name "loss", or a metric's
   * @param higherIsBetter whether more of it is better
   */
  public record Measure(String name, boolean higherIsBetter) {

    Optional<Double> of(JsonNode validation) {
      JsonNode value =
          name.equals("loss") ? validation.path(name) : validation.at("/metrics/" + name);
      return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
    }

    Comparator<Double> bestFirst() {
      return higherIsBetter ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }
  }

  /**
   * Reads how far it is from its run's folder.
   *
   * @throws org.seq4j.runtime.io.RunException if the logs there are damaged
   */
  public TrialResult result() {
    return TrialResult.read(this);
  }

  /**
   * The values as {@code --set} and {@code Experiment.load} take them, "model.encoder.units=64".
   */
  public List<String> overrides() {
    return overrides(values);
  }

  static List<String> overrides(Map<String, String> values) {
    return values.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
  }

  /** The values in short: "learning_rate=0.001 units=64". */
  public String label() {
    return values.entrySet().stream()
        .map(it -> it.getKey().substring(it.getKey().lastIndexOf('.') + 1) + "=" + it.getValue())
        .collect(Collectors.joining(" "));
  }
}
