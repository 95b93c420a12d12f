package org.seq4j.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.apache.spark.api.java.JavaRDD;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.PairLengths;
import org.seq4j.trainer.data.batch.TrainPairs;

/** Training pairs that are in the executors: those of a worker, or all, divided among workers. */
final class ClusterPairs implements TrainPairs {
  private final JavaRDD<byte[]> shards;
  private final PairLengths lengths;
  private final List<TrainPairs> divided;

  private ClusterPairs(JavaRDD<byte[]> shards, PairLengths lengths, List<TrainPairs> divided) {
    this.shards = shards;
    this.lengths = lengths;
    this.divided = divided;
  }

  /**
   * Creates the pairs of all workers.
   *
   * @param shards the {@linkplain ShardBytes pairs} of each worker: one partition with one value
   *     each
   * @param numbers the lengths of their sources and targets in turn, of each worker
   */
  static ClusterPairs of(JavaRDD<byte[]> shards, List<int[]> numbers) {
    List<Lengths> lengths = numbers.stream().map(Lengths::new).toList();
    List<TrainPairs> ofWorkers =
        lengths.stream().<TrainPairs>map(it -> new ClusterPairs(shards, it, List.of())).toList();
    return new ClusterPairs(shards, new Joined(lengths), ofWorkers);
  }

  JavaRDD<byte[]> shards() {
    return shards;
  }

  @Override
  public Pieces epoch(long seed, long epoch) {
    throw new UnsupportedOperationException("the pairs are in the executors");
  }

  @Override
  public Optional<EncodedExamples> all() {
    return Optional.empty();
  }

  @Override
  public Optional<PairLengths> lengths() {
    return Optional.of(lengths);
  }

  @Override
  public List<TrainPairs> divided() {
    return divided;
  }

  /** Lengths of sources and targets in turn. */
  private record Lengths(int[] numbers) implements PairLengths {
    @Override
    public int size() {
      return numbers.length / 2;
    }

    @Override
    public int source(int pair) {
      return numbers[2 * pair];
    }

    @Override
    public int target(int pair) {
      return numbers[2 * pair + 1];
    }
  }

  /** The lengths of all workers' pairs. */
  private record Joined(List<Lengths> parts) implements PairLengths {
    @Override
    public int size() {
      return parts.stream().mapToInt(Lengths::size).sum();
    }

    @Override
    public int source(int pair) {
      return at(pair, Lengths::source);
    }

    @Override
    public int target(int pair) {
      return at(pair, Lengths::target);
    }

    private int at(int pair, ToIntBiFunction<Lengths, Integer> length) {
      int rest = pair;
      for (Lengths part : parts) {
        if (rest < part.size()) {
          return length.applyAsInt(part, rest);
        }
        rest -= part.size();
      }
      throw new IndexOutOfBoundsException(pair);
    }
  }
}
