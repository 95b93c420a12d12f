package org.seq4j.core.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps the best {@code size} unfinished hypotheses of each source at each step; {@link Beam} says
 * how. Sources leave the batch as they are done.
 */
final class BeamSearch implements Search {
  private final int size;
  private final int nBest;
  private final LengthPenalty penalty;

  BeamSearch(int size, int nBest, LengthPenalty penalty) {
    this.size = size;
    this.nBest = nBest;
    this.penalty = penalty;
  }

  @Override
  public int hypothesesPerSource() {
    return size;
  }

  @Override
  public List<List<Hypothesis>> search(StepFunction steps, int[] maxLengths, int begin, int end) {
    Batch batch = Batch.first(steps, size, maxLengths, begin);
    List<Beam> beams =
        Arrays.stream(maxLengths)
            .mapToObj(maxLength -> new Beam(size, nBest, penalty, maxLength, end))
            .toList();
    while (batch.sources().length > 0) {
      // One more than the beam: should a row's end be among them, there are enough to refill it.
      StepFunction.Candidates best = batch.step(steps, size + 1);
      for (int s = 0; s < batch.sources().length; s++) {
        beams.get(batch.sources()[s]).advance(best, s * size);
      }
      batch = next(batch, beams);
    }
    return beams.stream().map(Beam::results).toList();
  }

  private Batch next(Batch batch, List<Beam> beams) {
    int[] sources = batch.sources();
    int[] keep =
        IntStream.range(0, sources.length).filter(s -> !beams.get(sources[s]).done()).toArray();
    int[] kept = Arrays.stream(keep).map(s -> sources[s]).toArray();
    int[] parents = new int[kept.length * size];
    int[] inputs = new int[kept.length * size];
    for (int row = 0; row < parents.length; row++) {
      Beam beam = beams.get(kept[row / size]);
      parents[row] = keep[row / size] * size + beam.parent(row % size);
      inputs[row] = beam.input(row % size);
    }
    return new Batch(kept, keep, parents, inputs);
  }
}
