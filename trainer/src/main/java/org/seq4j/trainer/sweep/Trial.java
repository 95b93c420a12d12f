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
 * @param number the number of the trial, from 1
 * @param config the config file of the experiment
 * @param values the values of the varied keys, in the order of the sweep
 * @param run the folder of the run
 * @param measure the measure by which validations are compared
 */
public record Trial(
    int number, Path config, Map<String, String> values, RunDirectory run, Measure measure) {

  /** Copies the values. */
  public Trial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The measure by which validations are compared.
   *
   * @param name "loss", or the name of a metric
   * @param higherIsBetter true if higher values are better
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
   * Reads the result of the trial from the folder of its run.
   *
   * @throws org.seq4j.runtime.io.RunException if the logs there are damaged
   */
  public TrialResult result() {
    return TrialResult.read(this);
  }

  /**
   * Returns the values in the syntax of {@code --set} and {@code Experiment.load},
   * "model.encoder.units=64".
   */
  public List<String> overrides() {
    return overrides(values);
  }

  static List<String> overrides(Map<String, String> values) {
    return values.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
  }

  /** Returns the values in short form: "learning_rate=0.001 units=64". */
  public String label() {
    return values.entrySet().stream()
        .map(it -> it.getKey().substring(it.getKey().lastIndexOf('.') + 1) + "=" + it.getValue())
        .collect(Collectors.joining(" "));
  }
}
