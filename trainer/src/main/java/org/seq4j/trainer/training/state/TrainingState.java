package org.seq4j.trainer.training.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.training.state.TrainingResult.Best;

/**
 * The state that resuming needs in addition to the variables. Immutable.
 *
 * @param seed the seed of the experiment
 * @param step the number of completed steps
 * @param epochs the number of complete epochs
 * @param batch the number of batches used in the current epoch
 * @param furtherWorkers the positions of the workers after the first in their own pairs; empty with
 *     one worker, and before the first step
 * @param bests the best validations so far, best first
 * @param sinceBest the number of validations since the best one
 * @param validations the values of each validation by name of the measure, oldest first
 * @param validationDue true if the validation after the last step is due and has not been made
 * @param unlogged the totals of steps that are not yet in the log
 * @param time the duration of training so far, over all sessions
 */
public record TrainingState(
    long seed,
    long step,
    int epochs,
    int batch,
    List<BatchPosition> furtherWorkers,
    List<Best> bests,
    int sinceBest,
    List<Map<String, Double>> validations,
    boolean validationDue,
    StepTotals unlogged,
    Duration time) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FURTHER_WORKERS = "further_workers";
  private static final String VALIDATION_DUE = "validation_due";

  public static TrainingState start(long seed) {
    return new TrainingState(
        seed, 0, 0, 0, List.of(), List.of(), 0, List.of(), false, StepTotals.EMPTY, Duration.ZERO);
  }

  /** Returns the position in the training data after the last step. */
  public BatchPosition position() {
    return new BatchPosition(seed, epochs, batch);
  }

  /** Returns the best validation so far. */
  public Optional<Best> best() {
    return bests.stream().findFirst();
  }

  /** Returns the epoch of the last step, from 1. */
  public int epoch() {
    return batch == 0 ? Math.max(1, epochs) : epochs + 1;
  }

  public TrainingState afterStep(boolean endOfEpoch, StepTotals withStep, Duration timeNow) {
    return afterRound(1, List.of(position().next(endOfEpoch)), withStep, timeNow);
  }

  /**
   * Returns the state after a round.
   *
   * @param steps the number of steps of each worker
   * @param workers the positions of all workers in their pairs
   */
  public TrainingState afterRound(
      int steps, List<BatchPosition> workers, StepTotals withRound, Duration timeNow) {
    BatchPosition first = workers.get(0);
    return new TrainingState(
        seed,
        step + steps,
        first.epoch(),
        first.batch(),
        List.copyOf(workers.subList(1, workers.size())),
        bests,
        sinceBest,
        validations,
        false,
        withRound,
        timeNow);
  }

  /** Returns the state after the log recorded all steps. */
  public TrainingState logged() {
    return new TrainingState(
        seed,
        step,
        epochs,
        batch,
        furtherWorkers,
        bests,
        sinceBest,
        validations,
        validationDue,
        StepTotals.EMPTY,
        time);
  }

  /** Returns the state before the validation that follows a step. */
  public TrainingState beforeValidation() {
    return new TrainingState(
        seed,
        step,
        epochs,
        batch,
        furtherWorkers,
        bests,
        sinceBest,
        validations,
        true,
        unlogged,
        time);
  }

  /**
   * Returns the state after a validation.
   *
   * @param measures the values of the validation
   * @param ranked the best validations, this one included if it is among them
   * @param isBest true if it is better than all before
   */
  public TrainingState afterValidation(
      Map<String, Double> measures, List<Best> ranked, boolean isBest) {
    List<Map<String, Double>> all = new ArrayList<>(validations);
    all.add(Map.copyOf(measures));
    return new TrainingState(
        seed,
        step,
        epochs,
        batch,
        furtherWorkers,
        List.copyOf(ranked),
        isBest ? 0 : sinceBest + 1,
        List.copyOf(all),
        false,
        unlogged,
        time);
  }

  /**
   * Returns the state for a watched metric. If the best validations were ranked by another metric,
   * they are dropped.
   */
  public TrainingState watching(String metric) {
    return best().filter(value -> !value.metric().equals(metric)).isEmpty()
        ? this
        : new TrainingState(
            seed,
            step,
            epochs,
            batch,
            furtherWorkers,
            List.of(),
            0,
            validations,
            validationDue,
            unlogged,
            time);
  }

  /** Returns the values of a measure in all validations, oldest first. */
  public List<Double> values(String measure) {
    return validations.stream()
        .filter(validation -> validation.containsKey(measure))
        .map(validation -> validation.get(measure))
        .toList();
  }

  /** Returns the state as texts by name, for {@link #of}. */
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("seed", Long.toString(seed));
    texts.put("step", Long.toString(step));
    texts.put("epochs", Integer.toString(epochs));
    texts.put("batch", Integer.toString(batch));
    if (!furtherWorkers.isEmpty()) {
      texts.put(FURTHER_WORKERS, json(furtherWorkers));
    }
    texts.put("validations_since_best", Integer.toString(sinceBest));
    texts.put("trained_millis", Long.toString(time.toMillis()));
    texts.put("bests", json(bests));
    texts.put("validations", json(validations.stream().map(TreeMap::new).toList()));
    texts.put(VALIDATION_DUE, Boolean.toString(validationDue));
    texts.put("unlogged", json(unlogged));
    return texts;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) { // cannot happen for records and maps of numbers
      throw new IllegalStateException(e);
    }
  }

  /**
   * Restores a state from the result of {@link #toTexts}.
   *
   * @throws IllegalArgumentException if a text is missing or invalid
   */
  public static TrainingState of(Map<String, String> texts) {
    try {
      return new TrainingState(
          number(texts, "seed"),
          number(texts, "step"),
          Math.toIntExact(number(texts, "epochs")),
          Math.toIntExact(number(texts, "batch")),
          JSON.readValue(
              texts.getOrDefault(FURTHER_WORKERS, "[]"),
              new TypeReference<List<BatchPosition>>() {}),
          JSON.readValue(text(texts, "bests"), new TypeReference<List<Best>>() {}),
          Math.toIntExact(number(texts, "validations_since_best")),
          JSON.readValue(
              text(texts, "validations"), new TypeReference<List<Map<String, Double>>>() {}),
          Boolean.parseBoolean(texts.get(VALIDATION_DUE)), // absent in older checkpoints
          JSON.readValue(text(texts, "unlogged"), StepTotals.class),
          Duration.ofMillis(number(texts, "trained_millis")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("its state of training is not valid JSON", e);
    }
  }

  /**
   * Parses an integer from texts by name.
   *
   * @throws IllegalArgumentException if the text is missing or not an integer
   */
  public static long number(Map<String, String> texts, String key) {
    return Long.parseLong(text(texts, key));
  }

  private static String text(Map<String, String> texts, String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("it has no entry " + key);
    }
    return text;
  }
}
