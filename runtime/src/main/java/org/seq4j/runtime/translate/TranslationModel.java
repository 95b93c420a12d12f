package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.inference.EnsemblePredictor;
import org.seq4j.runtime.inference.ForcedTarget;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.SearchConfig;

/**
 * A model or an ensemble with its codecs.
 *
 * @param runs runs of the models, as far as they come from runs
 * @param owned resource that closing this model closes
 * @param joined a model of whole targets that joins, if any
 */
record TranslationModel(
    SourceReader reader,
    TargetSide targets,
    List<LoadedRun> runs,
    AutoCloseable owned,
    Optional<JoinedModel> joined)
    implements AutoCloseable {

  /** Creates a model from a predictor, which the caller closes. */
  static TranslationModel of(
      Predictor predictor,
      SequenceCodec source,
      SequenceCodec target,
      TranslationConfig config,
      ComponentContext context) {
    return new TranslationModel(
        new SourceReader(List.of(source)),
        TargetSide.of(predictor, target, config, context, Optional.empty()),
        List.of(),
        () -> {},
        Optional.empty());
  }

  /** Creates a model from a run; closing it closes the run. */
  static TranslationModel of(LoadedRun run) {
    return of(run.predictor(), List.of(run), run);
  }

  /**
   * Creates an ensemble from runs; closing it closes them.
   *
   * @throws RunException if they cannot form an ensemble
   */
  static TranslationModel ensemble(List<LoadedRun> runs, double[] weights) {
    LoadedRun first = runs.get(0);
    for (LoadedRun run : runs) {
      if (run.source().isReversed() != first.source().isReversed()) {
        throw cannotJoin(
            first,
            run,
            "they read sources in opposite orders; score the --n-best answers of one by the other");
      }
      if (run.target().isReversed() != first.target().isReversed()) {
        throw cannotJoin(
            first,
            run,
            "one writes from left to right and one from right to left; score the --n-best answers of"
                + " one by the other");
      }
      if (!run.target().knownTokens().equals(first.target().knownTokens())) {
        throw cannotJoin(first, run, "their target vocabularies differ");
      }
    }
    try {
      List<Predictor> models = runs.stream().map(LoadedRun::predictor).toList();
      return of(EnsemblePredictor.of(models, weights), runs, () -> runs.forEach(LoadedRun::close));
    } catch (RequestException e) {
      throw new RunException(e.getMessage(), e);
    }
  }

  private static RunException cannotJoin(LoadedRun first, LoadedRun run, String reason) {
    return new RunException(
        "%s and %s cannot form an ensemble: %s"
            .formatted(first.directory().path(), run.directory().path(), reason));
  }

  private static TranslationModel of(
      Predictor predictor, List<LoadedRun> runs, AutoCloseable owned) {
    LoadedRun first = runs.get(0);
    return new TranslationModel(
        new SourceReader(runs.stream().map(LoadedRun::source).toList()),
        TargetSide.of(
            predictor,
            first.target(),
            first.config(),
            first.context(),
            Optional.of(first::openOther)),
        List.copyOf(runs),
        owned,
        Optional.empty());
  }

  /**
   * Returns this model with another one that joins.
   *
   * @throws RunException if they do not have the same tokens
   */
  TranslationModel joinedBy(JoinedModel other) {
    other.check(reader.first(), targets);
    return new TranslationModel(reader, targets, runs, owned, Optional.of(other));
  }

  Predictor predictor() {
    return targets.predictor();
  }

  ReadSource read(ExampleValue source) {
    return targets.copyable(reader.read(source));
  }

  /**
   * Checks that the model supports a request.
   *
   * @throws RequestException if it does not
   */
  void check(TranslationRequest request) {
    joined.ifPresent(it -> it.check(request));
  }

  /** Returns a sentence for each rule without effect, and for each difference of joined models. */
  List<String> warnings(SearchConfig asked) {
    List<String> warnings = new ArrayList<>(targets.warnings(asked));
    joined.ifPresent(it -> warnings.addAll(it.warnings(reader.first(), targets.codec())));
    return warnings;
  }

  /**
   * Checks that the model supports a search.
   *
   * @throws RequestException if it does not
   */
  void check(SearchConfig asked) {
    if (reader.first().isAbsent()) {
      throw new RequestException(
          "a language model has no source to translate: score texts with it, or name it in"
              + " search.language_model of another model");
    }
    if (asked.languageModel().isPresent() && targets instanceof TokenSide side) {
      side.languageModels().of(asked);
    }
    checkCtc(asked);
    if (asked.needsAttention() && !predictor().hasAttention()) {
      throw new RequestException(
          "search: ranking.coverage_penalty and unknown: copy need a model with attention");
    }
    if (asked.unknown() == SearchConfig.Unknown.COPY && predictor().stride() > 1) {
      throw new RequestException(
          "search: unknown: copy needs an encoder of stride 1, but the stride of this"
              + " one is "
              + predictor().stride());
    }
    if (asked.type() == SearchConfig.Type.SAMPLING && asked.ranking().coveragePenalty() > 0) {
      throw new RequestException(
          "search: ranking.coverage_penalty needs type: beam or greedy; sampling does"
              + " not rank");
    }
  }

  private void checkCtc(SearchConfig asked) {
    if (!asked.ctc().isUsed()) {
      return;
    }
    if (!(predictor() instanceof TokenPredictor model) || !model.hasCtc()) {
      throw new RequestException(
          "search: ctc.weight needs a model trained with the objective ctc, and so each model of an"
              + " ensemble; set it to 0");
    }
    if (model.copies()) {
      throw new RequestException(
          "search: ctc.weight needs a model that does not copy: CTC has no scores for copied"
              + " tokens; set it to 0");
    }
    if (asked.ctc().isAlone() && asked.needsAttention()) {
      throw new RequestException(
          "search: ranking.coverage_penalty and unknown: copy need attention, which a search with"
              + " ctc.weight: 1 does not compute; lower the weight");
    }
  }

  /** Implements {@link Translator#hasCtc()}. */
  boolean hasCtc() {
    return predictor() instanceof TokenPredictor model && model.hasCtc() && !model.copies();
  }

  /** Implements {@link Translator#posteriors(List)}. */
  List<CtcScorer.Posteriors> posteriors(List<ExampleValue> sources) {
    if (!hasCtc() || !(predictor() instanceof TokenPredictor model)) {
      throw new RequestException("CTC needs a model trained with the objective ctc");
    }
    return model.posteriors(reader.together(sources.stream().map(this::read).toList()));
  }

  /** Implements {@link Translator#force(List)}. */
  List<Metric.ForcedScore> force(List<ExampleValue> sources, List<ExampleValue> given) {
    List<ReadSource> read = readFor(sources, given);
    List<SequenceData> encoded = encode(read, given);
    return predictor().force(reader.together(read), encoded);
  }

  /** Implements {@link Translator#align(List)}. */
  List<Translation> align(List<ExampleValue> sources, List<ExampleValue> given) {
    predictor().checkAlignment();
    List<ReadSource> read = readFor(sources, given);
    Sources together = reader.together(read);
    List<ForcedTarget> forced = predictor().align(together, encode(read, given));
    return IntStream.range(0, read.size())
        .mapToObj(i -> aligned(sources.get(i), read.get(i), given.get(i), forced.get(i)))
        .toList();
  }

  private Translation aligned(
      ExampleValue source, ReadSource read, ExampleValue given, ForcedTarget forced) {
    double score = forced.forced().logProbability();
    return inTextOrder(
        new Translation(
            source.text(),
            read.tokens(),
            List.of(
                new Translation.Candidate(
                    given.text(),
                    targets.codec().tokenize(given),
                    score,
                    score,
                    Ending.END,
                    forced.attention())),
            read.cut()));
  }

  /** Returns a translation with its tokens in the order of the text. */
  Translation inTextOrder(Translation translation) {
    return new TextOrder(reader.first(), targets.codec()).of(translation);
  }

  private List<ReadSource> readFor(List<ExampleValue> sources, List<ExampleValue> given) {
    if (sources.size() != given.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected one target to score for each source, got %d sources and %d targets",
              sources.size(),
              given.size()));
    }
    return sources.stream().map(this::read).toList();
  }

  private List<SequenceData> encode(List<ReadSource> sources, List<ExampleValue> given) {
    List<SequenceData> encoded = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      encoded.add(targets.encode(sources.get(i), given.get(i)));
    }
    return encoded;
  }

  @Override
  public void close() {
    try {
      if (targets instanceof TokenSide side) {
        side.languageModels().close();
      }
      owned.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
