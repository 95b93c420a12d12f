package org.seq4j.core.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.InferenceGraph;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.plugin.PluginLoader;
import org.seq4j.core.search.Hypothesis;
import org.seq4j.core.search.Search;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.core.search.SearchRecorder;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Vocabulary;

/**
 * Uses a model: text in, text out; answers come in the order of the sources. May be used by several
 * threads.
 */
public final class Translator implements AutoCloseable {
  private final InferenceGraph graph;
  private final SequenceCodec source;
  private final SequenceCodec target;
  private final SearchConfig search;
  private final Optional<Integer> generatedLength;
  private final AutoCloseable owned;

  /**
   * Puts one together whose search, if none is given, is a beam of 5, and which gives a target of
   * vectors as many as its source has positions; the graph stays the caller's to close.
   */
  public Translator(InferenceGraph graph, SequenceCodec source, SequenceCodec target) {
    this(graph, source, target, SearchConfig.beam(5), Optional.empty(), () -> {});
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
    this(graph, source, target, config.search(), config.target().generatedLength(), owned);
  }

  private Translator(
      InferenceGraph graph,
      SequenceCodec source,
      SequenceCodec target,
      SearchConfig search,
      Optional<Integer> generatedLength,
      AutoCloseable owned) {
    this.graph = graph;
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
                sources, read.stream().map(symbols::get).toList(), codec, search, withAttention)
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
        new SearchRecorder(graph.start(List.of(read), searching.hypothesesPerSource(), true))) {
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
      List<SequenceData> sources,
      List<List<String>> symbols,
      TextCodec codec,
      SearchConfig search,
      boolean withAttention) {
    int[] limits = sources.stream().mapToInt(s -> search.maxLength(s.length())).toArray();
    List<List<Hypothesis>> found = graph.search(sources, limits, search, withAttention);
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
