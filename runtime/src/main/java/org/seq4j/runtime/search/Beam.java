package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The beam of one source, or one of its groups.
 *
 * <p>A step takes the continuations of all live hypotheses, best first, until {@code size} of them
 * are live again; ends met on the way are finished hypotheses, of which the best {@code nBest} are
 * kept. The source is done when no live hypothesis can still come before the last of those: its
 * score only falls as it grows (log-probabilities are not positive), and at the maximum length the
 * length normalization divides it by most, so its score now divided by that bounds its rank. Rules
 * may favour tokens, so with rules it goes on while anything is live.
 *
 * <p>Where rules have a goal, the places in the beam are divided among hypotheses that have come
 * equally near to it, and the rest goes to the nearest (Post and Vilar 2018).
 */
final class Beam {
  private final int size;
  private final int nBest;
  private final HypothesisScorer ranking;
  private final SearchTask task;
  private final int goal;
  private final int end;

  private final List<Hypothesis> finished = new ArrayList<>(); // the nBest best, best first
  private List<Live> live =
      List.of(new Live(PartialHypothesis.EMPTY, 0)); // best first; all of one length
  private List<PartialHypothesis> cut =
      List.of(); // what was live when nothing could be extended, best first
  private Ending whyCut = Ending.LENGTH;

  /** A path and which of the source's rows of the step before it continues. */
  private record Live(PartialHypothesis path, int parent) {}

  /** A continuation of a live hypothesis. */
  private record Candidate(int row, int choice, int token, double rank, int progress) {}

  Beam(int size, int nBest, HypothesisScorer ranking, SearchTask task, int end) {
    this.size = size;
    this.nBest = nBest;
    this.ranking = ranking;
    this.task = task;
    this.goal = task.goal();
    this.end = end;
  }

  /** How many hypotheses are live. */
  int rows() {
    return live.size();
  }

  /** What a row has said; null if it only repeats another. */
  PartialHypothesis path(int row) {
    return row < live.size() ? live.get(row).path() : null;
  }

  /**
   * Makes a step.
   *
   * @param stepped what a step gave for the rows of this beam, which start at {@code firstRow}
   * @param said how often other groups took each token in this step
   * @param strength what each time costs
   */
  void advance(
      StepInputs.Stepped stepped, int firstRow, Map<Integer, Integer> said, double strength) {
    List<Continuations> choices = new ArrayList<>();
    for (int row = 0; row < live.size(); row++) {
      choices.add(stepped.choices()[firstRow + row].unlike(said, strength));
    }
    List<Live> next = new ArrayList<>();
    Set<Integer> ended = new HashSet<>();
    for (Candidate candidate : goal == 0 ? best(choices) : bestByProgress(choices)) {
      Continuations ofRow = stepped.choices()[firstRow + candidate.row()];
      int choice = said.isEmpty() ? candidate.choice() : place(ofRow, candidate.token());
      PartialHypothesis path = live.get(candidate.row()).path();
      if (candidate.token() == end) {
        finish(path.finish(ofRow, choice, ranking, task));
        ended.add(candidate.row());
      } else {
        float[] attention = stepped.attention()[firstRow + candidate.row()];
        next.add(new Live(path.extend(ofRow, choice, attention), candidate.row()));
      }
    }
    boolean full = live.get(0).path().length() == task.maxLength();
    if (full || next.isEmpty()) {
      whyCut = full ? Ending.LENGTH : Ending.DEAD_END;
      cut = withoutEnded(ended);
      live = List.of();
      return;
    }
    live = next;
    if (!task.keepsGoing(next.get(0).path())) {
      whyCut = Ending.STOPPED;
      cut = next.stream().map(Live::path).toList();
      live = List.of();
    }
  }

  /** Where a token stands among choices. */
  private static int place(Continuations choices, int token) {
    int place = 0;
    while (choices.tokens()[place] != token) {
      place++;
    }
    return place;
  }

  /** The best continuations, until {@code size} of them are not the end. */
  private List<Candidate> best(List<Continuations> choices) {
    int[] taken = new int[live.size()]; // how many choices of each row
    List<Candidate> best = new ArrayList<>();
    int extended = 0;
    while (extended < size) {
      int row = bestRow(choices, taken);
      if (row < 0) {
        break;
      }
      int choice = taken[row]++;
      int token = choices.get(row).tokens()[choice];
      best.add(new Candidate(row, choice, token, 0, 0));
      extended += token == end ? 0 : 1;
    }
    return best;
  }

  /**
   * The row whose next choice is the best of all; of equals that with the lower token, then the
   * lower row. -1 if no row has a possible one left.
   */
  private int bestRow(List<Continuations> choices, int[] taken) {
    int found = -1;
    double bestRank = Double.NEGATIVE_INFINITY;
    int bestToken = 0;
    for (int row = 0; row < taken.length; row++) {
      Continuations of = choices.get(row);
      if (taken[row] < of.size() && of.ranks()[taken[row]] > Double.NEGATIVE_INFINITY) {
        double rank = live.get(row).path().rank() + of.ranks()[taken[row]];
        int token = of.tokens()[taken[row]];
        if (found < 0 || rank > bestRank || (rank == bestRank && token < bestToken)) {
          found = row;
          bestRank = rank;
          bestToken = token;
        }
      }
    }
    return found;
  }

  /** The best continuations of each progress in turn. */
  private List<Candidate> bestByProgress(List<Continuations> choices) {
    List<List<Candidate>> banks = new ArrayList<>();
    for (int progress = 0; progress <= goal; progress++) {
      banks.add(new ArrayList<>());
    }
    for (int row = 0; row < choices.size(); row++) {
      Continuations of = choices.get(row);
      PartialHypothesis path = live.get(row).path();
      for (int choice = 0; choice < of.size(); choice++) {
        if (of.ranks()[choice] > Double.NEGATIVE_INFINITY) {
          List<Integer> said = new ArrayList<>(path.tokens());
          if (of.tokens()[choice] != end) {
            said.add(of.tokens()[choice]);
          }
          int progress = task.progress(said);
          banks
              .get(progress)
              .add(
                  new Candidate(
                      row,
                      choice,
                      of.tokens()[choice],
                      path.rank() + of.ranks()[choice],
                      progress));
        }
      }
    }
    Comparator<Candidate> order =
        Comparator.comparingDouble((Candidate it) -> -it.rank())
            .thenComparingInt(Candidate::token)
            .thenComparingInt(Candidate::row);
    banks.forEach(bank -> bank.sort(order));
    List<Candidate> taken = new ArrayList<>();
    int left = size;
    int share = Math.max(1, size / (goal + 1));
    for (int pass = 0; pass < 2; pass++) { // each its share, then what is left to the nearest
      for (int progress = goal; progress >= 0; progress--) {
        left -= take(banks.get(progress), pass == 0 ? Math.min(share, left) : left, taken);
      }
    }
    taken.sort(order);
    return taken;
  }

  /** Takes candidates until so many are not the end; how many these are. */
  private int take(List<Candidate> bank, int most, List<Candidate> taken) {
    int extended = 0;
    while (extended < most && !bank.isEmpty()) {
      Candidate best = bank.remove(0);
      taken.add(best);
      extended += best.token() == end ? 0 : 1;
    }
    return extended;
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

  private List<PartialHypothesis> withoutEnded(Set<Integer> ended) {
    List<PartialHypothesis> paths = new ArrayList<>();
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
    return task.rules().isEmpty()
        && finished.size() == nBest
        && finished.get(nBest - 1).rankScore()
            >= ranking.bound(live.get(0).path().rank(), task.maxLength() + 1L);
  }

  /**
   * The row of the step before that a row continues. Rows beyond the live ones, which the step
   * function must have all the same, repeat the first; they are never looked at.
   */
  int parent(int row) {
    return live.isEmpty() ? 0 : live.get(row < live.size() ? row : 0).parent();
  }

  /** The token that a row is extended by, if any is; see {@link #parent}. */
  int input(int row, int none) {
    return live.isEmpty() ? none : live.get(row < live.size() ? row : 0).path().token();
  }

  /** The tokens that were said in the last step. */
  void countSaid(Map<Integer, Integer> said) {
    live.forEach(one -> said.merge(one.path().token(), 1, Integer::sum));
  }

  /** The best hypotheses: finished ones, then, while there are too few, those that were cut. */
  List<Hypothesis> results() {
    List<Hypothesis> results = new ArrayList<>(finished);
    cut.stream()
        .limit(nBest - finished.size())
        .map(path -> path.cut(whyCut, ranking, task))
        .forEach(results::add);
    return List.copyOf(results);
  }
}
