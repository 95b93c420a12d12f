package org.seq4j.core.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.Ensemble;
import org.seq4j.core.model.InferenceGraph;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.plugin.PluginLoader;
import org.seq4j.core.search.Hypothesis;
import org.seq4j.core.search.Search;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.core.search.SearchRecorder;
import org.seq4j.core.search.StepFunction;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Vocabulary;

/**
 * Uses a model: text in, text out; answers come in the order of the sources. May be used by several
 * threads.
 */
public final class Translator implements AutoCloseable {
  private final InferenceGraph graph;
  private final Optional<Group> group;
  private final SequenceCodec source;
  private final SequenceCodec target;
  private final SearchConfig search;
  private final Optional<Integer> generatedLength;
  private final AutoCloseable owned;

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
    this(graph, Optional.empty(), source, target, SearchConfig.beam(5), Optional.empty(), () -> {});
  }

  /** The same, as configured. */
  public Translator(
      InferenceGraph graph, SequenceCodec source, SequenceCodec target, TranslationConfig config) {
    this(graph, source, target, config, () -> {});
  }

  Translator(
      InferenceGraph graph,
      SequenceCodec source,
      SequenceCodec target,
      TranslationConfig config,
      AutoCloseable owned) {
    this(
        graph,
        Optional.empty(),
        source,
        target,
        config.search(),
        config.target().generatedLength(),
        owned);
  }

  private Translator(
      InferenceGraph graph,
      Optional<Group> group,
      SequenceCodec source,
      SequenceCodec target,
      SearchConfig search,
      Optional<Integer> generatedLength,
      AutoCloseable owned) {
    this.graph = graph;
    this.group = group;
    this.source = source;
    this.target = target;
    this.search = search;
    this.generatedLength = generatedLength;
    this.owned = owned;
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

  /** Translates texts with the search that the run is configured with. */
  public List<Translation> translate(List<String> texts) {
    return translate(texts, search);
  }

  /** Translates texts without attention weights. */
  public List<Translation> translate(List<String> texts, SearchConfig search) {
    return translate(texts, search, false);
  }

  /**
   * Translates texts. An empty text, or one without symbols, gives an empty one.
   *
   * @param withAttention whether to report where the model looked
   * @throws IllegalStateException if the model gives no numbers: its training has diverged
   */
  public List<Translation> translate(
      List<String> texts, SearchConfig search, boolean withAttention) {
    List<List<String>> symbols = texts.stream().map(source::symbols).toList();
    List<SequenceData> all = symbols.stream().map(this::read).toList();
    List<Integer> read =
        IntStream.range(0, texts.size()).boxed().filter(i -> all.get(i).length() > 0).toList();
    List<SequenceData> sources = read.stream().map(all::get).toList();
    List<List<Translation.Candidate>> found =
        target instanceof TextCodec codec
            ? search(
                read.stream().map(texts::get).toList(),
                sources,
                read.stream().map(symbols::get).toList(),
                codec,
                search,
                withAttention)
            : generate(sources);
    Translation[] results = new Translation[texts.size()];
    for (int i = 0; i < read.size(); i++) {
      int index = read.get(i);
      int length = sources.get(i).length();
      List<String> ofSource = symbols.get(index);
      results[index] =
          new Translation(
              texts.get(index),
              ofSource.subList(0, length),
              found.get(i),
              length < ofSource.size());
    }
    for (int i = 0; i < results.length; i++) {
      if (results[i] == null) {
        results[i] = new Translation(texts.get(i), List.of(), List.of(nothing()), false);
      }
    }
    return Arrays.asList(results);
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
    List<String> symbols = source.symbols(text);
    SequenceData read = read(symbols);
    if (read.length() == 0) {
      return new Exploration(translate(List.of(text), search, true).get(0), List.of());
    }
    List<String> kept = symbols.subList(0, read.length());
    Search searching = Search.of(search);
    try (SearchRecorder steps =
        new SearchRecorder(start(text, read, searching.hypothesesPerSource()))) {
      int[] limits = {search.maxLength(read.length())};
      List<Hypothesis> found =
          searching.search(steps, limits, Vocabulary.BEGIN, Vocabulary.END).get(0);
      CopyIds ids = new CopyIds(kept, codec.vocabulary());
      return new Exploration(
          new Translation(
              text,
              kept,
              found.stream().map(hypothesis -> candidate(codec, kept, hypothesis)).toList(),
              kept.size() < symbols.size()),
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

  private static Translation.Candidate nothing() {
    return new Translation.Candidate("", List.of(), 0, 0, true, new float[0][]);
  }

  /** The symbols of a text that the model reads. */
  private List<String> read(String text) {
    List<String> symbols = source.symbols(text);
    return symbols.subList(0, Math.min(symbols.size(), source.maxLength()));
  }

  /** As the model reads it. */
  private SequenceData read(List<String> symbols) {
    SequenceData cut = source.cut(symbols);
    return graph.copies() ? CopyIds.source(symbols, cut, target) : cut;
  }

  private List<List<Translation.Candidate>> search(
      List<String> texts,
      List<SequenceData> sources,
      List<List<String>> symbols,
      TextCodec codec,
      SearchConfig search,
      boolean withAttention) {
    int[] limits = sources.stream().mapToInt(s -> search.maxLength(s.length())).toArray();
    List<List<Hypothesis>> found =
        group
            .map(it -> it.models().search(it.read(texts), limits, search, withAttention))
            .orElseGet(() -> graph.search(sources, limits, search, withAttention));
    List<List<Translation.Candidate>> all = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      List<String> read = symbols.get(i).subList(0, sources.get(i).length());
      all.add(found.get(i).stream().map(hypothesis -> candidate(codec, read, hypothesis)).toList());
    }
    return all;
  }

  private static Translation.Candidate candidate(
      TextCodec codec, List<String> read, Hypothesis hypothesis) {
    List<String> symbols = new CopyIds(read, codec.vocabulary()).decode(hypothesis.symbols());
    float[][] attention =
        Arrays.stream(hypothesis.attention())
            .map(row -> Arrays.copyOf(row, Math.min(row.length, read.size())))
            .toArray(float[][]::new);
    return new Translation.Candidate(
        codec.decode(symbols),
        symbols,
        hypothesis.score(),
        hypothesis.rankScore(),
        hypothesis.finished(),
        attention);
  }

  private List<List<Translation.Candidate>> generate(List<SequenceData> sources) {
    int[] lengths =
        sources.stream().mapToInt(sequence -> generatedLength.orElse(sequence.length())).toArray();
    return graph.generate(sources, lengths).stream()
        .map(FrameCodec::texts)
        .map(
            vectors ->
                List.of(
                    new Translation.Candidate(
                        FrameCodec.line(vectors), vectors, 0, 0, true, new float[0][])))
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
              ? CopyIds.target(read(sources.get(i)), symbols, encoded, target)
              : encoded);
    }
    if (group.isPresent()) {
      return group.get().models().force(group.get().read(sources), given);
    }
    return graph.force(sources.stream().map(text -> read(source.symbols(text))).toList(), given);
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
