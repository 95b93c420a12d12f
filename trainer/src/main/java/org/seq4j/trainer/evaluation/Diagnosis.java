package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.translate.Translation;

/**
 * Statistics of a model's answers that do not depend on references. They show known failures of
 * models before metrics do.
 *
 * @param unknown the share of unknown tokens in the hypotheses
 * @param empty the share of answers without tokens
 * @param endless the share of answers truncated at the max length
 * @param repeating the share of answers in which one to three tokens occur four times in a row
 * @param identical the share of answers that equal the most frequent answer
 * @param lengthRatio the number of tokens in answers per reference token
 * @param attentionEntropy the normalized entropy of attention, 0 (one position) to 1 (uniform);
 *     empty without attention
 * @param attentionDiagonality the closeness of the most attended position to the diagonal, 0 to 1;
 *     empty without attention
 * @param deadUnits the share of encoder units whose output is nearly constant over all inputs;
 *     empty without inputs
 */
public record Diagnosis(
    double unknown,
    double empty,
    double endless,
    double repeating,
    double identical,
    double lengthRatio,
    OptionalDouble attentionEntropy,
    OptionalDouble attentionDiagonality,
    OptionalDouble deadUnits) {
  private static final String UNKNOWN = Vocabulary.SPECIALS.get(Vocabulary.UNKNOWN);
  private static final int LONGEST_UNIT = 3;
  private static final int TIMES = 4;
  private static final double MOST = 0.5;
  private static final double MANY = 0.3;
  private static final float ALIVE = 0.01f; // min range of a unit that is alive

  /**
   * Diagnoses answers.
   *
   * @param evaluation the evaluation, with targets of tokens
   * @param referenceTokens the number of reference tokens over all examples
   * @param attended some answers with their attention weights, if any
   * @param encoded the encoder's outputs for some sources, a vector per position
   */
  public static Diagnosis of(
      Evaluation evaluation,
      long referenceTokens,
      List<Translation> attended,
      List<float[][]> encoded) {
    List<Evaluation.Answer> answers = evaluation.answers();
    Map<List<String>, Integer> counts = new HashMap<>();
    Set<String> sources = new HashSet<>();
    long tokens = 0;
    long unknown = 0;
    int empty = 0;
    int endless = 0;
    int repeating = 0;
    for (Evaluation.Answer answer : answers) {
      Translation.Candidate best = answer.translation().best();
      tokens += best.tokenTexts().size();
      unknown += best.tokenTexts().stream().filter(UNKNOWN::equals).count();
      empty += best.tokenTexts().isEmpty() ? 1 : 0;
      endless += best.finished() ? 0 : 1;
      repeating += repeats(best.tokenTexts()) ? 1 : 0;
      if (sources.add(answer.example().source().text())) {
        counts.merge(best.tokenTexts(), 1, Integer::sum);
      }
    }
    double all = answers.size();
    int mostFrequent = counts.values().stream().mapToInt(count -> count).max().orElse(0);
    return new Diagnosis(
        tokens == 0 ? 0 : (double) unknown / tokens,
        empty / all,
        endless / all,
        repeating / all,
        mostFrequent == 1 ? 0 : mostFrequent / (double) sources.size(),
        referenceTokens == 0 ? 1 : (double) tokens / referenceTokens,
        attended.stream()
            .flatMapToDouble(it -> Attention.entropies(it.best().attention()))
            .average(),
        attended.stream()
            .flatMapToDouble(it -> Attention.diagonality(it.best().attention()))
            .average(),
        deadUnits(encoded.stream().flatMap(Arrays::stream).toList()));
  }

  /** Returns the share of units that are nearly constant over all vectors. */
  static OptionalDouble deadUnits(List<float[]> vectors) {
    if (vectors.isEmpty()) {
      return OptionalDouble.empty();
    }
    int units = vectors.get(0).length;
    int dead = 0;
    for (int unit = 0; unit < units; unit++) {
      float least = Float.POSITIVE_INFINITY;
      float most = Float.NEGATIVE_INFINITY;
      for (float[] vector : vectors) {
        least = Math.min(least, vector[unit]);
        most = Math.max(most, vector[unit]);
      }
      dead += most - least < ALIVE ? 1 : 0;
    }
    return OptionalDouble.of((double) dead / units);
  }

  /** Returns true if one to three tokens occur four times in a row. */
  static boolean repeats(List<String> tokens) {
    for (int unit = 1; unit <= LONGEST_UNIT; unit++) {
      int same = 0; // consecutive tokens equal to those one unit before
      for (int i = unit; i < tokens.size(); i++) {
        same = tokens.get(i).equals(tokens.get(i - unit)) ? same + 1 : 0;
        if (same == unit * (TIMES - 1)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the statistics by name. */
  public Map<String, Double> figures() {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("unknown", unknown);
    figures.put("empty", empty);
    figures.put("endless", endless);
    figures.put("repeating", repeating);
    figures.put("identical", identical);
    figures.put("length_ratio", lengthRatio);
    attentionEntropy.ifPresent(value -> figures.put("attention_entropy", value));
    attentionDiagonality.ifPresent(value -> figures.put("attention_diagonality", value));
    deadUnits.ifPresent(value -> figures.put("dead_units", value));
    return figures;
  }

  /**
   * Returns a sentence for each known failure that the statistics suggest, with the usual remedy.
   */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    if (unknown > MOST) {
      findings.add(
          "%s of the tokens in the hypotheses are unknown: usual at the beginning; if it persists, too many tokens of the training targets are unknown (see seq4j data inspect): lower min_frequency, or use a subword tokenizer"
              .formatted(percent(unknown)));
    }
    if (identical > MOST) {
      findings.add(
          "%s of the hypotheses are the same: the model does not use the source yet; if it persists, check that sources and targets are in the same order, lower the learning rate, and give the decoder attention"
              .formatted(percent(identical)));
    }
    if (endless > MANY) {
      findings.add(
          "%s of the hypotheses reach the max length: usual at the beginning; if it persists, check that target.max_length does not skip most pairs, and train on targets of all lengths"
              .formatted(percent(endless)));
    }
    if (empty > MOST) {
      findings.add(
          "%s of the hypotheses are empty: check for empty targets in the training data, and that sources are tokenized as in training"
              .formatted(percent(empty)));
    }
    if (repeating > MANY && endless <= MANY) {
      findings.add(
          "%s of the hypotheses repeat themselves: train longer, or use attention with coverage"
              .formatted(percent(repeating)));
    }
    if (endless <= MANY && empty <= MOST && (lengthRatio < MOST || lengthRatio > 1 / MOST)) {
      findings.add(
          String.format(
              Locale.ROOT,
              "the hypotheses have %.2f times as many tokens as the references: adjust search.ranking.length_penalty, and check that training and validation data are similar",
              lengthRatio));
    }
    if (deadUnits.orElse(0) > MOST) {
      findings.add(
          "%s of the encoder's outputs are the same for every input: usual at the beginning; if it persists, too large a learning rate may have saturated them: lower it, or use a longer warmup, and start a new run"
              .formatted(percent(deadUnits.orElseThrow())));
    }
    return findings;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
