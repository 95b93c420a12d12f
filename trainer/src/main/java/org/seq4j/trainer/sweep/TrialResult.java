package org.seq4j.trainer.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seq4j.trainer.report.RunHistory;

/**
 * The state and the best validation of a trial.
 *
 * @param trial the trial
 * @param state "not begun", "begun", or the outcome of training: "finished", "stopped early", "time
 *     up", "interrupted"
 * @param value the best validation value of {@link Trial#measure}
 * @param step the step of that validation; 0 if there is none
 * @param seconds the total duration of all completed sessions
 */
public record TrialResult(
    Trial trial, String state, Optional<Double> value, long step, double seconds) {
  private static final List<String> DONE = List.of("finished", "stopped early", "time up");

  /** Returns true if training is complete; the trial is not run again then. */
  public boolean isDone() {
    return DONE.contains(state);
  }

  /** Returns the results of trials, the best first and those without a value last. */
  static List<TrialResult> ranked(List<Trial> trials) {
    return trials.stream()
        .map(Trial::result)
        .sorted(
            Comparator.comparing(
                (TrialResult result) -> result.value().orElse(null),
                Comparator.nullsLast(trials.get(0).measure().bestFirst())))
        .toList();
  }

  static TrialResult read(Trial trial) {
    if (!trial.run().exists()) {
      return new TrialResult(trial, "not begun", Optional.empty(), 0, 0);
    }
    RunHistory history = RunHistory.read(trial.run());
    String state = "begun";
    double seconds = 0;
    for (JsonNode event : history.sessions()) {
      boolean end = event.path("event").asText().equals("end");
      state = end ? event.path("outcome").asText().replace('_', ' ') : "begun";
      seconds += event.path("seconds").asDouble();
    }
    Trial.Measure measure = trial.measure();
    Optional<JsonNode> best =
        history.validations().stream()
            .filter(event -> measure.of(event).isPresent())
            .min(
                Comparator.comparing(
                    event -> measure.of(event).orElseThrow(), measure.bestFirst()));
    return new TrialResult(
        trial,
        state,
        best.flatMap(measure::of),
        best.map(event -> event.path("step").asLong()).orElse(0L),
        seconds);
  }
}
