package org.seq4j.runtime.translate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.inference.EnsemblePredictor;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.SearchConfig;

/**
 * Uses a model: text in, text out; answers come in the order of the sources. May be used by several
 * threads.
 */
public final class Translator implements AutoCloseable {
  private final TranslationModel model;
  private final SearchConfig search;
  private final Map<String, String> lexicon;
  private final Batching batching;
  private final RequestBatcher<TranslationRequest, Translation> batcher;

  /**
   * Uses a predictor; its graph stays the caller's to close.
   *
   * @param config that of its run
   * @param context of the constraints that its search may have
   * @throws IllegalArgumentException if one of predictor and target is for tokens and the other for
   *     vectors
   */
  public Translator(
      Predictor predictor,
      SequenceCodec source,
      SequenceCodec target,
      TranslationConfig config,
      ComponentContext context) {
    this(
        new TranslationModel(
            new SourceReader(List.of(source)),
            TargetSide.of(predictor, target, config, context),
            () -> {}),
        config.search());
  }

  private Translator(TranslationModel model, SearchConfig search) {
    this(model, search, Map.of(), Batching.DEFAULT);
  }

  private Translator(
      TranslationModel model, SearchConfig search, Map<String, String> lexicon, Batching batching) {
    this.model = model;
    this.search = search;
    this.lexicon = Map.copyOf(lexicon);
    this.batching = batching;
    this.batcher =
        new RequestBatcher<>(
            new BatchTranslator(model, this.lexicon)::translate,
            model.predictor().threads(),
            batching.texts(),
            batching.patience().toNanos());
  }

  /**
   * How what several threads ask for is put together.
   *
   * @param texts how many go through the model together at most; one call may have more
   * @param patience how long to wait for others where there are fewer
   */
  public record Batching(int texts, Duration patience) {
    static final Batching DEFAULT = new Batching(64, Duration.ZERO);
  }

  /**
   * Loads the model of a run from its best checkpoint, with the components on the class path.
   *
   * @throws RunException if the folder is not that of a run, or something in it is damaged
   */
  public static Translator load(Path run) {
    return load(run, new PluginLoader().classPath());
  }

  /**
   * Loads the model of a run from its best checkpoint.
   *
   * @param registry of the components that the run may name, those of plugins among them
   * @throws RunException if the folder is not that of a run, or something in it is damaged
   */
  public static Translator load(Path run, ComponentRegistry registry) {
    return of(LoadedRun.open(new RunDirectory(run), registry));
  }

  /** Uses the model of a run; closing the translator closes the run. */
  public static Translator of(LoadedRun run) {
    return of(run.predictor(), List.of(run), run);
  }

  /**
   * Uses several models as an ensemble: at each step the probability of a token is the weighted
   * mean of what they give it. They have one target vocabulary; all else may differ. The ensemble
   * searches as the first run is configured.
   *
   * @param runs at least one; closing the translator closes them, failing to make it does not
   * @param weights for each a positive number
   * @throws RunException if they cannot be used together
   */
  public static Translator together(List<LoadedRun> runs, double[] weights) {
    LoadedRun first = runs.get(0);
    for (LoadedRun run : runs) {
      if (!run.target().knownTokens().equals(first.target().knownTokens())) {
        throw new RunException(
            "%s and %s cannot be used together: their target vocabularies differ"
                .formatted(first.directory().path(), run.directory().path()));
      }
    }
    try {
      List<Predictor> models = runs.stream().map(LoadedRun::predictor).toList();
      return of(EnsemblePredictor.of(models, weights), runs, () -> runs.forEach(LoadedRun::close));
    } catch (RequestException e) {
      throw new RunException(e.getMessage(), e);
    }
  }

  private static Translator of(Predictor predictor, List<LoadedRun> runs, AutoCloseable owned) {
    LoadedRun first = runs.get(0);
    return new Translator(
        new TranslationModel(
            new SourceReader(runs.stream().map(LoadedRun::source).toList()),
            TargetSide.of(predictor, first.target(), first.config(), first.context()),
            owned),
        first.config().search());
  }

  /**
   * The same model with a lexicon, for searches that copy symbols of the source in the place of
   * unknown ones; closing either closes both.
   *
   * @param other what a source symbol is called in the target
   */
  public Translator withLexicon(Map<String, String> other) {
    return new Translator(model, search, other, batching);
  }

  /** The same model with another batching; closing either closes both. */
  public Translator withBatching(Batching other) {
    return new Translator(model, search, lexicon, other);
  }

  /** How often texts went through the model so far, and how many of them. */
  public Batches batches() {
    return batcher.batches();
  }

  /**
   * What was put together so far.
   *
   * @param count how often texts went through the model
   * @param texts how many these were in all
   */
  public record Batches(long count, long texts) {}

  /** How it searches where nothing else is asked for: as the run is configured. */
  public SearchConfig search() {
    return search;
  }

  /** The source's side. */
  public SequenceCodec source() {
    return model.reader().first();
  }

  /** The target's side. */
  public SequenceCodec target() {
    return model.targets().codec();
  }

  /** Translates a text with the search that the run is configured with. */
  public Translation translate(String text) {
    return translate(List.of(text)).get(0);
  }

  /** Translates texts with the search that the run is configured with. */
  public List<Translation> translate(List<String> texts) {
    return translate(texts, search);
  }

  /** Translates texts without attention weights. */
  public List<Translation> translate(List<String> texts, SearchConfig search) {
    return translate(texts, search, false);
  }

  /**
   * Translates texts. An empty text, or one without symbols, gives an empty one. What several
   * threads ask for at the same time goes through the model together.
   *
   * @param withAttention whether to report where the model looked
   * @throws RequestException if the search asks for what the model cannot do
   * @throws SequenceFormatException if a text is not what the model reads
   * @throws IllegalStateException if the model gives no numbers: its training has diverged
   */
  public List<Translation> translate(
      List<String> texts, SearchConfig search, boolean withAttention) {
    return translateAll(values(texts), search, withAttention);
  }

  /** Translates sources that may be vectors; else as {@link #translate(List, SearchConfig)}. */
  public List<Translation> translateAll(
      List<ExampleValue> sources, SearchConfig search, boolean withAttention) {
    return translateAll(
        IntStream.range(0, sources.size())
            .mapToObj(
                i ->
                    new TranslationRequest(
                        sources.get(i), search, withAttention, i, Optional.empty()))
            .toList());
  }

  private static List<ExampleValue> values(List<String> texts) {
    return texts.stream().<ExampleValue>map(TextValue::new).toList();
  }

  /**
   * Translates a text and tells how it goes.
   *
   * @param onProgress called after each token with the best text so far (a beam may change its
   *     mind), by whichever thread computes; returning false stops the search
   */
  public Translation translate(String text, SearchConfig search, Predicate<String> onProgress) {
    return translate(
        new TranslationRequest(
            text, search, false, 0, Optional.of(soFar -> onProgress.test(soFar.get()))));
  }

  /** Translates one of several texts that each have a search of their own. */
  public Translation translate(TranslationRequest request) {
    return translateAll(List.of(request)).get(0);
  }

  /** Translates texts that each have a search of their own; the answers are in their order. */
  public List<Translation> translateAll(List<TranslationRequest> requests) {
    requests.stream().map(TranslationRequest::search).distinct().forEach(model::check);
    return batcher.call(requests);
  }

  /** Whether the model tells where it looks. */
  public boolean hasAttention() {
    return model.predictor().hasAttention();
  }

  /**
   * Translates a text, and notes how the search goes.
   *
   * @throws IllegalStateException if targets are of vectors, which are not searched for; or if the
   *     model gives no numbers: its training has diverged
   */
  public SearchTrace explore(String text, SearchConfig search) {
    return explore(new TextValue(text), search);
  }

  /** Likewise a source that may be vectors. */
  public SearchTrace explore(ExampleValue source, SearchConfig search) {
    return new BatchTranslator(model, lexicon)
        .explore(new TranslationRequest(source, search, true, 0, Optional.empty()));
  }

  /**
   * Natural logarithms of the probabilities of given targets, ends included; of vectors, minus the
   * sum of their mean squared errors.
   *
   * @param sources texts
   * @param targets a text for each
   * @throws IllegalArgumentException if there are more of one than of the other
   * @throws SequenceFormatException if a text is not what the model reads or writes
   */
  public double[] score(List<String> sources, List<String> targets) {
    return force(sources, targets).stream().mapToDouble(Metric.Forced::logProbability).toArray();
  }

  /**
   * What the model says of given targets.
   *
   * @param sources texts
   * @param targets a text for each
   * @throws IllegalArgumentException if there are more of one than of the other
   * @throws SequenceFormatException if a text is not what the model reads or writes
   */
  public List<Metric.Forced> force(List<String> sources, List<String> targets) {
    return model.force(values(sources), values(targets));
  }

  /** What the model says of the first targets of examples, which may be vectors. */
  public List<Metric.Forced> force(List<Example> examples) {
    return model.force(
        examples.stream().map(Example::source).toList(),
        examples.stream().map(Example::target).toList());
  }

  /**
   * Given targets as if the model had said them: their scores, and where it looked, from which an
   * alignment follows.
   *
   * @param sources texts
   * @param targets a text for each
   * @throws IllegalArgumentException if there are more of one than of the other
   * @throws RequestException if the model has no attention, or there are several models
   * @throws SequenceFormatException if a text is not what the model reads or writes
   */
  public List<Translation> align(List<String> sources, List<String> targets) {
    return model.align(values(sources), values(targets));
  }

  /** Likewise the first targets of examples, which may be vectors. */
  public List<Translation> align(List<Example> examples) {
    return model.align(
        examples.stream().map(Example::source).toList(),
        examples.stream().map(Example::target).toList());
  }

  /** Frees the model, if it was loaded here. */
  @Override
  public void close() {
    model.close();
  }
}
