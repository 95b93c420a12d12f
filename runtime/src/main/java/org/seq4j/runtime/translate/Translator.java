package org.seq4j.runtime.translate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.HistoryConfig;

/** Translates with a trained model; results are in the order of the sources. Thread-safe. */
public final class Translator implements AutoCloseable {
  private final TranslationModel model;
  private final SearchConfig search;
  private final Map<String, String> lexicon;
  private final Batching batching;
  private final RequestBatcher<TranslationRequest, Translation> batcher;

  /**
   * Creates a translator from a predictor; the caller closes its graph.
   *
   * @param config configuration of its run
   * @param context context of the constraints of a search
   * @throws IllegalArgumentException if the predictor and the target are of different kinds
   */
  public Translator(
      Predictor predictor,
      SequenceCodec source,
      SequenceCodec target,
      TranslationConfig config,
      ComponentContext context) {
    this(TranslationModel.of(predictor, source, target, config, context), config);
  }

  private Translator(TranslationModel model, TranslationConfig config) {
    this(model, config.search(), Map.of(), Batching.DEFAULT);
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
   * Options for batching the requests of several threads.
   *
   * @param texts maximum number of texts in a batch; a single call may have more
   * @param patience time to wait for further requests if there are fewer
   */
  public record Batching(int texts, Duration patience) {
    static final Batching DEFAULT = new Batching(64, Duration.ZERO);
  }

  /**
   * Loads the model of a run from its best checkpoint, with the components on the class path.
   *
   * @throws RunException if the folder is not that of a run, or a file is damaged
   */
  public static Translator load(Path run) {
    return load(run, new PluginLoader().classPath());
  }

  /**
   * Loads the model of a run from its best checkpoint.
   *
   * @param registry registry of the components that the run may name, including those of plugins
   * @throws RunException if the folder is not that of a run, or a file is damaged
   */
  public static Translator load(Path run, ComponentRegistry registry) {
    return of(LoadedRun.open(new RunDirectory(run), registry));
  }

  /** Creates a translator from a run; closing it closes the run. */
  public static Translator of(LoadedRun run) {
    return new Translator(TranslationModel.of(run), run.config());
  }

  /**
   * Creates a translator from several models as an ensemble: at each step the probability of a
   * token is the weighted mean of the models' probabilities. The target vocabularies must be equal;
   * all else may differ. The search is configured by the first run.
   *
   * @param runs at least one; closing the translator closes them, a failure here does not
   * @param weights a positive number for each run
   * @throws RunException if they cannot form an ensemble
   */
  public static Translator together(List<LoadedRun> runs, double[] weights) {
    return new Translator(TranslationModel.ensemble(runs, weights), runs.get(0).config());
  }

  /**
   * Returns a translator with the same model and a lexicon, for searches that replace unknown
   * tokens by source tokens; closing either translator closes both.
   *
   * @param other translations of source tokens
   */
  public Translator withLexicon(Map<String, String> other) {
    return new Translator(model, search, other, batching);
  }

  /**
   * Returns a translator with the same model and other batching; closing either translator closes
   * both.
   */
  public Translator withBatching(Batching other) {
    return new Translator(model, search, lexicon, other);
  }

  /**
   * Returns a translator that a model of whole targets joins log-linearly. The candidates are the
   * union of those that a search finds and those that the other model proposes, as many as the beam
   * has hypotheses. The score of a candidate is the weighted mean of its log-probability by teacher
   * forcing, at least that of 1e-10 for each token, and its score by the other model. With rules of
   * the search or constraints, only the search finds candidates, as the other model does not know
   * them. Closing either translator closes both.
   *
   * @param other the model; it reads the source tokens of the first run
   * @param name name of the model in messages, such as its file
   * @param share weight of the other model's score, between 0 and 1; the run's has the rest
   * @throws RunException if a side consists of vectors, or if the models have no token of a side in
   *     common
   */
  public Translator joinedBy(CandidateModel other, String name, double share) {
    return new Translator(
        model.joinedBy(new JoinedModel(other, name, share)), search, lexicon, batching);
  }

  /** Returns the number of batches so far. */
  public Batches batches() {
    return batcher.batches();
  }

  /**
   * Batches computed by the model.
   *
   * @param count number of batches
   * @param texts number of texts in all of them
   */
  public record Batches(long count, long texts) {}

  /** The search configuration of the run. */
  public SearchConfig search() {
    return search;
  }

  /** The runs of the models; none if the translator was created from a predictor. */
  public List<LoadedRun> runs() {
    return model.runs();
  }

  /**
   * Returns how the turns of a dialogue are joined to a source; empty if the config of the run, or
   * of an ensemble's first run, does not tell.
   */
  public Optional<HistoryConfig> history() {
    return runs().stream().findFirst().flatMap(run -> run.config().source().history());
  }

  /** The codec of the source side; for an ensemble, that of the first model. */
  public SequenceCodec source() {
    return model.reader().first();
  }

  /** The codec of the target side. */
  public SequenceCodec target() {
    return model.targets().codec();
  }

  /** Translates a text with the search configuration of the run. */
  public Translation translate(String text) {
    return translate(List.of(text)).get(0);
  }

  /** Translates texts with the search configuration of the run. */
  public List<Translation> translate(List<String> texts) {
    return translate(texts, search);
  }

  /** Translates texts without attention weights. */
  public List<Translation> translate(List<String> texts, SearchConfig search) {
    return translate(texts, search, false);
  }

  /**
   * Translates texts. A text without tokens has an empty translation. Concurrent requests of
   * several threads are batched.
   *
   * @param withAttention whether to return attention weights
   * @throws RequestException if the model does not support the search
   * @throws SequenceFormatException if a text does not fit the source side
   * @throws IllegalStateException if the model gives NaN: its training has diverged
   */
  public List<Translation> translate(
      List<String> texts, SearchConfig search, boolean withAttention) {
    return translateAll(values(texts), search, withAttention);
  }

  /** Translates sources that may be vectors, like texts. */
  public List<Translation> translateAll(
      List<ExampleValue> sources, SearchConfig search, boolean withAttention) {
    return translateAll(sources, source -> search, withAttention);
  }

  /** Translates sources that may be vectors, each with its own search. */
  public List<Translation> translateAll(
      List<ExampleValue> sources,
      Function<ExampleValue, SearchConfig> search,
      boolean withAttention) {
    return translateAll(
        IntStream.range(0, sources.size())
            .mapToObj(
                i ->
                    new TranslationRequest(
                        sources.get(i),
                        search.apply(sources.get(i)),
                        withAttention,
                        i,
                        Optional.empty()))
            .toList());
  }

  /**
   * Translates a text and reports progress.
   *
   * @param onProgress called after each token with the best text so far, which later steps of a
   *     beam search may change, in the thread that computes; returning false stops the search
   */
  public Translation translate(String text, SearchConfig search, Predicate<String> onProgress) {
    return translate(
        new TranslationRequest(
            text, search, false, 0, Optional.of(soFar -> onProgress.test(soFar.get()))));
  }

  /** Translates one request. */
  public Translation translate(TranslationRequest request) {
    return translateAll(List.of(request)).get(0);
  }

  /** Translates requests, each with its own search, in their order. */
  public List<Translation> translateAll(List<TranslationRequest> requests) {
    return translateTimed(requests).translations();
  }

  /**
   * Translations with the time that they took.
   *
   * @param queued time between the call and the beginning of the computation
   * @param computed time of the computation, which requests of other threads may share
   */
  public record Timed(List<Translation> translations, Duration queued, Duration computed) {}

  /** Translates requests like {@link #translateAll(List)}, and returns the time that it took. */
  public Timed translateTimed(List<TranslationRequest> requests) {
    requests.stream().map(TranslationRequest::search).distinct().forEach(this::check);
    requests.forEach(model::check);
    RequestBatcher.Answers<Translation> answers = batcher.timed(requests);
    return new Timed(
        answers.all(), Duration.ofNanos(answers.waited()), Duration.ofNanos(answers.worked()));
  }

  /**
   * Checks that the model supports a search.
   *
   * @throws RequestException if it does not
   */
  public void check(SearchConfig asked) {
    model.check(asked);
  }

  /**
   * Returns a sentence for the user for each rule of a search that has no effect with this model,
   * such as a forbidden text that the model cannot generate, and for tokens that a joined model
   * does not share.
   */
  public List<String> warnings(SearchConfig asked) {
    return model.warnings(asked);
  }

  /** Returns true if the model has attention; for an ensemble, if its first model has. */
  public boolean hasAttention() {
    return model.predictor().hasAttention();
  }

  /**
   * Returns true if the model has CTC posteriors of all tokens of its targets; for an ensemble, if
   * all its models have.
   */
  public boolean hasCtc() {
    return model.hasCtc();
  }

  /**
   * Computes the CTC posteriors of sources, as far as the model reads them; for an ensemble, those
   * of its first model.
   *
   * @throws RequestException if the model does not have them
   */
  public List<CtcScorer.Posteriors> posteriors(List<ExampleValue> sources) {
    return model.posteriors(sources);
  }

  /** Returns the number of source positions for each encoder output, which attention weighs. */
  public int stride() {
    return model.predictor().stride();
  }

  /**
   * Translates a text and records the search.
   *
   * @throws IllegalStateException if targets are vectors, for which there is no search; or if the
   *     model gives NaN: its training has diverged
   */
  public SearchTrace explore(String text, SearchConfig search) {
    return explore(new TextValue(text), search);
  }

  /**
   * Translates a source that may be vectors, and records the search.
   *
   * @throws RequestException if the model does not support the search, or another model has joined
   *     it, whose answers the search would not show
   */
  public SearchTrace explore(ExampleValue source, SearchConfig search) {
    TranslationRequest request = new TranslationRequest(source, search, true, 0, Optional.empty());
    check(search);
    model.check(request);
    return new BatchTranslator(model, lexicon).explore(request);
  }

  /**
   * Returns the scores that {@link #force(List, List)} computes: log-probabilities; for vectors,
   * negative errors.
   */
  public double[] score(List<String> sources, List<String> targets) {
    return force(sources, targets).stream()
        .mapToDouble(Metric.ForcedScore::logProbability)
        .toArray();
  }

  /**
   * Scores given targets by teacher forcing: natural logarithms of their probabilities, including
   * the end token; for vectors, minus the sum of their mean squared errors.
   *
   * @param targets one text per source
   * @throws IllegalArgumentException if there are not as many targets as sources
   * @throws SequenceFormatException if a text does not fit its side
   */
  public List<Metric.ForcedScore> force(List<String> sources, List<String> targets) {
    return model.force(values(sources), values(targets));
  }

  /** Scores the first targets of examples, which may be vectors, by teacher forcing. */
  public List<Metric.ForcedScore> force(List<Example> examples) {
    return model.force(sources(examples), targets(examples));
  }

  /**
   * Scores given targets and returns their attention weights, from which alignments are computed.
   *
   * @param targets one text per source
   * @return translations whose only candidates are the given targets
   * @throws IllegalArgumentException if there are not as many targets as sources
   * @throws RequestException if the model has no attention, or is an ensemble
   * @throws SequenceFormatException if a text does not fit its side
   */
  public List<Translation> align(List<String> sources, List<String> targets) {
    return model.align(values(sources), values(targets));
  }

  /** Aligns the first targets of examples, which may be vectors. */
  public List<Translation> align(List<Example> examples) {
    return model.align(sources(examples), targets(examples));
  }

  private static List<ExampleValue> values(List<String> texts) {
    return texts.stream().<ExampleValue>map(TextValue::new).toList();
  }

  private static List<ExampleValue> sources(List<Example> examples) {
    return examples.stream().map(Example::source).toList();
  }

  private static List<ExampleValue> targets(List<Example> examples) {
    return examples.stream().map(Example::target).toList();
  }

  /** Frees the model, unless the caller owns it. */
  @Override
  public void close() {
    model.close();
  }
}
