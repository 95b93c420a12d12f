package org.seq4j.runtime.translate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.inference.InferenceGraph;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.SearchTraceRecorder;

/**
 * Uses a model: text in, text out; answers come in the order of the sources. May be used by several
 * threads.
 */
public final class Translator implements AutoCloseable {
  private static final Translation.Candidate NOTHING =
      new Translation.Candidate("", List.of(), 0, 0, Ending.END, new float[0][]);

  private final TextModel model;
  private final SearchConfig search;
  private final ComponentContext context;
  private final Map<String, String> lexicon;
  private final Batching batching;
  private final Optional<SearchTasks> tasks; // of targets of symbols
  private final RequestBatcher<TranslationRequest, Translation> combiner;

  /**
   * Puts one together whose search, if none is given, is a beam of 5, and which gives a target of
   * vectors as many as its source has positions; the graph stays the caller's to close.
   */
  public Translator(InferenceGraph graph, SequenceCodec source, SequenceCodec target) {
    this(
        new TextModel(graph, Optional.empty(), source, target, Optional.empty(), () -> {}),
        SearchConfig.beam(5),
        new ComponentContext(Path.of("")),
        Map.of(),
        Batching.DEFAULT);
  }

  /**
   * The same, as configured.
   *
   * @param context of the constraints that its search may have
   */
  public Translator(
      InferenceGraph graph,
      SequenceCodec source,
      SequenceCodec target,
      TranslationConfig config,
      ComponentContext context) {
    this(graph, source, target, config, context, () -> {});
  }

  public Translator(
      InferenceGraph graph,
      SequenceCodec source,
      SequenceCodec target,
      TranslationConfig config,
      ComponentContext context,
      AutoCloseable owned) {
    this(
        new TextModel(
            graph, Optional.empty(), source, target, config.target().generatedLength(), owned),
        config.search(),
        context,
        Map.of(),
        Batching.DEFAULT);
  }

  private Translator(
      TextModel model,
      SearchConfig search,
      ComponentContext context,
      Map<String, String> lexicon,
      Batching batching) {
    this.model = model;
    this.search = search;
    this.context = context;
    this.lexicon = Map.copyOf(lexicon);
    this.batching = batching;
    this.tasks =
        model.target() instanceof TextCodec codec
            ? Optional.of(new SearchTasks(codec, context))
            : Optional.empty();
    this.combiner =
        new RequestBatcher<>(
            this::answer, model.graph().threads(), batching.texts(), batching.patience().toNanos());
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
    return new Translator(
        run.inference(), run.source(), run.target(), run.config(), run.context(), run);
  }

  /**
   * Uses several models together: at each step the probability of a symbol is the weighted mean of
   * what they give it. They have one target vocabulary; all else may differ. It searches as the
   * first is configured.
   *
   * @param runs at least one; closing the translator closes them, failing to make it does not
   * @param weights for each a positive number
   * @throws RunException if they cannot be used together
   */
  public static Translator together(List<LoadedRun> runs, double[] weights) {
    List<Translator> translators = runs.stream().map(Translator::of).toList();
    Translator first = translators.get(0);
    for (int i = 1; i < runs.size(); i++) {
      if (!translators.get(i).model.hasTargetOf(first.model)) {
        throw new RunException(
            "%s and %s cannot be used together: their target vocabularies differ"
                .formatted(runs.get(0).directory().path(), runs.get(i).directory().path()));
      }
    }
    TextModel together =
        TextModel.together(
            translators.stream().map(it -> it.model).toList(),
            weights,
            () -> runs.forEach(LoadedRun::close));
    return new Translator(together, first.search, first.context, Map.of(), Batching.DEFAULT);
  }

  /**
   * The same model with a lexicon, for searches that copy symbols of the source in the place of
   * unknown ones; closing either closes both.
   *
   * @param other what a source symbol is called in the target
   */
  public Translator withLexicon(Map<String, String> other) {
    return new Translator(model, search, context, other, batching);
  }

  /** The same model with another batching; closing either closes both. */
  public Translator withBatching(Batching other) {
    return new Translator(model, search, context, lexicon, other);
  }

  /** How often texts went through the model so far, and how many of them. */
  public Batches batches() {
    return combiner.batches();
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
    return model.source();
  }

  /** The target's side. */
  public SequenceCodec target() {
    return model.target();
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
    requests.stream().map(TranslationRequest::search).distinct().forEach(this::check);
    return combiner.call(requests);
  }

  /** Whether the model tells where it looks. */
  public boolean hasAttention() {
    return model.graph().hasAttention();
  }

  private void check(SearchConfig asked) {
    if (asked.needsAttention() && !hasAttention()) {
      throw new RequestException(
          "search: ranking.coverage_penalty and unknown: copy need a model with attention");
    }
    if (asked.unknown() == SearchConfig.Unknown.COPY && model.graph().stride() > 1) {
      throw new RequestException(
          "search: unknown: copy needs an encoder that keeps every position of the source, but one"
              + " of its positions stands for "
              + model.graph().stride());
    }
    if (asked.type() == SearchConfig.Type.SAMPLING && asked.ranking().coveragePenalty() > 0) {
      throw new RequestException("search: ranking.coverage_penalty ranks; sampling does not");
    }
  }

  /** A request whose text is read. */
  private record Read(TranslationRequest request, TextModel.Source source) {}

  private List<Translation> answer(List<TranslationRequest> requests) {
    Translation[] results = new Translation[requests.size()];
    Map<Object, List<Integer>> together = new LinkedHashMap<>(); // by what they have in common
    List<Read> all = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      TranslationRequest request = requests.get(i);
      TextModel.Source read = model.read(request.source());
      all.add(new Read(request, read));
      if (read.data().length() == 0) {
        results[i] = new Translation(request.source().text(), List.of(), List.of(NOTHING), false);
      } else {
        together
            .computeIfAbsent(
                List.of(request.search().common(), request.withAttention()),
                key -> new ArrayList<>())
            .add(i);
      }
    }
    for (List<Integer> indices : together.values()) {
      List<Read> some = indices.stream().map(all::get).toList();
      List<List<Translation.Candidate>> found =
          model.target() instanceof TextCodec codec ? search(some, codec) : generate(some);
      for (int i = 0; i < indices.size(); i++) {
        TextModel.Source read = some.get(i).source();
        results[indices.get(i)] =
            new Translation(read.text(), read.tokens(), found.get(i), read.cut());
      }
    }
    return Arrays.asList(results);
  }

  private List<List<Translation.Candidate>> search(List<Read> some, TextCodec codec) {
    SearchConfig common = some.get(0).request().search();
    boolean withAttention = some.get(0).request().withAttention();
    HypothesisDecoder answers = new HypothesisDecoder(codec, lexicon);
    boolean looks =
        withAttention || some.stream().anyMatch(it -> it.request().search().needsAttention());
    List<List<Hypothesis>> found =
        model.search(
            some.stream().map(Read::source).toList(),
            some.stream().map(it -> task(it, answers)).toList(),
            common,
            looks);
    return IntStream.range(0, some.size())
        .mapToObj(
            i ->
                found.get(i).stream()
                    .map(
                        hypothesis ->
                            answers.of(
                                hypothesis,
                                some.get(i).source().symbols(),
                                some.get(i).request().search().unknown(),
                                withAttention))
                    .toList())
        .toList();
  }

  private SearchTask task(Read read, HypothesisDecoder answers) {
    TranslationRequest request = read.request();
    List<String> symbols = read.source().symbols();
    return tasks
        .orElseThrow()
        .of(
            request.search(),
            symbols,
            request.seed(),
            request
                .onProgress()
                .map(listener -> prefix -> listener.test(() -> answers.partial(prefix, symbols))));
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
    if (!(model.target() instanceof TextCodec codec)) {
      throw new IllegalStateException("targets of vectors are not searched for");
    }
    check(search);
    Read read =
        new Read(
            new TranslationRequest(source, search, true, 0, Optional.empty()), model.read(source));
    if (read.source().data().length() == 0) {
      return new SearchTrace(translateAll(List.of(source), search, true).get(0), List.of());
    }
    HypothesisDecoder answers = new HypothesisDecoder(codec, lexicon);
    List<String> symbols = read.source().symbols();
    Search searching = Search.of(search);
    try (SearchTraceRecorder steps =
        new SearchTraceRecorder(model.start(read.source(), searching.hypothesesPerSource()))) {
      List<SearchTask> task = List.of(task(read, answers));
      List<Hypothesis> found =
          searching.search(steps, task, Vocabulary.BEGIN, Vocabulary.END).get(0);
      ExtendedVocabulary ids = new ExtendedVocabulary(symbols, codec.vocabulary());
      return new SearchTrace(
          new Translation(
              source.text(),
              read.source().tokens(),
              found.stream()
                  .map(hypothesis -> answers.of(hypothesis, symbols, search.unknown(), true))
                  .toList(),
              read.source().cut()),
          steps.nodes().stream()
              .map(
                  node ->
                      new SearchTrace.Step(node.parent(), ids.symbol(node.symbol()), node.score()))
              .toList());
    }
  }

  private List<List<Translation.Candidate>> generate(List<Read> some) {
    return model.generate(some.stream().map(Read::source).toList()).stream()
        .map(
            vectors ->
                List.of(
                    new Translation.Candidate(
                        vectors.text(),
                        vectors.texts().stream().map(vector -> new Token(vector, 0, 0)).toList(),
                        0,
                        0,
                        Ending.END,
                        new float[0][],
                        Optional.of(vectors))))
        .toList();
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
