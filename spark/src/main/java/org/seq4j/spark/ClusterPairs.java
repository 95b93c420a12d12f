package org.seq4j.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.apache.spark.api.java.JavaRDD;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.PairLengths;
import org.seq4j.trainer.data.batch.TrainPairs;

/** Training pairs that are in the executors, divided among workers. */
final class ClusterPairs implements TrainPairs {
  private final JavaRDD<byte[]> shards;
  private final List<TrainPairs> ofWorkers;
  private final PairLengths lengths;

  /**
   * Creates pairs.
   *
   * @param shards the {@linkplain PairBytes pairs} of each worker: one partition with one value
   *     each
   * @param lengths the lengths of their sources and targets in turn, of each worker
   */
  ClusterPairs(JavaRDD<byte[]> shards, List<int[]> lengths) {
    this.shards = shards;
    this.ofWorkers = lengths.stream().<TrainPairs>map(OfWorker::new).toList();
    this.lengths = new Joined(lengths.stream().map(Lengths::new).toList());
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
    return ofWorkers;
  }

  /** The pairs of a worker. */
  private record OfWorker(int[] numbers) implements TrainPairs {
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
      return Optional.of(new Lengths(numbers));
    }
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
