package org.seq4j.runtime.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Samples target sequences from the model's distribution, or a modified one. The samples for a
 * source depend only on the seeds of the search and of the source's task, not on other sources of
 * the batch.
 */
public final class SamplingSearch implements Search {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L; // spreads consecutive seeds

  private final int samples;
  private final SamplingConfig config;
  private final HypothesisScorer ranking;

  SamplingSearch(int samples, SamplingConfig config, HypothesisScorer ranking) {
    this.samples = samples;
    this.config = config;
    this.ranking = ranking;
  }

  /**
   * Creates a search that samples from the model's own distribution.
   *
   * @param samples number of samples per source; they may be equal
   * @param seed random seed
   */
  public SamplingSearch(int samples, long seed) {
    this(samples, SamplingConfig.plain(seed), HypothesisScorer.BY_SCORE);
  }

  @Override
  public int hypothesesPerSource() {
    return samples;
  }

  /**
   * Samples for all sources of a step function at once.
   *
   * @return for each source the requested number of hypotheses, unordered
   */
  @Override
  public List<List<Hypothesis>> search(
      StepFunction steps, List<SearchTask> tasks, int begin, int end) {
    int rows = tasks.size() * samples;
    Draw[] draws = new Draw[rows];
    for (int row = 0; row < rows; row++) {
      SearchTask task = tasks.get(row / samples);
      long seed = config.seed() + GOLDEN * (task.seed() * 1_000_003 + row % samples + 1);
      draws[row] = new Draw(new SplittableRandom(seed), task);
    }
    StepInputs batch = StepInputs.first(steps, samples, tasks.size(), begin);
    int candidates = config.topK() > 0 ? config.topK() : Integer.MAX_VALUE;
    while (batch.sources().length > 0) {
      int[] sources = batch.sources();
      Draw[] inPlay =
          IntStream.range(0, sources.length * samples)
              .mapToObj(row -> draws[sources[row / samples] * samples + row % samples])
              .toArray(Draw[]::new);
      List<PartialHypothesis> paths =
          Arrays.asList(
              Arrays.stream(inPlay)
                  .map(draw -> draw.done == null ? draw.path : null)
                  .toArray(PartialHypothesis[]::new));
      StepInputs.Stepped stepped = batch.step(steps, candidates, paths, tasks, end);
      for (int row = 0; row < inPlay.length; row++) {
        if (inPlay[row].done == null) {
          inPlay[row].extend(stepped.choices()[row], stepped.attention()[row], end);
        }
      }
      batch = next(batch, draws, end);
    }
    List<List<Hypothesis>> found = new ArrayList<>();
    for (int source = 0; source < tasks.size(); source++) {
      int first = source * samples;
      found.add(IntStream.range(first, first + samples).mapToObj(row -> draws[row].done).toList());
    }
    return found;
  }

  /**
   * Returns the inputs for the sources with an unfinished sample; finished samples of these sources
   * are carried along.
   */
  private StepInputs next(StepInputs batch, Draw[] draws, int end) {
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
            .mapToInt(draw -> draw.done == null ? draw.path.token() : end)
            .toArray();
    return new StepInputs(IntStream.of(keep).map(i -> sources[i]).toArray(), keep, parents, inputs);
  }

  /** A sequence while it is sampled. */
  private final class Draw {
    private final SplittableRandom random;
    private final SearchTask task;
    private PartialHypothesis path = PartialHypothesis.EMPTY;
    private Hypothesis done;

    Draw(SplittableRandom random, SearchTask task) {
      this.random = random;
      this.task = task;
    }

    void extend(Continuations choices, float[] attention, int end) {
      int drawn = draw(choices);
      if (drawn < 0) {
        done = path.cut(Ending.DEAD_END, ranking, task);
      } else if (choices.tokens()[drawn] == end) {
        done = path.finish(choices, drawn, ranking, task);
      } else if (path.length() == task.maxLength()) {
        done = path.cut(Ending.LENGTH, ranking, task);
      } else {
        path = path.extend(choices, drawn, attention);
        if (!task.keepsGoing(path)) {
          done = path.cut(Ending.STOPPED, ranking, task);
        }
      }
    }

    /** Samples the index of a continuation; returns -1 if none is possible. */
    private int draw(Continuations choices) {
      if (choices.size() == 0 || choices.ranks()[0] == Double.NEGATIVE_INFINITY) {
        return -1;
      }
      int few = config.topK() > 0 ? Math.min(config.topK(), choices.size()) : choices.size();
      double[] weights = new double[few];
      double whole = 0;
      for (int i = 0; i < few; i++) { // relative to the best, which gets 1: no underflow
        weights[i] = Math.exp((choices.ranks()[i] - choices.ranks()[0]) / config.temperature());
        whole += weights[i];
      }
      int kept = few;
      if (config.topP() < 1) {
        double mass = 0;
        double wanted = config.topP() * whole;
        kept = 0;
        while (kept < few && mass < wanted) {
          mass += weights[kept];
          kept++;
        }
        whole = mass;
      }
      double left = random.nextDouble() * whole;
      for (int i = 0; i < kept; i++) {
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
      return 0; // after rounding errors: the most likely one
    }
  }
}
