package org.seq4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.Shards;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import scala.Tuple2;

/**
 * Encodes the rows of a partition. The key of {@linkplain ShardBytes some pairs} is the worker that
 * they belong to.
 */
record EncodeTask(Description description, int workers)
    implements PairFlatMapFunction<Iterator<Row>, Integer, byte[]> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(Iterator<Row> rows) {
    Description.Open open = description.open();
    PairEncoder encoder = open.experiment().trainEncoder(open.folder());
    ExampleRows examples = new ExampleRows(open.experiment(), rows);
    return new Iterator<>() {
      private Iterator<Tuple2<Integer, byte[]>> ready =
          List.<Tuple2<Integer, byte[]>>of().iterator();
      private boolean ended;

      @Override
      public boolean hasNext() {
        return ready.hasNext() || !ended;
      }

      @Override
      public Tuple2<Integer, byte[]> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        while (!ready.hasNext()) {
          ended = !examples.hasNext();
          ready = ended ? last(examples.skipped()) : encoded(encoder.encode(examples.next()));
        }
        return ready.next();
      }
    };
  }

  private Iterator<Tuple2<Integer, byte[]>> encoded(EncodedExamples examples) {
    List<List<EncodedPair>> ofWorkers = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      ofWorkers.add(new ArrayList<>());
    }
    examples.pairs().forEach(it -> ofWorkers.get(Shards.workerOf(it, workers)).add(it));
    List<Tuple2<Integer, byte[]>> pieces = new ArrayList<>();
    for (int worker = 0; worker < workers; worker++) {
      // the first one also counts what is skipped
      SkippedExamples skipped = worker == 0 ? examples.leftOut() : new SkippedExamples();
      pieces.add(new Tuple2<>(worker, ShardBytes.of(skipped, ofWorkers.get(worker))));
    }
    return pieces.iterator();
  }

  /** Returns the examples that were skipped before they were encoded. */
  private Iterator<Tuple2<Integer, byte[]>> last(SkippedExamples skipped) {
    int any = TaskContext.getPartitionId() % workers;
    return List.of(new Tuple2<>(any, ShardBytes.of(skipped, List.of()))).iterator();
  }
}
