package org.seq4j.core.search;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws target sequences by the probabilities that a model gives them. It finds the same ones for
 * the same seed, if the same sources are searched together.
 */
public final class SamplingSearch implements Search {
  private static final LengthPenalty NO_PENALTY = new LengthPenalty(0);

  private final int samples;
  private final long seed;

  /**
   * Draws for each source.
   *
   * @param samples how many, of which some may be the same
   * @param seed what they follow from
   */
  public SamplingSearch(int samples, long seed) {
    this.samples = samples;
    this.seed = seed;
  }

  @Override
  public int hypothesesPerSource() {
    return samples;
  }

  /**
   * Draws for all sources of a step function at once.
   *
   * @return for each source as many hypotheses as are to be drawn, in no order
   */
  @Override
  public List<List<Hypothesis>> search(StepFunction steps, int[] maxLengths, int begin, int end) {
    int rows = maxLengths.length * samples;
    Draw[] draws = new Draw[rows];
    SplittableRandom random = new SplittableRandom(seed);
    for (int row = 0; row < rows; row++) {
      draws[row] = new Draw(random.split(), maxLengths[row / samples], end);
    }
    Batch batch = Batch.first(steps, samples, maxLengths, begin);
    while (batch.sources().length > 0) {
      StepFunction.Candidates next = batch.step(steps, Integer.MAX_VALUE);
      for (int row = 0; row < batch.sources().length * samples; row++) {
        draws[batch.sources()[row / samples] * samples + row % samples].extend(next, row);
      }
      batch = next(batch, draws, end);
    }
    List<List<Hypothesis>> found = new ArrayList<>();
    for (int source = 0; source < maxLengths.length; source++) {
      int first = source * samples;
      found.add(IntStream.range(first, first + samples).mapToObj(row -> draws[row].done).toList());
    }
    return found;
  }

  /** The sources with a draw that goes on; draws of theirs that are done are carried along. */
  private Batch next(Batch batch, Draw[] draws, int end) {
    int[] sources = batch.sources();
    int[] keep =
        IntStream.range(0, sources.length)
            .filter(
                i ->
                    IntStream.range(0, samples)
                        .anyMatch(k -> draws[sources[i] * samples + k].done == null))
            .toArray();
    int[] parents =
        IntStream.of(keep).flatMap(i -> IntStream.range(i * samples, (i + 1) * samples)).toArray();
    int[] inputs =
        IntStream.of(parents)
            .mapToObj(row -> draws[sources[row / samples] * samples + row % samples])
            .mapToInt(draw -> draw.done == null ? draw.path.symbol() : end)
            .toArray();
    return new Batch(IntStream.of(keep).map(i -> sources[i]).toArray(), keep, parents, inputs);
  }

  /** A sequence while it is drawn. */
  private static final class Draw {
    private final SplittableRandom random;
    private final int maxLength;
    private final int end;
    private Path path = Path.EMPTY;
    private Hypothesis done;

    Draw(SplittableRandom random, int maxLength, int end) {
      this.random = random;
      this.maxLength = maxLength;
      this.end = end;
    }

    void extend(StepFunction.Candidates next, int row) {
      if (done != null) {
        return;
      }
      float[] logProbabilities = next.logProbabilities()[row];
      path.check(logProbabilities);
      int drawn = draw(logProbabilities);
      int symbol = next.symbols()[row][drawn];
      float logProbability = logProbabilities[drawn];
      if (symbol == end) {
        done = path.finish(logProbability, NO_PENALTY);
      } else if (path.length() == maxLength || logProbability == Float.NEGATIVE_INFINITY) {
        done = path.cut(NO_PENALTY);
      } else {
        path = path.extend(symbol, logProbability, next.attention()[row]);
      }
    }

    /** The place of one of the candidates, by their probabilities. */
    private int draw(float[] logProbabilities) {
      double whole = 0;
      for (float logProbability : logProbabilities) {
        whole += Math.exp(logProbability);
      }
      double left = random.nextDouble() * whole;
      for (int i = 0; i < logProbabilities.length; i++) {
        left -= Math.exp(logProbabilities[i]);
        if (left < 0) {
          return i;
        }
      }
      return 0; // rounding: the most likely one
    }
  }
}
