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
 * Where training is: all that going on takes beside the variables. Immutable.
 *
 * @param seed of the experiment
 * @param step how many steps have been made
 * @param epochs how many epochs have been gone through to their end
 * @param batch how many batches of the next epoch have been used
 * @param bests the best validations so far, best first
 * @param sinceBest how many validations there were since the best
 * @param validations what each validation gave, by the name of the measure, oldest first
 * @param unlogged what the steps gave that the log does not tell of yet
 * @param time that training has taken so far
 */
public record TrainingState(
    long seed,
    long step,
    int epochs,
    int batch,
    List<Best> bests,
    int sinceBest,
    List<Map<String, Double>> validations,
    StepTotals unlogged,
    Duration time) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static TrainingState start(long seed) {
    return new TrainingState(
        seed, 0, 0, 0, List.of(), 0, List.of(), StepTotals.EMPTY, Duration.ZERO);
  }

  /** The position in the training data after the last step. */
  public BatchPosition position() {
    return new BatchPosition(seed, epochs, batch);
  }

  /** The best validation so far. */
  public Optional<Best> best() {
    return bests.stream().findFirst();
  }

  /** The epoch that the last step was of, from 1. */
  public int epoch() {
    return batch == 0 ? Math.max(1, epochs) : epochs + 1;
  }

  public TrainingState afterStep(boolean endOfEpoch, StepTotals withStep, Duration timeNow) {
    return new TrainingState(
        seed,
        step + 1,
        endOfEpoch ? epochs + 1 : epochs,
        endOfEpoch ? 0 : batch + 1,
        bests,
        sinceBest,
        validations,
        withStep,
        timeNow);
  }

  /** The log tells of all steps. */
  public TrainingState logged() {
    return new TrainingState(
        seed, step, epochs, batch, bests, sinceBest, validations, StepTotals.EMPTY, time);
  }

  /**
   * After a validation.
   *
   * @param measures what it gave
   * @param ranked the best ones, this one among them if it is that good
   * @param isBest whether it is better than all before
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
        List.copyOf(ranked),
        isBest ? 0 : sinceBest + 1,
        List.copyOf(all),
        unlogged,
        time);
  }

  /** The same, but what was best by another measure than this is forgotten. */
  public TrainingState watching(String metric) {
    return best().filter(value -> !value.metric().equals(metric)).isEmpty()
        ? this
        : new TrainingState(seed, step, epochs, batch, List.of(), 0, validations, unlogged, time);
  }

  /** The values that a measure had in all validations, oldest first. */
  public List<Double> values(String measure) {
    return validations.stream()
        .filter(validation -> validation.containsKey(measure))
        .map(validation -> validation.get(measure))
        .toList();
  }

  /** The state as texts by name, for {@link #of}. */
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("seed", Long.toString(seed));
    texts.put("step", Long.toString(step));
    texts.put("epochs", Integer.toString(epochs));
    texts.put("batch", Integer.toString(batch));
    texts.put("validations_since_best", Integer.toString(sinceBest));
    texts.put("trained_millis", Long.toString(time.toMillis()));
    texts.put("bests", json(bests));
    texts.put("validations", json(validations.stream().map(TreeMap::new).toList()));
    texts.put("unlogged", json(unlogged));
    return texts;
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) { // of records and maps of numbers
      throw new IllegalStateException(e);
    }
  }

  /**
   * From what {@link #toTexts} gave.
   *
   * @throws IllegalArgumentException if one is missing or is not what it should be
   */
  public static TrainingState of(Map<String, String> texts) {
    try {
      return new TrainingState(
          number(texts, "seed"),
          number(texts, "step"),
          Math.toIntExact(number(texts, "epochs")),
          Math.toIntExact(number(texts, "batch")),
          JSON.readValue(text(texts, "bests"), new TypeReference<List<Best>>() {}),
          Math.toIntExact(number(texts, "validations_since_best")),
          JSON.readValue(
              text(texts, "validations"), new TypeReference<List<Map<String, Double>>>() {}),
          JSON.readValue(text(texts, "unlogged"), StepTotals.class),
          Duration.ofMillis(number(texts, "trained_millis")));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("what it tells of the training is no JSON", e);
    }
  }

  /**
   * A whole number among texts by name.
   *
   * @throws IllegalArgumentException if it is missing or none
   */
  public static long number(Map<String, String> texts, String key) {
    return Long.parseLong(text(texts, key));
  }

  private static String text(Map<String, String> texts, String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("it does not tell " + key);
    }
    return text;
  }
}
