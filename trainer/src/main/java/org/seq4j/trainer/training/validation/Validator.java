package org.seq4j.trainer.training.validation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.evaluation.Diagnosis;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.Evaluator;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;
import org.seq4j.trainer.training.state.TrainingException;

/** Evaluates a model on the validation data. */
public final class Validator {
  private static final int REHEARSED = 8; // examples

  private static final int ATTENDED = 50; // max answers to compute attention for

  private final Predictor predictor;
  private final TrainingData data;
  private final Batching batching;
  private final Evaluator evaluator;
  private final TranslationConfig config;
  private final ComponentContext context;
  private Optional<ValidationSearch> search = Optional.empty(); // made when the data are read

  /**
   * The results of a validation.
   *
   * @param loss the mean negative log-probability of true tokens, end tokens included; for targets
   *     of vectors, the mean squared error with teacher forcing
   * @param evaluation the evaluation of the hypotheses
   * @param attended some answers with attention weights; none for vectors
   * @param diagnosis the diagnosis of the hypotheses; empty for vectors
   */
  public record Measured(
      double loss,
      Evaluation evaluation,
      List<Translation> attended,
      Optional<Diagnosis> diagnosis) {

    /** Returns the loss and all metrics by name. */
    public Map<String, Double> values() {
      Map<String, Double> values = new LinkedHashMap<>();
      values.put(EarlyStoppingConfig.LOSS, loss);
      evaluation.scores().forEach(score -> values.put(score.name(), score.value()));
      return values;
    }
  }

  public Validator(
      Predictor predictor,
      TrainingData data,
      Batching batching,
      Evaluator evaluator,
      TranslationConfig config,
      ComponentContext context) {
    this.predictor = predictor;
    this.data = data;
    this.batching = batching;
    this.evaluator = evaluator;
    this.config = config;
    this.context = context;
  }

  /**
   * Asks each metric for the score of a few references, before the first step: a metric whose code
   * fails should not do so after an epoch.
   *
   * @throws TrainingException if a score is NaN
   */
  public void rehearse() {
    if (data.dev().isRead()) {
      evaluator.rehearse(data.dev().examples().stream().limit(REHEARSED).toList(), data.target());
    }
  }

  /**
   * Computes the loss of the current model.
   *
   * @throws TrainingException if it is NaN or infinite
   */
  public double loss(long step) {
    double loss = loss();
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "step %d: the loss on the validation data is %s: training has diverged. The"
                  + " checkpoints saved before are unchanged. Lower the learning rate, or set or"
                  + " lower training.clip_norm",
              step,
              loss));
    }
    return loss;
  }

  /**
   * Evaluates the answers of the current model.
   *
   * @param loss the result of {@link #loss(long)}
   */
  public Measured validate(double loss) {
    Translator translator =
        new Translator(predictor, data.source(), data.target(), config, context);
    ValidationSearch validating = search();
    Evaluation evaluation = evaluator.evaluate(translator, data.dev().examples(), validating);
    if (!(data.target() instanceof TextCodec) || data.source().isAbsent()) {
      return new Measured(loss, evaluation, List.of(), Optional.empty());
    }
    List<Translation> attended =
        translator.translateAll(
            data.dev().examples().stream().limit(ATTENDED).map(Example::source).toList(),
            validating,
            true);
    List<float[][]> encoded =
        predictor.encode(
            Sources.of(
                data.dev().pairs().pairs().stream()
                    .limit(ATTENDED)
                    .map(EncodedPair::source)
                    .toList()));
    Diagnosis diagnosis = Diagnosis.of(evaluation, referenceTokens(), attended, encoded);
    return new Measured(loss, evaluation, attended, Optional.of(diagnosis));
  }

  private ValidationSearch search() {
    if (search.isEmpty()) {
      List<ExampleValue> references =
          data.dev().examples().stream().flatMap(it -> it.targets().stream()).toList();
      search =
          Optional.of(
              new ValidationSearch(
                  config.search(),
                  data.source(),
                  config.source().maxPositions(),
                  ValidationSearch.longest(data.target(), references)));
    }
    return search.get();
  }

  private long referenceTokens() {
    long tokens = 0;
    for (Example example : data.dev().examples()) {
      tokens += data.target().length(example.target());
    }
    return tokens;
  }

  private double loss() {
    double sum = 0;
    long tokens = 0;
    int end = data.target().space().isVectors() ? 0 : 1;
    for (Batch batch : batching.byLength(data.dev().pairs().pairs())) {
      List<EncodedPair> pairs =
          Arrays.stream(batch.indices()).mapToObj(data.dev().pairs().pairs()::get).toList();
      double[] scores =
          predictor.score(
              Sources.of(pairs.stream().map(EncodedPair::source).toList()),
              pairs.stream().map(EncodedPair::target).toList());
      for (int i = 0; i < scores.length; i++) {
        if (!skipped(scores[i])) {
          sum -= scores[i];
          tokens += pairs.get(i).target().length() + (long) end;
        }
      }
    }
    return sum / tokens;
  }

  /**
   * CTC alone cannot align a target to too few encoder outputs; its loss skips these pairs, too.
   */
  private boolean skipped(double score) {
    return score == Double.NEGATIVE_INFINITY
        && predictor instanceof TokenPredictor model
        && model.isCtcAlone();
  }
}
