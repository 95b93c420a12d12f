package org.seq4j.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.error.RequestException;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.Ensemble;
import org.seq4j.core.model.InferenceGraph;
import org.seq4j.core.search.Ending;
import org.seq4j.core.search.Hypothesis;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.core.search.SearchTask;
import org.seq4j.core.search.StepFunction;
import org.seq4j.core.text.Frames;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;

/**
 * A model that reads texts, or several that are used together.
 *
 * @param graph of the model; of several, that of the first
 * @param group several models
 * @param generatedLength how many vectors a target of vectors has; as many as its source has
 *     positions if it is not said
 * @param owned what closing it closes
 */
record TextModel(
    InferenceGraph graph,
    Optional<Group> group,
    SequenceCodec source,
    SequenceCodec target,
    Optional<Integer> generatedLength,
    AutoCloseable owned)
    implements AutoCloseable {

  /**
   * Several models that are used together.
   *
   * @param sources how each reads a source
   */
  record Group(Ensemble models, List<SequenceCodec> sources) {

    /** For each model all texts as it reads them. */
    List<List<SequenceData>> read(List<String> texts) {
      return sources.stream()
          .map(codec -> texts.stream().map(text -> codec.cut(codec.symbols(text))).toList())
          .toList();
    }
  }

  /**
   * A source that is read.
   *
   * @param tokens those that the model reads
   * @param cut whether there are more
   */
  record Source(String text, List<Token> tokens, SequenceData data, boolean cut) {

    List<String> symbols() {
      return tokens.stream().map(Token::text).toList();
    }
  }

  /**
   * Puts models together.
   *
   * @throws RunException if they cannot be used together
   */
  static TextModel together(List<TextModel> models, double[] weights, AutoCloseable owned) {
    TextModel first = models.get(0);
    try {
      Ensemble members = new Ensemble(models.stream().map(TextModel::graph).toList(), weights);
      return new TextModel(
          first.graph,
          Optional.of(new Group(members, models.stream().map(TextModel::source).toList())),
          first.source,
          first.target,
          first.generatedLength,
          owned);
    } catch (RequestException e) {
      throw new RunException(e.getMessage(), e);
    }
  }

  /** Whether another model says the same symbols under the same ids. */
  boolean hasTargetOf(TextModel other) {
    if (!(target instanceof TextCodec text) || !(other.target instanceof TextCodec same)) {
      return target instanceof FrameCodec && other.target instanceof FrameCodec;
    }
    int size = text.vocabulary().size();
    return size == same.vocabulary().size()
        && IntStream.range(0, size)
            .allMatch(id -> text.vocabulary().symbol(id).equals(same.vocabulary().symbol(id)));
  }

  /** Cuts a text into symbols as the model reads it. */
  Source read(String text) {
    List<Token> tokens = source.tokens(text);
    List<Token> kept = tokens.subList(0, Math.min(tokens.size(), source.maxLength()));
    List<String> symbols = kept.stream().map(Token::text).toList();
    SequenceData data = source.cut(symbols);
    return new Source(
        text,
        kept,
        graph.copies() ? CopyIds.source(symbols, data, target) : data,
        kept.size() < tokens.size());
  }

  /** See {@link InferenceGraph#search}. */
  List<List<Hypothesis>> search(
      List<Source> sources, List<SearchTask> tasks, SearchConfig config, boolean withAttention) {
    return group.isPresent()
        ? group
            .get()
            .models()
            .search(group.get().read(texts(sources)), tasks, config, withAttention)
        : graph.search(data(sources), tasks, config, withAttention);
  }

  /** Makes ready to generate symbols and to tell where it looks. */
  StepFunction start(Source read, int hypotheses) {
    return group.isPresent()
        ? group.get().models().start(group.get().read(List.of(read.text())), hypotheses, true)
        : graph.start(List.of(read.data()), hypotheses, true);
  }

  /** See {@link InferenceGraph#generate}. */
  List<Frames> generate(List<Source> sources) {
    int[] lengths =
        sources.stream().mapToInt(it -> generatedLength.orElse(it.data().length())).toArray();
    return graph.generate(data(sources), lengths);
  }

  /** See {@link InferenceGraph#force}. */
  List<Metric.Forced> force(List<String> sources, List<String> targets) {
    List<Source> read = readFor(sources, targets);
    List<SequenceData> given = given(read, targets);
    return group.isPresent()
        ? group.get().models().force(group.get().read(sources), given)
        : graph.force(data(read), given);
  }

  /** See {@link Translator#align}. */
  List<Translation> align(List<String> sources, List<String> targets) {
    if (group.isPresent()) {
      throw new RequestException("alignment: needs a single model, not an ensemble");
    }
    if (!graph.hasAttention()) {
      throw new RequestException("alignment: the model has no attention");
    }
    List<Source> read = readFor(sources, targets);
    List<InferenceGraph.Looked> looked = graph.look(data(read), given(read, targets));
    List<Translation> translations = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      double score = looked.get(i).forced().logProbability();
      translations.add(
          new Translation(
              sources.get(i),
              read.get(i).tokens(),
              List.of(
                  new Translation.Candidate(
                      targets.get(i),
                      target.tokens(targets.get(i)),
                      score,
                      score,
                      Ending.END,
                      looked.get(i).attention())),
              read.get(i).cut()));
    }
    return translations;
  }

  private List<Source> readFor(List<String> sources, List<String> targets) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          "each source takes one target to score, but there are %d sources and %d targets"
              .formatted(sources.size(), targets.size()));
    }
    return sources.stream().map(this::read).toList();
  }

  private List<SequenceData> given(List<Source> sources, List<String> targets) {
    List<SequenceData> given = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      List<String> symbols = target.symbols(targets.get(i));
      SequenceData encoded = target.encode(symbols);
      given.add(
          graph.copies()
              ? CopyIds.target(sources.get(i).symbols(), symbols, encoded, target)
              : encoded);
    }
    return given;
  }

  private static List<String> texts(List<Source> sources) {
    return sources.stream().map(Source::text).toList();
  }

  private static List<SequenceData> data(List<Source> sources) {
    return sources.stream().map(Source::data).toList();
  }

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
