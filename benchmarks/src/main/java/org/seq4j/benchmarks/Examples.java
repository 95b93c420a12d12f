package org.seq4j.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.EncodedPair;

/**
 * The sources and targets of the models: reversed sequences of random tokens, equal on all sides
 * and in all runs.
 */
final class Examples {
  private static final int FIRST_TOKEN = 4; // after the special ones

  private Examples() {}

  /** Batches of similar lengths in no order of length, the longest sequence of each first. */
  static List<Batch> batches(Workload workload, int count) {
    List<EncodedPair> pairs = pairs(workload, count * workload.batch);
    List<Batch> batches = new ArrayList<>();
    new Batching(new BatchConfig(workload.batch, BatchConfig.Unit.SEQUENCES))
        .byLength(pairs)
        .forEach(batches::add);
    Collections.shuffle(batches, new Random(2));
    return batches;
  }

  /** Sources to decode, the longest first, as the real decoder puts them together. */
  static List<SequenceData> sources(Workload workload, int count) {
    return pairs(workload, count).stream()
        .map(EncodedPair::source)
        .sorted((a, b) -> Integer.compare(b.length(), a.length()))
        .toList();
  }

  static List<EncodedPair> pairs(Workload workload, int count) {
    Random random = new Random(1);
    List<EncodedPair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = workload.shortest + random.nextInt(workload.longest - workload.shortest + 1);
      int[] source = random.ints(length, FIRST_TOKEN, workload.vocabulary).toArray();
      int[] target = new int[length - 1]; // the end token makes it as long as the source
      for (int t = 0; t < target.length; t++) {
        target[t] = source[length - 1 - t];
      }
      pairs.add(new EncodedPair(new TokenIds(source), new TokenIds(target)));
    }
    return pairs;
  }

  /** Returns the number of target tokens, including end tokens. */
  static long tokens(List<Batch> batches) {
    long tokens = 0;
    for (Batch batch : batches) {
      for (int length : batch.target().lengths()) {
        tokens += length + 1;
      }
    }
    return tokens;
  }
}
