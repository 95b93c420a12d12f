package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.scan.GraphScope;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.StepFunction;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The ops with which a model is used: reading sources, stepping over targets, scoring given ones.
 * Adds them to a graph once; after that it may be used by several threads.
 */
public final class InferenceGraph {
  /** The most sources that go through the model together. */
  private static final int BATCH = 64;

  final ModelGraph graph;
  final SequenceInput source;
  final NamedTensors prepared;
  final NamedTensors initialState;

  /** Over symbols; null where a target consists of vectors. */
  final StepOps stepping;

  /** Of {@link #stepping}; computed with {@link #prepared} and fed to every step. */
  final List<Operand<?>> kernels;

  /** How many the target's vocabulary has. */
  final int symbols;

  private final boolean copies;
  private final int stride;
  private final Sequence encoded;
  private final SequenceInput target;
  private final Operand<TFloat32> logProbabilities;
  private final Operand<TFloat32> right;
  private final Operand<TFloat32> weights; // null if the decoder has no attention
  private final Placeholder<TInt32> generatedLengths;
  private final Operand<TFloat32> generated; // null where a target consists of symbols

  /** Adds the ops. */
  public InferenceGraph(Seq2SeqModel model, ModelGraph graph) {
    this(model, graph, Precision.F32);
  }

  /**
   * Adds the ops.
   *
   * @param steps what steps of a search multiply by weights in; sources are read, and given targets
   *     scored, in 32 bits
   */
  public InferenceGraph(Seq2SeqModel model, ModelGraph graph, Precision steps) {
    this.graph = graph;
    Scope scope = graph.scope(false);
    Ops tf = scope.tf();
    symbols = model.target().symbols();
    copies = model.copies();
    source = SequenceInput.of(tf, model.source(), copies);
    target = SequenceInput.of(tf, model.target(), copies);
    Memory memory = model.encode(scope, source.batch());
    stride = memory.stride();
    encoded = // a session does not fetch what it is fed
        new Sequence(
            tf.identity(memory.sequence().values()), tf.identity(memory.sequence().lengths()));
    prepared = StepOps.distinct(tf, model.prepare(scope, memory, source.batch()));
    initialState = StepOps.distinct(tf, model.initialState(scope, prepared));
    generatedLengths = StepOps.ints(tf, 1);
    if (model.tokenTarget().isEmpty()) {
      stepping = null;
      kernels = List.of();
      generated = model.vectorTarget().orElseThrow().generate(scope, prepared, generatedLengths);
    } else {
      GraphScope ofSteps = graph.scope(steps);
      stepping = StepOps.of(ofSteps, model.tokenTarget().get(), prepared, initialState);
      kernels = ofSteps.preparedKernels();
      generated = null;
    }
    ForcedPass scored = model.score(scope, source.batch(), target.batch());
    logProbabilities = scored.logProbabilities();
    right = scored.correct();
    weights = scored.decoded().weights().map(tf::identity).orElse(null);
  }

  /**
   * Whether the model copies symbols of the source: then sources need to tell what can be copied,
   * see {@link org.seq4j.core.text.TokenIds}, and hypotheses may hold it.
   */
  public boolean copies() {
    return copies;
  }

  /** How many positions of a source one that attention looks at stands for. */
  public int stride() {
    return stride;
  }

  /** Whether the decoder tells where it looks. */
  public boolean hasAttention() {
    return weights != null;
  }

  /** How many parts of sources are computed side by side. */
  public int threads() {
    return graph.threads();
  }

  /**
   * Reads sources and makes ready to generate symbols.
   *
   * @param hypothesesPerSource how many rows each source gets
   * @param withAttention whether steps report where they looked
   */
  public StepFunction start(
      List<? extends SequenceData> sources, int hypothesesPerSource, boolean withAttention) {
    if (stepping == null) {
      throw new IllegalStateException("targets of vectors are not searched for: see generate");
    }
    return new GraphStepFunction(this, sources, hypothesesPerSource, withAttention);
  }

  /**
   * Finds likely targets of symbols. Threads take parts of the sources side by side.
   *
   * @param tasks for each source what is to be found
   * @param withAttention whether the hypotheses tell where they looked
   * @return for each source what {@link Search#search} says
   * @throws IllegalStateException if the model gives NaN for a probability: it has diverged
   */
  public List<List<Hypothesis>> search(
      List<? extends SequenceData> sources,
      List<SearchTask> tasks,
      SearchConfig config,
      boolean withAttention) {
    Search search = Search.of(config);
    boolean looks = withAttention || config.needsAttention();
    return new ParallelBatches(graph.threads(), BATCH)
        .map(
            sources,
            (part, indices) -> {
              List<SearchTask> some = Arrays.stream(indices).mapToObj(tasks::get).toList();
              try (StepFunction steps = start(part, search.hypothesesPerSource(), looks)) {
                return search.search(steps, some, Vocabulary.BEGIN, Vocabulary.END);
              }
            });
  }

  /**
   * The same up to lengths, by no rules.
   *
   * @param maxLengths for each source the largest number of symbols, the end symbol not counted
   */
  public List<List<Hypothesis>> search(
      List<? extends SequenceData> sources,
      int[] maxLengths,
      SearchConfig config,
      boolean withAttention) {
    return search(
        sources,
        Arrays.stream(maxLengths).mapToObj(SearchTask::upTo).toList(),
        config,
        withAttention);
  }

  /**
   * Targets of vectors, each vector from the model's own one before. Threads take parts of the
   * sources side by side.
   *
   * @param lengths how many vectors each target is to have, at least 1
   * @throws IllegalStateException if the model gives NaN: it has diverged
   */
  public List<FeatureSequence> generate(List<? extends SequenceData> sources, int[] lengths) {
    if (generated == null) {
      throw new IllegalStateException("targets of symbols are not generated: see search");
    }
    return new ParallelBatches(graph.threads(), BATCH)
        .map(
            sources,
            (part, indices) ->
                generatePart(part, Arrays.stream(indices).map(i -> lengths[i]).toArray()));
  }

  private List<FeatureSequence> generatePart(List<SequenceData> sources, int[] lengths) {
    try (SequenceInput.Feed feed = source.feed(PaddedBatch.of(sources));
        TInt32 wanted = PaddedBatch.ints(lengths);
        Result result = run(feed.to(runner()).feed(generatedLengths, wanted).fetch(generated))) {
      TFloat32 tensor = (TFloat32) result.get(0); // [B, T, D]
      int steps = (int) tensor.shape().get(1);
      int depth = (int) tensor.shape().get(2);
      float[] values = new float[Math.multiplyExact(sources.size(), steps * depth)];
      tensor.asRawTensor().data().asFloats().read(values);
      List<FeatureSequence> targets = new ArrayList<>();
      for (int row = 0; row < sources.size(); row++) {
        int from = row * steps * depth;
        float[] target = Arrays.copyOfRange(values, from, from + lengths[row] * depth);
        for (float value : target) {
          if (Float.isNaN(value)) {
            throw new IllegalStateException(
                "the model gives NaN for a vector: its training has diverged");
          }
        }
        targets.add(new FeatureSequence(depth, target));
      }
      return targets;
    }
  }

  /**
   * What the encoder makes of sources: for each a vector for every position that is left of it.
   * Threads take parts of the sources side by side.
   */
  public List<float[][]> encode(List<? extends SequenceData> sources) {
    return new ParallelBatches(graph.threads(), BATCH)
        .map(sources, (part, indices) -> encodePart(part));
  }

  private List<float[][]> encodePart(List<SequenceData> sources) {
    try (SequenceInput.Feed feed = source.feed(PaddedBatch.of(sources));
        Result result = run(feed.to(runner()).fetch(encoded.values()).fetch(encoded.lengths()))) {
      TFloat32 values = (TFloat32) result.get(0); // [B, S, D]
      TInt32 lengths = (TInt32) result.get(1);
      int positions = (int) values.shape().get(1);
      int depth = (int) values.shape().get(2);
      float[] flat = new float[Math.multiplyExact(sources.size(), positions * depth)];
      values.asRawTensor().data().asFloats().read(flat);
      List<float[][]> all = new ArrayList<>();
      for (int row = 0; row < sources.size(); row++) {
        float[][] vectors = new float[lengths.getInt(row)][];
        for (int i = 0; i < vectors.length; i++) {
          int from = (row * positions + i) * depth;
          vectors[i] = Arrays.copyOfRange(flat, from, from + depth);
        }
        all.add(vectors);
      }
      return all;
    }
  }

  /**
   * Log-probabilities of given targets, each the sum over its symbols and the end; of vectors,
   * minus the sum of their mean squared errors. Threads take parts of the sources side by side.
   */
  public double[] score(
      List<? extends SequenceData> sources, List<? extends SequenceData> targets) {
    return force(sources, targets).stream().mapToDouble(Metric.Forced::logProbability).toArray();
  }

  /** What the model says of given targets; of vectors, none is the most likely. */
  public List<Metric.Forced> force(
      List<? extends SequenceData> sources, List<? extends SequenceData> targets) {
    return forced(sources, targets, false).stream().map(Looked::forced).toList();
  }

  /**
   * A target that was given, and where the model looked as it read it.
   *
   * @param attention a row for every symbol, the end not among them, over the positions that are
   *     left of the source
   */
  public record Looked(Metric.Forced forced, float[][] attention) {}

  /**
   * What the model says of given targets, and where it looks as it reads them.
   *
   * @throws IllegalStateException if the decoder has no attention
   */
  public List<Looked> look(
      List<? extends SequenceData> sources, List<? extends SequenceData> targets) {
    if (weights == null) {
      throw new IllegalStateException("the model's decoder has no attention");
    }
    return forced(sources, targets, true);
  }

  private List<Looked> forced(
      List<? extends SequenceData> sources,
      List<? extends SequenceData> targets,
      boolean withAttention) {
    return new ParallelBatches(graph.threads(), BATCH)
        .map(
            sources,
            (part, indices) ->
                forcePart(
                    part,
                    Arrays.stream(indices).<SequenceData>mapToObj(targets::get).toList(),
                    withAttention));
  }

  private List<Looked> forcePart(
      List<SequenceData> sources, List<SequenceData> targets, boolean withAttention) {
    try (SequenceInput.Feed ofSources = source.feed(PaddedBatch.of(sources));
        SequenceInput.Feed ofTargets = target.feed(PaddedBatch.of(targets))) {
      Session.Runner runner =
          ofTargets.to(ofSources.to(runner())).fetch(logProbabilities).fetch(right);
      if (withAttention) {
        runner.fetch(weights);
      }
      try (Result result = run(runner)) {
        TFloat32 values = (TFloat32) result.get(0); // [B, T + 1]
        TFloat32 hits = (TFloat32) result.get(1);
        List<Looked> forced = new ArrayList<>();
        for (int row = 0; row < sources.size(); row++) {
          double sum = 0;
          double found = 0;
          for (int t = 0; t < values.shape().get(1); t++) {
            sum += values.getFloat(row, t);
            found += hits.getFloat(row, t);
          }
          int length = targets.get(row).length();
          forced.add(
              new Looked(
                  new Metric.Forced(sum, length + 1, (int) Math.round(found)),
                  withAttention
                      ? attention((TFloat32) result.get(2), row, length, sources.get(row).length())
                      : new float[length][0]));
        }
        return forced;
      }
    }
  }

  /** A row of the weights {@code [B, T + 1, S]}, without padding. */
  private float[][] attention(TFloat32 values, int row, int symbols, int sourceLength) {
    float[][] looked = new float[symbols][(sourceLength + stride - 1) / stride];
    for (int t = 0; t < looked.length; t++) {
      for (int s = 0; s < looked[t].length; s++) {
        looked[t][s] = values.getFloat(row, t, s);
      }
    }
    return looked;
  }

  Result run(Session.Runner runner) {
    return graph.runInCaller(runner);
  }

  Session.Runner runner() {
    return graph.session().runner();
  }

  /** What is computed before the first step: of the sources, then states, then kernels. */
  List<Operand<?>> beforeSteps() {
    List<Operand<?>> operands = new ArrayList<>(prepared.operands());
    operands.addAll(initialState.operands());
    operands.addAll(kernels);
    return operands;
  }
}
