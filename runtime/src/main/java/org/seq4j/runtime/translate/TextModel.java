package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.inference.EnsemblePredictor;
import org.seq4j.runtime.inference.InferenceGraph;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.StepFunction;

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
  record Group(EnsemblePredictor models, List<SequenceCodec> sources) {

    /** For each model all sources as it reads them. */
    List<List<SequenceData>> read(List<Source> all) {
      return sources.stream()
          .map(
              codec ->
                  all.stream()
                      .map(source -> codec.encode(source.value()).truncate(codec.maxLength()))
                      .toList())
          .toList();
    }
  }

  /**
   * A source that is read.
   *
   * @param value as the first model takes it: vectors are numbers
   * @param tokens those that the model reads
   * @param cut whether there are more
   */
  record Source(ExampleValue value, List<Token> tokens, SequenceData data, boolean cut) {

    String text() {
      return value.text();
    }

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
      EnsemblePredictor members =
          new EnsemblePredictor(models.stream().map(TextModel::graph).toList(), weights);
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
      return target instanceof FeatureCodec && other.target instanceof FeatureCodec;
    }
    int size = text.vocabulary().size();
    return size == same.vocabulary().size()
        && IntStream.range(0, size)
            .allMatch(id -> text.vocabulary().token(id).equals(same.vocabulary().token(id)));
  }

  /** Cuts a source into positions as the model reads it. */
  Source read(ExampleValue given) {
    ExampleValue value = source.read(given);
    List<Token> tokens = source.tokens(value);
    List<Token> kept = tokens.subList(0, Math.min(tokens.size(), source.maxLength()));
    List<String> symbols = kept.stream().map(Token::text).toList();
    SequenceData data =
        value instanceof TextValue
            ? source.encode(symbols) // a text is tokenized once
            : source.encode(value).truncate(source.maxLength());
    return new Source(
        value,
        kept,
        graph.copies() ? ExtendedVocabulary.source(symbols, data, target) : data,
        kept.size() < tokens.size());
  }

  /** See {@link InferenceGraph#search}. */
  List<List<Hypothesis>> search(
      List<Source> sources, List<SearchTask> tasks, SearchConfig config, boolean withAttention) {
    return group.isPresent()
        ? group.get().models().search(group.get().read(sources), tasks, config, withAttention)
        : graph.search(data(sources), tasks, config, withAttention);
  }

  /** Makes ready to generate symbols and to tell where it looks. */
  StepFunction start(Source read, int hypotheses) {
    return group.isPresent()
        ? group.get().models().start(group.get().read(List.of(read)), hypotheses, true)
        : graph.start(List.of(read.data()), hypotheses, true);
  }

  /** See {@link InferenceGraph#generate}. */
  List<FeatureSequence> generate(List<Source> sources) {
    int[] lengths =
        sources.stream().mapToInt(it -> generatedLength.orElse(it.data().length())).toArray();
    return graph.generate(data(sources), lengths);
  }

  /** See {@link InferenceGraph#force}. */
  List<Metric.ForcedScore> force(List<ExampleValue> sources, List<ExampleValue> targets) {
    List<Source> read = readFor(sources, targets);
    List<SequenceData> given = given(read, targets);
    return group.isPresent()
        ? group.get().models().force(group.get().read(read), given)
        : graph.force(data(read), given);
  }

  /** See {@link Translator#align}. */
  List<Translation> align(List<ExampleValue> sources, List<ExampleValue> targets) {
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
              sources.get(i).text(),
              read.get(i).tokens(),
              List.of(
                  new Translation.Candidate(
                      targets.get(i).text(),
                      target.tokens(targets.get(i)),
                      score,
                      score,
                      Ending.END,
                      looked.get(i).attention())),
              read.get(i).cut()));
    }
    return translations;
  }

  private List<Source> readFor(List<ExampleValue> sources, List<ExampleValue> targets) {
    if (sources.size() != targets.size()) {
      throw new IllegalArgumentException(
          "each source takes one target to score, but there are %d sources and %d targets"
              .formatted(sources.size(), targets.size()));
    }
    return sources.stream().map(this::read).toList();
  }

  private List<SequenceData> given(List<Source> sources, List<ExampleValue> targets) {
    List<SequenceData> given = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (target instanceof TextCodec codec) {
        List<String> symbols = codec.symbols(targets.get(i));
        SequenceData encoded = codec.encode(symbols);
        given.add(
            graph.copies()
                ? ExtendedVocabulary.target(sources.get(i).symbols(), symbols, encoded, target)
                : encoded);
      } else {
        given.add(target.encode(targets.get(i)));
      }
    }
    return given;
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
