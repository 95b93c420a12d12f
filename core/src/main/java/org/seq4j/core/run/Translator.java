package org.seq4j.core.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.model.InferenceGraph;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.plugin.PluginLoader;
import org.seq4j.core.search.Hypothesis;
import org.seq4j.core.search.SearchConfig;

/**
 * Uses a model: text in, text out; answers come in the order of the sources. May be used by several
 * threads.
 */
public final class Translator implements AutoCloseable {
  private final InferenceGraph graph;
  private final TextCodec source;
  private final TextCodec target;
  private final SearchConfig search;
  private final AutoCloseable owned;

  /**
   * Puts one together whose search, if none is given, is a beam of 5; the graph stays the caller's
   * to close.
   */
  public Translator(InferenceGraph graph, TextCodec source, TextCodec target) {
    this(graph, source, target, SearchConfig.beam(5), () -> {});
  }

  Translator(
      InferenceGraph graph,
      TextCodec source,
      TextCodec target,
      SearchConfig search,
      AutoCloseable owned) {
    this.graph = graph;
    this.source = source;
    this.target = target;
    this.search = search;
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
  public TextCodec source() {
    return source;
  }

  /** The target's side. */
  public TextCodec target() {
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
    List<int[]> ids = symbols.stream().map(source::cut).toList();
    List<Integer> read =
        IntStream.range(0, texts.size()).boxed().filter(i -> ids.get(i).length > 0).toList();
    List<int[]> sources = read.stream().map(ids::get).toList();
    int[] limits = sources.stream().mapToInt(s -> search.maxLength(s.length)).toArray();
    List<List<Hypothesis>> found = graph.search(sources, limits, search, withAttention);
    Translation[] results = new Translation[texts.size()];
    for (int i = 0; i < read.size(); i++) {
      int index = read.get(i);
      results[index] =
          translation(texts.get(index), symbols.get(index), sources.get(i).length, found.get(i));
    }
    for (int i = 0; i < results.length; i++) {
      if (results[i] == null) {
        results[i] = new Translation(texts.get(i), List.of(), List.of(nothing()), false);
      }
    }
    return Arrays.asList(results);
  }

  private static Translation.Candidate nothing() {
    return new Translation.Candidate("", List.of(), 0, 0, true, new float[0][]);
  }

  private Translation translation(
      String text, List<String> symbolsOfSource, int length, List<Hypothesis> hypotheses) {
    List<String> read = symbolsOfSource.subList(0, length);
    List<Translation.Candidate> candidates = new ArrayList<>();
    for (Hypothesis hypothesis : hypotheses) {
      List<String> symbols = target.vocabulary().decode(hypothesis.symbols());
      float[][] attention =
          Arrays.stream(hypothesis.attention())
              .map(row -> Arrays.copyOf(row, Math.min(row.length, read.size())))
              .toArray(float[][]::new);
      candidates.add(
          new Translation.Candidate(
              target.tokenizer().decode(symbols),
              symbols,
              hypothesis.score(),
              hypothesis.rankScore(),
              hypothesis.finished(),
              attention));
    }
    return new Translation(text, read, candidates, length < symbolsOfSource.size());
  }

  /**
   * Natural logarithms of the probabilities of given targets, ends included.
   *
   * @param sources texts
   * @param targets a text for each
   * @throws IllegalArgumentException if there are more of one than of the other
   */
  public double[] score(List<String> sources, List<String> targets) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          "each source takes one target to score, but there are %d sources and %d targets"
              .formatted(sources.size(), targets.size()));
    }
    return graph.score(
        sources.stream().map(text -> source.cut(source.symbols(text))).toList(),
        targets.stream().map(text -> target.vocabulary().encode(target.symbols(text))).toList());
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
