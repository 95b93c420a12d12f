package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.model.batch.SequenceInput;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.search.StepFunction;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The steps of a {@link GraphTokenPredictor}; the state stays in native memory. */
final class GraphStepFunction implements StepFunction {
  private final GraphTokenPredictor model;
  private final ModelGraph graph;
  private final int hypothesesPerSource;
  private final boolean withAttention;

  /** The result of the ops before the first step. */
  private final Result first;

  /**
   * The result that contains the prepared tensors of active sources, at its front; initially {@link
   * #first}.
   */
  private Result prepared;

  /**
   * The result that contains the state of all rows, from {@link #stateFrom}; initially {@link
   * #first}.
   */
  private Result state;

  private int stateFrom;
  private final int kernelsFrom; // index in the first result
  private int sources;
  private int rowsBefore; // rows of the state
  private int position;

  GraphStepFunction(
      GraphTokenPredictor model,
      List<? extends SequenceData> sources,
      int hypothesesPerSource,
      boolean withAttention,
      boolean withCtc) {
    this.model = model;
    this.graph = model.source().graph();
    this.hypothesesPerSource = hypothesesPerSource;
    this.withAttention = withAttention && model.steps().weights().isPresent();
    this.sources = sources.size();
    this.rowsBefore = this.sources;
    Session.Runner runner = graph.session().runner();
    model.beforeSteps(withCtc).forEach(runner::fetch);
    try (SequenceInput.Feed feed = model.source().input().feed(PaddedBatch.of(sources))) {
      this.first = graph.runInCaller(feed.to(runner));
    }
    this.kernelsFrom = model.source().prepared().size() + model.source().initialState().size();
    this.prepared = first;
    this.state = first;
    this.stateFrom = model.source().prepared().size();
  }

  /** Returns the CTC posteriors of the sources, which must have been requested. */
  List<CtcScorer.Posteriors> posteriors() {
    int from = kernelsFrom + model.kernels().size();
    return SourceOps.posteriors((TFloat32) first.get(from), (TInt32) first.get(from + 1));
  }

  @Override
  public int sources() {
    return sources;
  }

  @Override
  public int hypothesesPerSource() {
    return hypothesesPerSource;
  }

  @Override
  public Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted) {
    int[] rows = parents;
    if (position == 0) {
      // the initial state has one row per source, for all its hypotheses
      rows = Arrays.stream(parents).map(row -> row / hypothesesPerSource).toArray();
    }
    if (keep.length < sources) {
      drop(keep);
    }
    StepOps step = model.steps();
    Session.Runner runner = graph.session().runner();
    runner.fetch(step.best().values()).fetch(step.best().tokens());
    if (withAttention) {
      runner.fetch(step.weights().orElseThrow());
    }
    int asked = inputs.length == 0 ? 0 : wanted[0].length;
    if (asked > 0) {
      runner.fetch(step.wanted());
    }
    int next = 2 + (withAttention ? 1 : 0) + (asked > 0 ? 1 : 0);
    step.nextState().operands().forEach(runner::fetch);
    feed(runner, step.kept().operands(), prepared, 0);
    boolean unchanged = sameRows(rows, rowsBefore);
    feed(runner, (unchanged ? step.state() : step.previous()).operands(), state, stateFrom);
    feed(runner, model.kernels(), first, kernelsFrom);
    Result result;
    try (TInt32 parentRows = PaddedBatch.ints(rows);
        TInt32 tokens = PaddedBatch.ints(inputs);
        TInt32 time = TInt32.scalarOf(position);
        TInt32 count = TInt32.scalarOf(candidates);
        TInt32 others = asked == 0 ? null : flat(wanted)) {
      runner.feed(step.tokens(), tokens).feed(step.position(), time).feed(step.candidates(), count);
      if (!unchanged) {
        runner.feed(step.parents(), parentRows);
      }
      if (others != null) {
        runner.feed(step.wantedTokens(), others);
      }
      result = graph.runInCaller(runner);
    }
    closeUnlessFirst(state);
    state = result;
    stateFrom = next;
    rowsBefore = rows.length;
    position++;
    return new Candidates(
        ints((TInt32) result.get(1)),
        floats((TFloat32) result.get(0)),
        withAttention ? floats((TFloat32) result.get(2)) : new float[inputs.length][0],
        asked > 0 ? floats((TFloat32) result.get(next - 1)) : new float[inputs.length][0]);
  }

  private static TInt32 flat(int[][] rows) {
    return PaddedBatch.ints(Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray());
  }

  /** Keeps only some of the active sources. */
  private void drop(int[] keep) {
    StepOps step = model.steps();
    Session.Runner runner = graph.session().runner();
    step.kept().operands().forEach(runner::fetch);
    feed(runner, step.prepared().operands(), prepared, 0);
    Result kept;
    try (TInt32 rows = PaddedBatch.ints(keep)) {
      kept = graph.runInCaller(runner.feed(step.keep(), rows));
    }
    closeUnlessFirst(prepared);
    prepared = kept;
    sources = keep.length;
  }

  private static void feed(
      Session.Runner runner, List<? extends Operand<?>> operands, Result values, int from) {
    for (int i = 0; i < operands.size(); i++) {
      Tensor value = values.get(from + i);
      runner.feed(operands.get(i), value);
    }
  }

  private void closeUnlessFirst(Result result) {
    if (result != first) {
      result.close();
    }
  }

  /** Returns true if the rows are all rows of the state before, in order: nothing to gather. */
  private static boolean sameRows(int[] rows, int before) {
    return rows.length == before && IntStream.range(0, before).allMatch(row -> rows[row] == row);
  }

  private static int[][] ints(TInt32 tensor) {
    int rows = (int) tensor.shape().get(0);
    int columns = (int) tensor.shape().get(1);
    int[] flat = new int[rows * columns];
    tensor.asRawTensor().data().asInts().read(flat);
    return IntStream.range(0, rows)
        .mapToObj(row -> Arrays.copyOfRange(flat, row * columns, (row + 1) * columns))
        .toArray(int[][]::new);
  }

  private static float[][] floats(TFloat32 tensor) {
    int rows = (int) tensor.shape().get(0);
    int columns = (int) tensor.shape().get(1);
    float[] flat = new float[rows * columns];
    tensor.asRawTensor().data().asFloats().read(flat);
    List<float[]> result = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      result.add(Arrays.copyOfRange(flat, row * columns, (row + 1) * columns));
    }
    return result.toArray(float[][]::new);
  }

  @Override
  public void close() {
    closeUnlessFirst(state);
    closeUnlessFirst(prepared);
    first.close();
  }
}
