package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The beam of one source, or of one of its groups.
 *
 * <p>A step takes the continuations of all live hypotheses, best first, until {@code size} of them
 * are live again. Continuations that end are finished hypotheses; the best {@code nBest} of them
 * are kept. The source is done when no live hypothesis can still rank above the last of those. The
 * score of a live hypothesis only decreases, because log-probabilities are not positive, and the
 * divisor of length normalization is largest at the maximum length: the current score divided by it
 * is an upper bound of its rank. Rules may favour tokens, so that with rules the search continues
 * while a hypothesis is live.
 *
 * <p>If rules have a goal, the places in the beam are divided equally among groups of hypotheses of
 * equal progress; remaining places go to the groups with most progress (Post and Vilar 2018).
 */
final class Beam {
  private final int size;
  private final int nBest;
  private final HypothesisScorer ranking;
  private final SearchTask task;
  private final int goal;
  private final int end;

  private final List<Hypothesis> finished = new ArrayList<>(); // the nBest best ones, best first
  private List<Live> live =
      List.of(new Live(PartialHypothesis.EMPTY, 0)); // best first; all of one length
  private List<PartialHypothesis> cut =
      List.of(); // the hypotheses that were live when none could be extended, best first
  private Ending whyCut = Ending.LENGTH;

  /** A live hypothesis and the row of the previous step that it continues. */
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

  /** The number of live hypotheses. */
  int rows() {
    return live.size();
  }

  /** Returns the hypothesis of a row; null if the row repeats another one. */
  PartialHypothesis path(int row) {
    return row < live.size() ? live.get(row).path() : null;
  }

  /**
   * Makes a step.
   *
   * @param stepped the result of the step for the rows of this beam, which start at {@code
   *     firstRow}
   * @param said number of times that other groups took each token in this step
   * @param strength penalty for each time
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

  /** Returns the index of a token among the continuations. */
  private static int place(Continuations choices, int token) {
    int place = 0;
    while (choices.tokens()[place] != token) {
      place++;
    }
    return place;
  }

  /** Returns the best continuations, until {@code size} of them do not end. */
  private List<Candidate> best(List<Continuations> choices) {
    int[] taken = new int[live.size()]; // number of continuations taken from each row
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
   * Returns the row whose next continuation is the best; of equal ones, that with the lower token,
   * then the lower row. Returns -1 if no row has a possible one left.
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

  /** Returns the best continuations, with places for each value of progress. */
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
    for (int pass = 0; pass < 2; pass++) { // shares, then the rest, most progress first
      for (int progress = goal; progress >= 0; progress--) {
        left -= take(banks.get(progress), pass == 0 ? Math.min(share, left) : left, taken);
      }
    }
    taken.sort(order);
    return taken;
  }

  /** Takes candidates until the given number do not end; returns this number. */
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

  /** Returns true if further steps cannot change the results. */
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
   * Returns the row of the previous step that a row continues. Rows beyond the live ones, which the
   * step function also needs, repeat the first one; their results are ignored.
   */
  int parent(int row) {
    return live.isEmpty() ? 0 : live.get(row < live.size() ? row : 0).parent();
  }

  /** Returns the token that extends a row, or the default; see {@link #parent}. */
  int input(int row, int none) {
    return live.isEmpty() ? none : live.get(row < live.size() ? row : 0).path().token();
  }

  /** Adds the tokens taken in the last step to the counts. */
  void countSaid(Map<Integer, Integer> said) {
    live.forEach(one -> said.merge(one.path().token(), 1, Integer::sum));
  }

  /** Returns the best hypotheses: finished ones, then, if there are too few, unfinished ones. */
  List<Hypothesis> results() {
    List<Hypothesis> results = new ArrayList<>(finished);
    cut.stream()
        .limit(nBest - finished.size())
        .map(path -> path.cut(whyCut, ranking, task))
        .forEach(results::add);
    return List.copyOf(results);
  }
}
