package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Keeps the best {@code size} unfinished hypotheses of each source at each step, see {@link Beam}.
 * A source leaves the batch when it is done.
 *
 * <p>With several groups the beam is divided among them. A group pays a penalty for each time that
 * the groups before it took a token in the same step (Vijayakumar et al. 2018, "Diverse beam
 * search", with Hamming diversity). The penalty affects only the choice of tokens, not scores and
 * ranks.
 */
final class BeamSearch implements Search {
  private final int size;
  private final int nBest;
  private final HypothesisScorer ranking;
  private final int groups;
  private final double strength;

  BeamSearch(int size, int nBest, HypothesisScorer ranking, int groups, double strength) {
    this.size = size;
    this.nBest = nBest;
    this.ranking = ranking;
    this.groups = groups;
    this.strength = strength;
  }

  /** Creates a search with a single group. */
  BeamSearch(int size, int nBest, HypothesisScorer ranking) {
    this(size, nBest, ranking, 1, 0);
  }

  @Override
  public int hypothesesPerSource() {
    return size;
  }

  @Override
  public List<List<Hypothesis>> search(
      StepFunction steps, List<SearchTask> tasks, int begin, int end) {
    StepInputs batch = StepInputs.first(steps, size, tasks.size(), begin);
    List<List<Beam>> beams = tasks.stream().map(task -> beams(task, end)).toList();
    int ofGroup = size / groups;
    // One more than the beam, to replace a row's end token; and as many as other groups may have
    // penalized.
    int candidates = ofGroup + 1 + (groups == 1 ? 0 : size - ofGroup);
    while (batch.sources().length > 0) {
      StepInputs.Stepped stepped = batch.step(steps, candidates, paths(batch, beams), tasks, end);
      for (int s = 0; s < batch.sources().length; s++) {
        Map<Integer, Integer> said = new HashMap<>();
        List<Beam> ofSource = beams.get(batch.sources()[s]);
        for (int group = 0; group < groups; group++) {
          Beam beam = ofSource.get(group);
          if (!beam.done()) {
            beam.advance(stepped, s * size + group * ofGroup, said, strength);
            if (groups > 1) {
              beam.countSaid(said);
            }
          }
        }
      }
      batch = next(batch, beams, end);
    }
    return beams.stream().map(this::results).toList();
  }

  private List<Beam> beams(SearchTask task, int end) {
    int best = (nBest + groups - 1) / groups;
    return IntStream.range(0, groups)
        .mapToObj(group -> new Beam(size / groups, best, ranking, task, end))
        .toList();
  }

  private List<PartialHypothesis> paths(StepInputs batch, List<List<Beam>> beams) {
    List<PartialHypothesis> paths = new ArrayList<>();
    int ofGroup = size / groups;
    for (int source : batch.sources()) {
      for (Beam beam : beams.get(source)) {
        for (int row = 0; row < ofGroup; row++) {
          paths.add(beam.done() ? null : beam.path(row));
        }
      }
    }
    return paths;
  }

  /** Returns the best hypotheses of all groups, finished ones first, without duplicates. */
  private List<Hypothesis> results(List<Beam> beams) {
    if (groups == 1) {
      return beams.get(0).results();
    }
    Map<List<Integer>, Hypothesis> different = new HashMap<>();
    beams.stream()
        .map(Beam::results)
        .flatMap(Collection::stream)
        .forEach(
            hypothesis ->
                different.merge(hypothesis.tokens(), hypothesis, (a, b) -> a.finished() ? a : b));
    return different.values().stream()
        .sorted(
            Comparator.comparing(Hypothesis::finished)
                .thenComparing(Hypothesis::rankScore)
                .reversed()
                .thenComparing(hypothesis -> hypothesis.tokens().toString()))
        .limit(nBest)
        .toList();
  }

  private StepInputs next(StepInputs batch, List<List<Beam>> beams, int end) {
    int[] sources = batch.sources();
    int[] keep =
        IntStream.range(0, sources.length)
            .filter(s -> !beams.get(sources[s]).stream().allMatch(Beam::done))
            .toArray();
    int[] kept = Arrays.stream(keep).map(s -> sources[s]).toArray();
    int[] parents = new int[kept.length * size];
    int[] inputs = new int[kept.length * size];
    int ofGroup = size / groups;
    for (int row = 0; row < parents.length; row++) {
      int group = row % size / ofGroup;
      Beam beam = beams.get(kept[row / size]).get(group);
      parents[row] = keep[row / size] * size + group * ofGroup + beam.parent(row % ofGroup);
      inputs[row] = beam.input(row % ofGroup, end);
    }
    return new StepInputs(kept, keep, parents, inputs);
  }
}
