package org.seq4j.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.data.DataPreparation;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.data.VocabularyCounter;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.state.TrainingException;
import scala.Tuple2;

/**
 * The data of a training on a table. The executors count the tokens, encode the pairs, and keep
 * them, each worker's in a partition of its own; the driver gets the counts and the lengths. Where
 * the pairs are not used one by one, or there is one worker, the driver reads the rows instead.
 */
final class TableData implements DataPreparation, AutoCloseable {
  private final Dataset<?> table;
  private final TrainingRows rows;
  private Experiment experiment;
  private Optional<JavaRDD<byte[]>> shards = Optional.empty();
  private final List<Description> descriptions = new ArrayList<>();

  TableData(Dataset<?> table, TrainingRows rows) {
    this.table = table;
    this.rows = rows;
  }

  /** Sets the experiment, whose training will ask for the data. */
  void of(Experiment other) {
    experiment = other;
  }

  /**
   * Prepares the data.
   *
   * @throws IllegalArgumentException if there is no row to train on, or none to validate on
   */
  @Override
  public TrainingData prepare() {
    TrainingDataBuilder builder = experiment.dataBuilder();
    if (experiment.config().training().workers() == 1 || !builder.takesEachTextAlone()) {
      rows.write(table);
      return builder.prepare();
    }
    return prepare(builder, rows.writeOnlyDev(table));
  }

  private TrainingData prepare(TrainingDataBuilder builder, Dataset<Row> train) {
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(SparkSession.active().sparkContext());
    VocabularyCounter counter = builder.counter();
    if (counter.isNeeded()) {
      counter.add(counts(train, described(spark, Optional.empty()), counter.counts().size()));
    }
    int workers = experiment.config().training().workers();
    JavaRDD<byte[]> kept =
        train
            .javaRDD()
            .mapPartitionsToPair(new EncodeTask(described(spark, Optional.of(counter)), workers))
            .partitionBy(new HashPartitioner(workers))
            .mapPartitions(new ShardTask())
            .setName("training pairs of each worker")
            .persist(StorageLevel.MEMORY_AND_DISK());
    shards = Optional.of(kept);
    List<int[]> lengths = new ArrayList<>();
    SkippedExamples skipped = new SkippedExamples();
    for (Tuple2<int[], byte[]> summary : collected(kept.map(new ShardSummary())::collect)) {
      lengths.add(summary._1());
      skipped.addAll(ShardBytes.skipped(summary._2()));
    }
    if (lengths.stream().allMatch(it -> it.length == 0)) {
      throw skipped.nothingLeft();
    }
    return builder.elsewhere(
        ClusterPairs.of(kept, lengths), counter, some(train), TrainLines.skipped(skipped));
  }

  /**
   * Runs a job.
   *
   * @throws TrainingException with the sentence for the user, if it fails
   */
  private static <V> List<V> collected(Supplier<List<V>> job) {
    try {
      return job.get();
    } catch (RuntimeException e) {
      throw new TrainingException("the table cannot be prepared: " + FailureMessage.of(e), e);
    }
  }

  private static List<Example> some(Dataset<Row> train) {
    return train.takeAsList(1000).stream()
        .map(row -> new Example(row.getString(0), List.of(row.getString(1))))
        .toList();
  }

  private Description described(JavaSparkContext spark, Optional<VocabularyCounter> counted) {
    RunArchive files = RunArchive.ofFiles(folder -> experiment.describe(folder, counted));
    Description described = new Description(files.fingerprint(), spark.broadcast(files.bytes()));
    descriptions.add(described); // as long as Spark may have to encode pairs again
    return described;
  }

  /** Counts the tokens of each vocabulary. */
  private static List<Map<String, Long>> counts(
      Dataset<Row> train, Description description, int vocabularies) {
    List<Map<String, Long>> counts = new ArrayList<>();
    for (int i = 0; i < vocabularies; i++) {
      counts.add(new LinkedHashMap<>());
    }
    SkippedExamples skipped = new SkippedExamples();
    long examples = 0;
    JavaPairRDD<String, Long> sums =
        train.javaRDD().mapPartitionsToPair(new CountTask(description)).reduceByKey(new Sum());
    for (Tuple2<String, Long> count : collected(sums::collect)) {
      String key = count._1();
      if (key.equals(CountTask.EXAMPLES)) {
        examples = count._2();
      } else if (key.startsWith(CountTask.SKIPPED)) {
        String reason = key.substring(CountTask.SKIPPED.length());
        skipped.add(SkippedExamples.Reason.valueOf(reason), count._2());
      } else {
        counts.get(key.charAt(0) - '0').put(key.substring(1), count._2());
      }
    }
    if (examples == 0) {
      throw skipped.nothingLeft();
    }
    return counts;
  }

  /** A sum of counts: a class of its own, which any class loader of an executor can read. */
  private static final class Sum
      implements org.apache.spark.api.java.function.Function2<Long, Long, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Long call(Long some, Long others) {
      return some + others;
    }
  }

  /** Frees the memory of the executors. */
  @Override
  public void close() {
    shards.ifPresent(JavaRDD::unpersist);
    descriptions.forEach(it -> it.zip().destroy());
  }
}
