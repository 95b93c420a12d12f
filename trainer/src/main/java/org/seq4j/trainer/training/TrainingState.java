package org.seq4j.trainer.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seq4j.trainer.training.TrainingResult.Best;

/**
 * Where training is: all that going on takes beside the variables. Immutable.
 *
 * @param seed of the experiment
 * @param step how many steps have been made
 * @param epochs how many epochs have been gone through to their end
 * @param batch how many batches of the next epoch have been used
 * @param best the best validation so far
 * @param sinceBest how many validations there were since
 */
record TrainingState(
    long seed, long step, int epochs, int batch, Optional<Best> best, int sinceBest) {

  static TrainingState start(long seed) {
    return new TrainingState(seed, 0, 0, 0, Optional.empty(), 0);
  }

  /** The epoch that the last step was of, from 1. */
  int epoch() {
    return batch == 0 ? Math.max(1, epochs) : epochs + 1;
  }

  TrainingState afterStep(boolean endOfEpoch) {
    return endOfEpoch
        ? new TrainingState(seed, step + 1, epochs + 1, 0, best, sinceBest)
        : new TrainingState(seed, step + 1, epochs, batch + 1, best, sinceBest);
  }

  TrainingState withBest(Best newBest) {
    return new TrainingState(seed, step, epochs, batch, Optional.of(newBest), 0);
  }

  TrainingState withoutProgress() {
    return new TrainingState(seed, step, epochs, batch, best, sinceBest + 1);
  }

  /** The same, but what was best by another measure than this is forgotten. */
  TrainingState watching(String metric) {
    return best.filter(value -> !value.metric().equals(metric)).isEmpty()
        ? this
        : new TrainingState(seed, step, epochs, batch, Optional.empty(), 0);
  }

  Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("seed", Long.toString(seed));
    texts.put("step", Long.toString(step));
    texts.put("epochs", Integer.toString(epochs));
    texts.put("batch", Integer.toString(batch));
    texts.put("validations_since_best", Integer.toString(sinceBest));
    if (best.isPresent()) {
      texts.put("best_metric", best.get().metric());
      texts.put("best_value", Double.toString(best.get().value()));
      texts.put("best_step", Long.toString(best.get().step()));
    }
    return texts;
  }

  /**
   * From what {@link #toTexts} gave.
   *
   * @throws IllegalArgumentException if one is missing or is not a number
   */
  static TrainingState of(Map<String, String> texts) {
    Optional<Best> best =
        texts.containsKey("best_metric")
            ? Optional.of(
                new Best(
                    text(texts, "best_metric"),
                    Double.parseDouble(text(texts, "best_value")),
                    number(texts, "best_step")))
            : Optional.empty();
    return new TrainingState(
        number(texts, "seed"),
        number(texts, "step"),
        Math.toIntExact(number(texts, "epochs")),
        Math.toIntExact(number(texts, "batch")),
        best,
        Math.toIntExact(number(texts, "validations_since_best")));
  }

  static long number(Map<String, String> texts, String key) {
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
