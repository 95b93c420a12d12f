package org.seq4j.cli.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.report.RunHistory;

/**
 * A run of a sweep.
 *
 * @param number from 1
 * @param values of the keys that are varied
 * @param run its folder
 * @param measure how its validations are compared
 */
public record Trial(int number, Map<String, String> values, RunDirectory run, Measure measure) {

  /**
   * What makes a validation good.
   *
   * @param name "loss", or a metric's
   * @param higherIsBetter whether more of it is better
   */
  public record Measure(String name, boolean higherIsBetter) {

    private Optional<Double> of(JsonNode validation) {
      JsonNode value =
          name.equals("loss") ? validation.path(name) : validation.at("/metrics/" + name);
      return value.isNumber() ? Optional.of(value.asDouble()) : Optional.empty();
    }

    Comparator<Double> bestFirst() {
      return higherIsBetter ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }
  }

  /**
   * How far it is.
   *
   * @param state "not begun", "begun", or how training ended
   * @param value the best that a validation gave
   * @param step of that validation
   * @param seconds of all sessions that came to an end
   */
  public record Result(String state, Optional<Double> value, long step, double seconds) {
    private static final List<String> DONE = List.of("finished", "stopped early", "time up");

    public boolean isDone() {
      return DONE.contains(state);
    }
  }

  /** What is noted of it. */
  public Result result() {
    if (!run.exists()) {
      return new Result("not begun", Optional.empty(), 0, 0);
    }
    RunHistory history = RunHistory.read(run);
    String state = "begun";
    double seconds = 0;
    for (JsonNode event : history.sessions()) {
      boolean end = event.path("event").asText().equals("end");
      state = end ? event.path("outcome").asText().replace('_', ' ') : "begun";
      seconds += event.path("seconds").asDouble();
    }
    Optional<JsonNode> best =
        history.validations().stream()
            .filter(event -> measure.of(event).isPresent())
            .min(
                Comparator.comparing(
                    event -> measure.of(event).orElseThrow(), measure.bestFirst()));
    return new Result(
        state,
        best.flatMap(measure::of),
        best.map(event -> event.path("step").asLong()).orElse(0L),
        seconds);
  }

  /** As {@code --set} takes them. */
  public List<String> overrides() {
    return values.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList();
  }

  /** In short: "learning_rate=0.001 units=64". */
  String label() {
    return values.entrySet().stream()
        .map(it -> it.getKey().substring(it.getKey().lastIndexOf('.') + 1) + "=" + it.getValue())
        .collect(Collectors.joining(" "));
  }

  /** Where its process writes what it would tell a user. */
  Path log() {
    return run.path().resolveSibling(run.path().getFileName() + ".log");
  }
}
