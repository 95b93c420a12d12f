package org.seq4j.core.run;

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
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.Ensemble;
import org.seq4j.core.model.InferenceGraph;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.plugin.PluginLoader;
import org.seq4j.core.search.Ending;
import org.seq4j.core.search.Hypothesis;
import org.seq4j.core.search.Search;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.core.search.SearchRecorder;
import org.seq4j.core.search.SearchTask;
import org.seq4j.core.search.StepFunction;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Vocabulary;

/**
 * Uses a model: text in, text out; answers come in the order of the sources. May be used by several
 * threads.
 */
public final class Translator implements AutoCloseable {
  private static final Translation.Candidate NOTHING =
      new Translation.Candidate("", List.of(), 0, 0, Ending.END, new float[0][]);

  private final InferenceGraph graph;
  private final Optional<Group> group;
  private final SequenceCodec source;
  private final SequenceCodec target;
  private final SearchConfig search;
  private final Optional<Integer> generatedLength;
  private final ComponentContext context;
  private final Map<String, String> lexicon;
  private final Batching batching;
  private final AutoCloseable owned;
  private final Optional<SearchTasks> tasks; // of targets of symbols
  private final Combiner<TranslationRequest, Translation> combiner;

  /**
   * Several models that are used together.
   *
   * @param sources how each reads a source
   */
  private record Group(Ensemble models, List<SequenceCodec> sources) {

    /** For each model all texts as it reads them. */
    List<List<SequenceData>> read(List<String> texts) {
      return sources.stream()
          .map(codec -> texts.stream().map(text -> codec.cut(codec.symbols(text))).toList())
          .toList();
    }
  }

  /**
   * Puts one together whose search, if none is given, is a beam of 5, and which gives a target of
   * vectors as many as its source has positions; the graph stays the caller's to close.
   */
  public Translator(InferenceGraph graph, SequenceCodec source, SequenceCodec target) {
    this(
        graph,
        Optional.empty(),
        source,
        target,
        SearchConfig.beam(5),
        Optional.empty(),
        new ComponentContext(Path.of("")),
        Map.of(),
        Batching.DEFAULT,
        () -> {});
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

  Translator(
      InferenceGraph graph,
      SequenceCodec source,
      SequenceCodec target,
      TranslationConfig config,
      ComponentContext context,
      AutoCloseable owned) {
    this(
        graph,
        Optional.empty(),
        source,
        target,
        config.search(),
        config.target().generatedLength(),
        context,
        Map.of(),
        Batching.DEFAULT,
        owned);
  }

  private Translator(
      InferenceGraph graph,
      Optional<Group> group,
      SequenceCodec source,
      SequenceCodec target,
      SearchConfig search,
      Optional<Integer> generatedLength,
      ComponentContext context,
      Map<String, String> lexicon,
      Batching batching,
      AutoCloseable owned) {
    this.graph = graph;
    this.group = group;
    this.source = source;
    this.target = target;
    this.search = search;
    this.generatedLength = generatedLength;
    this.context = context;
    this.lexicon = Map.copyOf(lexicon);
    this.owned = owned;
    this.tasks =
        target instanceof TextCodec codec
            ? Optional.of(new SearchTasks(codec, context))
            : Optional.empty();
    this.batching = batching;
    this.combiner =
        new Combiner<>(
            this::answer, graph.threads(), batching.texts(), batching.patience().toNanos());
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
    return LoadedRun.open(new RunDirectory(run), registry).translator();
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
    Translator first = runs.get(0).translator();
    for (LoadedRun run : runs) {
      if (!sameSymbols(first.target, run.translator().target)) {
        throw new RunException(
            "%s and %s cannot be used together: their target vocabularies differ"
                .formatted(runs.get(0).directory().path(), run.directory().path()));
      }
    }
    Ensemble models;
    try {
      models = new Ensemble(runs.stream().map(run -> run.translator().graph).toList(), weights);
    } catch (IllegalArgumentException e) {
      throw new RunException(e.getMessage(), e);
    }
    List<SequenceCodec> sources = runs.stream().map(run -> run.translator().source).toList();
    return new Translator(
        first.graph,
        Optional.of(new Group(models, sources)),
        first.source,
        first.target,
        first.search,
        first.generatedLength,
        first.context,
        Map.of(),
        Batching.DEFAULT,
        () -> runs.forEach(LoadedRun::close));
  }

  private static boolean sameSymbols(SequenceCodec one, SequenceCodec other) {
    if (!(one instanceof TextCodec text) || !(other instanceof TextCodec same)) {
      return one instanceof FrameCodec && other instanceof FrameCodec;
    }
    int size = text.vocabulary().size();
    return size == same.vocabulary().size()
        && IntStream.range(0, size)
            .allMatch(id -> text.vocabulary().symbol(id).equals(same.vocabulary().symbol(id)));
  }

  /**
   * The same model with a lexicon, for searches that copy symbols of the source in the place of
   * unknown ones; closing either closes both.
   *
   * @param other what a source symbol is called in the target
   */
  public Translator withLexicon(Map<String, String> other) {
    return new Translator(
        graph, group, source, target, search, generatedLength, context, other, batching, owned);
  }

  /** The same model with another batching; closing either closes both. */
  public Translator withBatching(Batching other) {
    return new Translator(
        graph, group, source, target, search, generatedLength, context, lexicon, other, owned);
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
    return source;
  }

  /** The target's side. */
  public SequenceCodec target() {
    return target;
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
   * @throws IllegalArgumentException if the search asks for what the model cannot do
   * @throws IllegalStateException if the model gives no numbers: its training has diverged
   */
  public List<Translation> translate(
      List<String> texts, SearchConfig search, boolean withAttention) {
    return translateAll(
        IntStream.range(0, texts.size())
            .mapToObj(
                i ->
                    new TranslationRequest(
                        texts.get(i), search, withAttention, i, Optional.empty()))
            .toList());
  }

  /**
   * Translates a text while somebody looks on.
   *
   * @param goesOn is given the best text so far after each symbol (a beam may change its mind), by
   *     whichever thread computes; at false the search ends there
   */
  public Translation translate(String text, SearchConfig search, Predicate<String> goesOn) {
    return translate(
        new TranslationRequest(
            text, search, false, 0, Optional.of(soFar -> goesOn.test(soFar.get()))));
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
    return graph.hasAttention();
  }

  private void check(SearchConfig asked) {
    if (asked.needsAttention() && !hasAttention()) {
      throw new IllegalArgumentException(
          "search: coverage_penalty and unknown: copy need a model with attention");
    }
    if (asked.unknown() == SearchConfig.Unknown.COPY && graph.stride() > 1) {
      throw new IllegalArgumentException(
          "search: unknown: copy needs an encoder that keeps every position of the source, but one"
              + " of its positions stands for "
              + graph.stride());
    }
    if (asked.type() == SearchConfig.Type.SAMPLING && asked.coveragePenalty() > 0) {
      throw new IllegalArgumentException("search: coverage_penalty ranks; sampling does not");
    }
  }

  /** A source that is read. */
  private record Read(
      TranslationRequest request, List<Token> tokens, SequenceData data, boolean cut) {

    List<String> symbols() {
      return tokens.stream().map(Token::text).toList();
    }
  }

  private Read read(TranslationRequest request) {
    List<Token> tokens = source.tokens(request.text());
    List<Token> kept = tokens.subList(0, Math.min(tokens.size(), source.maxLength()));
    SequenceData data = read(kept.stream().map(Token::text).toList());
    return new Read(request, kept, data, kept.size() < tokens.size());
  }

  private List<Translation> answer(List<TranslationRequest> requests) {
    List<Read> all = requests.stream().map(this::read).toList();
    Translation[] results = new Translation[requests.size()];
    Map<Object, List<Integer>> together = new LinkedHashMap<>(); // by what they have in common
    for (int i = 0; i < results.length; i++) {
      Read read = all.get(i);
      if (read.data().length() == 0) {
        results[i] = new Translation(read.request().text(), List.of(), List.of(NOTHING), false);
      } else {
        TranslationRequest request = read.request();
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
          target instanceof TextCodec codec ? search(some, codec) : generate(some);
      for (int i = 0; i < indices.size(); i++) {
        Read read = some.get(i);
        results[indices.get(i)] =
            new Translation(read.request().text(), read.tokens(), found.get(i), read.cut());
      }
    }
    return Arrays.asList(results);
  }

  private List<List<Translation.Candidate>> search(List<Read> sources, TextCodec codec) {
    SearchConfig common = sources.get(0).request().search();
    boolean withAttention = sources.get(0).request().withAttention();
    Answers answers = new Answers(codec, lexicon);
    boolean looks =
        withAttention || sources.stream().anyMatch(it -> it.request().search().needsAttention());
    List<SearchTask> all = sources.stream().map(it -> task(it, answers)).toList();
    List<List<Hypothesis>> found =
        group
            .map(
                it ->
                    it.models()
                        .search(
                            it.read(sources.stream().map(read -> read.request().text()).toList()),
                            all,
                            common,
                            looks))
            .orElseGet(
                () -> graph.search(sources.stream().map(Read::data).toList(), all, common, looks));
    return IntStream.range(0, sources.size())
        .mapToObj(
            i ->
                found.get(i).stream()
                    .map(
                        hypothesis ->
                            answers.of(
                                hypothesis,
                                sources.get(i).symbols(),
                                sources.get(i).request().search().unknown(),
                                withAttention))
                    .toList())
        .toList();
  }

  private SearchTask task(Read read, Answers answers) {
    List<String> symbols = read.symbols();
    return tasks
        .orElseThrow()
        .of(
            read.request().search(),
            symbols,
            read.request().seed(),
            read.request()
                .goesOn()
                .map(looks -> said -> looks.test(() -> answers.partial(said, symbols))));
  }

  /**
   * Translates a text, and notes how the search goes.
   *
   * @throws IllegalStateException if targets are of vectors, which are not searched for; or if the
   *     model gives no numbers: its training has diverged
   */
  public Exploration explore(String text, SearchConfig search) {
    if (!(target instanceof TextCodec codec)) {
      throw new IllegalStateException("targets of vectors are not searched for");
    }
    check(search);
    Read read = read(new TranslationRequest(text, search, true));
    if (read.data().length() == 0) {
      return new Exploration(translate(List.of(text), search, true).get(0), List.of());
    }
    Answers answers = new Answers(codec, lexicon);
    List<String> symbols = read.symbols();
    Search searching = Search.of(search);
    try (SearchRecorder steps =
        new SearchRecorder(start(text, read.data(), searching.hypothesesPerSource()))) {
      List<SearchTask> task = List.of(task(read, answers));
      List<Hypothesis> found =
          searching.search(steps, task, Vocabulary.BEGIN, Vocabulary.END).get(0);
      CopyIds ids = new CopyIds(symbols, codec.vocabulary());
      return new Exploration(
          new Translation(
              text,
              read.tokens(),
              found.stream()
                  .map(hypothesis -> answers.of(hypothesis, symbols, search.unknown(), true))
                  .toList(),
              read.cut()),
          steps.nodes().stream()
              .map(
                  node ->
                      new Exploration.Step(node.parent(), ids.symbol(node.symbol()), node.score()))
              .toList());
    }
  }

  private StepFunction start(String text, SequenceData read, int hypotheses) {
    return group
        .map(it -> it.models().start(it.read(List.of(text)), hypotheses, true))
        .orElseGet(() -> graph.start(List.of(read), hypotheses, true));
  }

  /** As the model reads it. */
  private SequenceData read(List<String> symbols) {
    SequenceData cut = source.cut(symbols);
    return graph.copies() ? CopyIds.source(symbols, cut, target) : cut;
  }

  private List<List<Translation.Candidate>> generate(List<Read> sources) {
    int[] lengths =
        sources.stream().mapToInt(it -> generatedLength.orElse(it.data().length())).toArray();
    return graph.generate(sources.stream().map(Read::data).toList(), lengths).stream()
        .map(FrameCodec::texts)
        .map(
            vectors ->
                List.of(
                    new Translation.Candidate(
                        FrameCodec.line(vectors),
                        vectors.stream().map(vector -> new Token(vector, 0, 0)).toList(),
                        0,
                        0,
                        Ending.END,
                        new float[0][])))
        .toList();
  }

  /**
   * Natural logarithms of the probabilities of given targets, ends included; of vectors, minus the
   * sum of their mean squared errors.
   *
   * @param sources texts
   * @param targets a text for each
   * @throws IllegalArgumentException if there are more of one than of the other
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
   */
  public List<Metric.Forced> force(List<String> sources, List<String> targets) {
    List<SequenceData> given = given(sources, targets);
    if (group.isPresent()) {
      return group.get().models().force(group.get().read(sources), given);
    }
    return graph.force(readable(sources), given);
  }

  /**
   * Given targets as if the model had said them: their scores, and where it looked, from which an
   * alignment follows.
   *
   * @param sources texts
   * @param targets a text for each
   * @throws IllegalArgumentException if there are more of one than of the other, the model has no
   *     attention, or there are several models
   */
  public List<Translation> align(List<String> sources, List<String> targets) {
    if (group.isPresent()) {
      throw new IllegalArgumentException("several models together cannot be aligned by");
    }
    if (!hasAttention()) {
      throw new IllegalArgumentException("alignment: the model has no attention");
    }
    List<SequenceData> given = given(sources, targets);
    List<SequenceData> read = readable(sources);
    List<float[][]> attention = graph.attention(read, given);
    List<Metric.Forced> forced = graph.force(read, given);
    List<Translation> translations = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      List<Token> tokens = source.tokens(sources.get(i));
      int length = read.get(i).length();
      double score = forced.get(i).logProbability();
      translations.add(
          new Translation(
              sources.get(i),
              tokens.subList(0, length),
              List.of(
                  new Translation.Candidate(
                      targets.get(i),
                      target.tokens(targets.get(i)),
                      score,
                      score,
                      Ending.END,
                      attention.get(i))),
              length < tokens.size()));
    }
    return translations;
  }

  private List<SequenceData> given(List<String> sources, List<String> targets) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          "each source takes one target to score, but there are %d sources and %d targets"
              .formatted(sources.size(), targets.size()));
    }
    List<SequenceData> given = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      List<String> symbols = target.symbols(targets.get(i));
      SequenceData encoded = target.encode(symbols);
      given.add(
          graph.copies()
              ? CopyIds.target(readable(sources.get(i)), symbols, encoded, target)
              : encoded);
    }
    return given;
  }

  private List<SequenceData> readable(List<String> texts) {
    return texts.stream().map(text -> read(source.symbols(text))).toList();
  }

  /** The symbols of a text that the model reads. */
  private List<String> readable(String text) {
    List<String> symbols = source.symbols(text);
    return symbols.subList(0, Math.min(symbols.size(), source.maxLength()));
  }

  /** Frees the model, if it was loaded here. */
  @Override
  public void close() {
    try {
      owned.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
