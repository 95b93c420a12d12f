package org.seq4j.trainer.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SamplingSearch;
import org.seq4j.runtime.search.StepFunction;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.split.StableRandom;

/** Samples candidates from the current model and computes their costs with a metric. */
public final class RiskSampler {
  /**
   * Max length of candidates, beyond twice the length of the true target; longer ones are
   * truncated, which costs enough.
   */
  private static final int MORE = 5;

  private final Metric metric;
  private final TextCodec target;
  private final int count;
  private final long seed;

  public RiskSampler(Metric metric, TextCodec target, int count, long seed) {
    this.metric = metric;
    this.target = target;
    this.count = count;
    this.seed = seed;
  }

  /**
   * Returns the distinct candidates of a batch: for each source, the true target and sampled
   * hypotheses.
   */
  public RiskBatch of(TokenPredictor model, Batch batch, long step) {
    List<? extends SequenceData> sources = batch.source().sequences();
    int[] limits =
        Arrays.stream(batch.target().lengths()).map(length -> 2 * length + MORE).toArray();
    long ofStep = new StableRandom(seed, step).nextLong();
    List<List<Hypothesis>> drawn;
    try (StepFunction steps = model.start(Sources.of(sources), count, false)) {
      drawn =
          new SamplingSearch(count, ofStep).search(steps, limits, Vocabulary.BEGIN, Vocabulary.END);
    }
    List<SequenceData> rowsOfSource = new ArrayList<>();
    List<SequenceData> rowsOfTarget = new ArrayList<>();
    List<Integer> groups = new ArrayList<>();
    List<Float> costs = new ArrayList<>();
    for (int source = 0; source < sources.size(); source++) {
      TokenIds truth = (TokenIds) batch.target().sequences().get(source);
      Set<List<Integer>> candidates = new LinkedHashSet<>();
      candidates.add(Arrays.stream(truth.ids()).boxed().toList());
      drawn.get(source).forEach(hypothesis -> candidates.add(hypothesis.tokens()));
      Metric.Text right = text(truth.ids());
      for (List<Integer> candidate : candidates) {
        int[] ids = candidate.stream().mapToInt(id -> id).toArray();
        rowsOfSource.add(sources.get(source));
        rowsOfTarget.add(new TokenIds(ids));
        groups.add(source);
        costs.add((float) cost(text(ids), right));
      }
    }
    float[] costArray = new float[costs.size()];
    for (int i = 0; i < costArray.length; i++) {
      costArray[i] = costs.get(i);
    }
    return new RiskBatch(
        PaddedBatch.of(rowsOfSource),
        PaddedBatch.of(rowsOfTarget),
        groups.stream().mapToInt(group -> group).toArray(),
        costArray);
  }

  private double cost(Metric.Text candidate, Metric.Text right) {
    double value =
        metric
            .score(List.of(new Metric.Sample(candidate, List.of(right), Optional.empty())))
            .value();
    return metric.higherIsBetter() ? -value : value;
  }

  private Metric.Text text(int[] ids) {
    List<String> tokens = target.vocabulary().decode(ids);
    return new Metric.Text(target.decode(tokens), tokens);
  }
}
