package org.seq4j.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A step function over a {@link ToyModel}, which checks that it is called as it must be. */
final class ToySteps implements StepFunction {
  /** How many sources were in play at each step. */
  final List<Integer> sourcesAtStep = new ArrayList<>();

  private final ToyModel model;
  private final int hypotheses;
  private final boolean attends;
  private List<Integer> sources;
  private List<List<Integer>> rows = new ArrayList<>(); // the prefix of each row
  private boolean closed;

  ToySteps(ToyModel model, int hypotheses, boolean attends, Integer... sources) {
    this.model = model;
    this.hypotheses = hypotheses;
    this.attends = attends;
    this.sources = List.of(sources);
    for (int row = 0; row < sources.length * hypotheses; row++) {
      rows.add(List.of());
    }
  }

  /** Runs a search over sources, and closes the steps. */
  static List<List<Hypothesis>> run(
      SearchConfig config, ToyModel model, int maxLength, Integer... sources) {
    Search search = Search.of(config);
    int[] maxLengths = IntStream.generate(() -> maxLength).limit(sources.length).toArray();
    try (ToySteps steps = new ToySteps(model, search.hypothesesPerSource(), true, sources)) {
      return search.search(steps, maxLengths, ToyModel.BEGIN, ToyModel.END);
    }
  }

  /** Runs a search over a task for each source, and closes the steps. */
  static List<List<Hypothesis>> run(
      SearchConfig config, ToyModel model, List<SearchTask> tasks, Integer... sources) {
    Search search = Search.of(config);
    try (ToySteps steps = new ToySteps(model, search.hypothesesPerSource(), true, sources)) {
      return search.search(steps, tasks, ToyModel.BEGIN, ToyModel.END);
    }
  }

  @Override
  public int sources() {
    return sources.size();
  }

  @Override
  public int hypothesesPerSource() {
    return hypotheses;
  }

  @Override
  public Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted) {
    check(keep, parents, inputs);
    List<List<Integer>> next = new ArrayList<>();
    for (int row = 0; row < parents.length; row++) {
      List<Integer> prefix = new ArrayList<>(rows.get(parents[row]));
      if (!sourcesAtStep.isEmpty()) {
        prefix.add(inputs[row]);
      }
      next.add(prefix);
    }
    rows = next;
    sources = Arrays.stream(keep).mapToObj(sources::get).toList();
    sourcesAtStep.add(keep.length);
    return best(candidates, wanted);
  }

  private void check(int[] keep, int[] parents, int[] inputs) {
    assertThat(closed).isFalse();
    assertThat(keep).isSorted().doesNotHaveDuplicates();
    assertThat(Arrays.stream(keep)).allMatch(s -> s >= 0 && s < sources.size());
    assertThat(keep).as("a step without sources").isNotEmpty();
    assertThat(parents).hasSize(keep.length * hypotheses);
    assertThat(inputs).hasSize(keep.length * hypotheses);
    for (int row = 0; row < parents.length; row++) {
      assertThat(parents[row] / hypotheses).as("source of row").isEqualTo(keep[row / hypotheses]);
      if (sourcesAtStep.isEmpty()) {
        assertThat(inputs[row]).isEqualTo(ToyModel.BEGIN);
      } else {
        assertThat(inputs[row]).isNotEqualTo(ToyModel.BEGIN);
      }
    }
  }

  private Candidates best(int candidates, int[][] wanted) {
    int[][] tokens = new int[rows.size()][];
    float[][] logProbabilities = new float[rows.size()][];
    float[][] attention = new float[rows.size()][];
    float[][] asked = new float[rows.size()][];
    for (int row = 0; row < rows.size(); row++) {
      float[] all = model.next(sources.get(row / hypotheses), rows.get(row));
      tokens[row] =
          IntStream.range(0, all.length)
              .boxed()
              .sorted(Comparator.comparing((Integer id) -> -all[id])) // stable: lower ids first
              .limit(candidates)
              .mapToInt(id -> id)
              .toArray();
      logProbabilities[row] = new float[tokens[row].length];
      for (int i = 0; i < tokens[row].length; i++) {
        logProbabilities[row][i] = all[tokens[row][i]];
      }
      asked[row] = new float[wanted[row].length];
      for (int i = 0; i < asked[row].length; i++) {
        asked[row][i] = all[wanted[row][i]];
      }
      attention[row] = attends ? ToyModel.attention(rows.get(row)) : new float[0];
    }
    return new Candidates(tokens, logProbabilities, attention, asked);
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    assertThat(closed).as("closed twice").isFalse();
    closed = true;
  }
}
