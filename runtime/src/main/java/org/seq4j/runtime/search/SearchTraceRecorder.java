package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records the hypotheses that a search over one source extends. It wraps the step function, so that
 * it works with any search.
 */
public final class SearchTraceRecorder implements StepFunction {
  /** The parent of nodes without a parent. */
  public static final int ROOT = -1;

  private final StepFunction steps;
  private final List<Node> nodes = new ArrayList<>();
  private int[] rows = new int[0]; // node of each row
  private Candidates offered;
  private int[][] asked;

  /**
   * A hypothesis that the search extended.
   *
   * @param parent index of the node that it extends by a token, or {@link #ROOT}
   * @param token id of that token
   * @param score natural logarithm of the probability of its tokens
   */
  public record Node(int parent, int token, double score) {}

  /**
   * Wraps a step function without steps so far.
   *
   * @throws IllegalArgumentException if the number of sources is not 1
   */
  public SearchTraceRecorder(StepFunction steps) {
    if (steps.sources() != 1) {
      throw new IllegalArgumentException(
          "only a search over one source can be recorded, not over " + steps.sources());
    }
    this.steps = steps;
  }

  /** The extended hypotheses, step by step, without end tokens. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  @Override
  public int sources() {
    return steps.sources();
  }

  @Override
  public int hypothesesPerSource() {
    return steps.hypothesesPerSource();
  }

  @Override
  public Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted) {
    int[] next = new int[inputs.length];
    Arrays.fill(next, ROOT);
    if (offered != null) {
      Map<Integer, Map<Integer, Integer>> seen = new HashMap<>(); // rows may repeat
      for (int row = 0; row < inputs.length; row++) {
        int parent = parents[row];
        int token = inputs[row];
        next[row] =
            seen.computeIfAbsent(rows[parent], any -> new HashMap<>())
                .computeIfAbsent(token, any -> add(parent, token));
      }
    }
    rows = next;
    offered = steps.step(keep, parents, inputs, candidates, wanted);
    asked = wanted;
    return offered;
  }

  private int add(int row, int token) {
    double before = rows[row] == ROOT ? 0 : nodes.get(rows[row]).score();
    nodes.add(new Node(rows[row], token, before + logProbability(row, token)));
    return nodes.size() - 1;
  }

  private float logProbability(int row, int token) {
    for (int i = 0; i < offered.tokens()[row].length; i++) {
      if (offered.tokens()[row][i] == token) {
        return offered.logProbabilities()[row][i];
      }
    }
    int place = 0;
    while (asked[row][place] != token) {
      place++;
    }
    return offered.wanted()[row][place];
  }

  @Override
  public void close() {
    steps.close();
  }
}
