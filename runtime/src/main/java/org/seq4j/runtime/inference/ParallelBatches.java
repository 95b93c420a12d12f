package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.seq4j.core.text.SequenceData;

/**
 * Divides sequences into batches that threads process in parallel.
 *
 * @param threads number of threads
 * @param most maximum number of sequences in a batch
 */
record ParallelBatches(int threads, int most) {
  private static final int MAX_SEQUENCES = 64;

  /** Creates batches of a size at which inference is fast. */
  static ParallelBatches of(int threads) {
    return new ParallelBatches(threads, MAX_SEQUENCES);
  }

  /** Work on a batch of sequences. */
  @FunctionalInterface
  interface Work<R> {
    /**
     * Computes the result of each sequence of the batch, in their order.
     *
     * @param indices indices of the sequences of the batch among all sequences
     */
    List<R> of(List<SequenceData> part, int[] indices);
  }

  /** Processes all sequences; the results are in their order. */
  <R> List<R> map(List<? extends SequenceData> sequences, Work<R> work) {
    List<R> results = new ArrayList<>(Collections.nCopies(sequences.size(), null));
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int[] indices : divide(sequences)) {
      tasks.add(
          () -> {
            List<SequenceData> part =
                Arrays.stream(indices).<SequenceData>mapToObj(sequences::get).toList();
            List<R> answers = work.of(part, indices);
            for (int i = 0; i < indices.length; i++) {
              results.set(indices[i], answers.get(i));
            }
            return null;
          });
    }
    run(tasks);
    return results;
  }

  /**
   * Returns the indices of the sequences of each batch. Sequences of similar lengths are batched,
   * because the longest one determines the cost of a batch. Batches are divided evenly among
   * threads.
   */
  List<int[]> divide(List<? extends SequenceData> sequences) {
    int[] sorted =
        IntStream.range(0, sequences.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -sequences.get(i).length()))
            .mapToInt(i -> i)
            .toArray();
    int groupSize = most * threads;
    int groups = (sorted.length + groupSize - 1) / groupSize;
    List<int[]> parts = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      int from = (int) ((long) group * sorted.length / groups);
      int to = (int) ((long) (group + 1) * sorted.length / groups);
      for (int thread = 0; thread < Math.min(threads, to - from); thread++) {
        int first = from + thread;
        parts.add(
            IntStream.range(first, to)
                .filter(i -> (i - first) % threads == 0)
                .map(i -> sorted[i])
                .toArray());
      }
    }
    return parts;
  }

  private void run(List<Callable<Void>> tasks) {
    if (tasks.size() <= 1 || threads == 1) {
      tasks.forEach(ParallelBatches::call);
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(threads, tasks.size()));
    try {
      List<Future<Void>> all = tasks.stream().map(executor::submit).toList();
      for (Future<Void> task : all) {
        call(task::get);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static void call(Callable<Void> task) {
    try {
      task.call();
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (Exception e) {
      throw unchecked(e);
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }
}
