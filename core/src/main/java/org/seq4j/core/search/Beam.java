package org.seq4j.core.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The beam of one source.
 *
 * <p>A step takes the continuations of all live hypotheses, best first, until {@code size} of them
 * are live again; ends met on the way are finished hypotheses, of which the best {@code nBest} are
 * kept. The source is done when no live hypothesis can still come before the last of those: its
 * score only falls as it grows (log-probabilities are not positive), and at the maximum length the
 * length penalty divides it by most, so its score now divided by that penalty bounds its rank.
 */
final class Beam {
  private final int size;
  private final int nBest;
  private final LengthPenalty penalty;
  private final int maxLength;
  private final int end;

  private final List<Hypothesis> finished = new ArrayList<>(); // the nBest best, best first
  private List<Live> live = List.of(new Live(Path.EMPTY, 0)); // best first; all of one length
  private List<Path> cut = List.of(); // what was live when nothing could be extended, best first

  /** A path and which of the source's rows of the step before it continues. */
  private record Live(Path path, int parent) {}

  Beam(int size, int nBest, LengthPenalty penalty, int maxLength, int end) {
    this.size = size;
    this.nBest = nBest;
    this.penalty = penalty;
    this.maxLength = maxLength;
    this.end = end;
  }

  /** Makes a step with the candidates of this source's rows, which start at {@code firstRow}. */
  void advance(StepFunction.Candidates best, int firstRow) {
    for (int row = 0; row < live.size(); row++) {
      live.get(row).path().check(best.logProbabilities()[firstRow + row]);
    }
    int[] taken = new int[live.size()]; // how many candidates of each row
    List<Live> next = new ArrayList<>();
    Set<Integer> ended = new HashSet<>();
    while (next.size() < size) {
      int row = bestRow(best, firstRow, taken);
      if (row < 0) {
        break;
      }
      int symbol = best.symbols()[firstRow + row][taken[row]];
      float logProbability = best.logProbabilities()[firstRow + row][taken[row]];
      taken[row]++;
      Path path = live.get(row).path();
      if (symbol == end) {
        finish(path.finish(logProbability, penalty));
        ended.add(row);
      } else {
        float[] attention = best.attention()[firstRow + row];
        next.add(new Live(path.extend(symbol, logProbability, attention), row));
      }
    }
    boolean full = live.get(0).path().length() == maxLength;
    if (full || next.isEmpty()) {
      cut = withoutEnded(ended);
      live = List.of();
    } else {
      live = next;
    }
  }

  /**
   * The row whose next candidate is the best of all; of equals that with the lower symbol, then the
   * lower row. -1 if no row has a possible one left.
   */
  private int bestRow(StepFunction.Candidates best, int firstRow, int[] taken) {
    int found = -1;
    double bestScore = Double.NEGATIVE_INFINITY;
    int bestSymbol = 0;
    for (int row = 0; row < taken.length; row++) {
      float[] logProbabilities = best.logProbabilities()[firstRow + row];
      if (taken[row] < logProbabilities.length
          && logProbabilities[taken[row]] > Float.NEGATIVE_INFINITY) {
        double score = live.get(row).path().score() + logProbabilities[taken[row]];
        int symbol = best.symbols()[firstRow + row][taken[row]];
        if (found < 0 || score > bestScore || (score == bestScore && symbol < bestSymbol)) {
          found = row;
          bestScore = score;
          bestSymbol = symbol;
        }
      }
    }
    return found;
  }

  private void finish(Hypothesis hypothesis) {
    int place = finished.size();
    while (place > 0 && finished.get(place - 1).rankScore() < hypothesis.rankScore()) {
      place--;
    }
    finished.add(place, hypothesis);
    if (finished.size() > nBest) {
      finished.remove(nBest);
    }
  }

  private List<Path> withoutEnded(Set<Integer> ended) {
    List<Path> paths = new ArrayList<>();
    for (int row = 0; row < live.size(); row++) {
      if (!ended.contains(row)) {
        paths.add(live.get(row).path());
      }
    }
    return paths;
  }

  /** Whether further steps can change nothing. */
  boolean done() {
    if (live.isEmpty()) {
      return true;
    }
    return finished.size() == nBest
        && finished.get(nBest - 1).rankScore()
            >= penalty.rank(live.get(0).path().score(), maxLength + 1L);
  }

  /**
   * The row of the step before that a row continues. Rows beyond the live ones, which the step
   * function must have all the same, repeat the first; they are never looked at.
   */
  int parent(int row) {
    return live.get(row < live.size() ? row : 0).parent();
  }

  /** The symbol that a row is extended by; see {@link #parent}. */
  int input(int row) {
    return live.get(row < live.size() ? row : 0).path().symbol();
  }

  /** The best hypotheses: finished ones, then, while there are too few, those that were cut. */
  List<Hypothesis> results() {
    List<Hypothesis> results = new ArrayList<>(finished);
    cut.stream()
        .limit(nBest - finished.size())
        .map(path -> path.cut(penalty))
        .forEach(results::add);
    return List.copyOf(results);
  }
}
