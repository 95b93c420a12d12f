package org.seq4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.SequenceFormatException;

/**
 * Adds columns to the rows of a partition. It computes a batch at a time, and holds no more than
 * one.
 */
abstract class RowFunction implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Options options;
  private final Counts counts;

  /**
   * The bytes of the archive: of JDK types alone, since a broadcast value may be made by another
   * class loader.
   */
  private final Broadcast<byte[]> archive;

  /**
   * Options of all stages.
   *
   * @param key the model
   * @param batchSize number of rows in a batch
   * @param nullOnError whether a row that the model cannot read gets nulls; else it is an error
   */
  record Options(ModelKey key, int batchSize, boolean nullOnError) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

  RowFunction(Options options, Broadcast<byte[]> archive, Counts counts) {
    this.options = options;
    this.archive = archive;
    this.counts = counts;
  }

  /**
   * Prepares the work on a partition.
   *
   * @return computes the new values of each row of a batch, in the order of the rows; a row that
   *     cannot be read has nulls
   */
  abstract Function<List<Row>, List<Object[]>> work(LoadedModels.Use model);

  final Counts counts() {
    return counts;
  }

  @Override
  public final Iterator<Row> call(Iterator<Row> rows) {
    return rows.hasNext() ? new Batches(rows) : rows; // an empty partition needs no model
  }

  /** The rows with their new columns. */
  private final class Batches implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final Function<List<Row>, List<Object[]>> work;
    private Iterator<Row> ready = List.<Row>of().iterator();

    Batches(Iterator<Row> rows) {
      this.rows = rows;
      LoadedModels.Use use = LoadedModels.use(options.key(), archive::value);
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) task -> use.close());
      this.work = work(use);
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      if (!ready.hasNext()) {
        ready = computed();
      }
      return ready.next();
    }

    private Iterator<Row> computed() {
      if (TaskContext.get().isInterrupted()) {
        throw new CancellationException("the task was killed");
      }
      List<Row> batch = new ArrayList<>();
      while (batch.size() < options.batchSize() && rows.hasNext()) {
        batch.add(rows.next());
        counts.row();
      }
      List<Object[]> values = work.apply(batch);
      List<Row> extended = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        extended.add(extended(batch.get(i), values.get(i)));
      }
      return extended.iterator();
    }
  }

  private static Row extended(Row row, Object[] more) {
    Object[] all = new Object[row.size() + more.length];
    for (int i = 0; i < row.size(); i++) {
      all[i] = row.get(i);
    }
    System.arraycopy(more, 0, all, row.size(), more.length);
    return RowFactory.create(all);
  }

  /**
   * Reads a text of a row.
   *
   * @return nothing if the text is null, or cannot be read and such rows get nulls
   * @throws RowException if it cannot be read and such rows are errors
   */
  final Optional<ExampleValue> read(Row row, int column, SequenceCodec side) {
    if (row.isNullAt(column)) {
      return Optional.empty();
    }
    return read(
        () -> side.read(new TextValue(row.getString(column))),
        cause -> RowException.unreadable(row, column, cause));
  }

  /**
   * Reads a value.
   *
   * @param reading throws a {@link SequenceFormatException} if the value cannot be read
   * @return nothing if it cannot be read and such rows get nulls
   * @throws RowException the error, if it cannot be read and such rows are errors
   */
  final <V> Optional<V> read(
      Supplier<V> reading, Function<SequenceFormatException, RowException> error) {
    try {
      return Optional.of(reading.get());
    } catch (SequenceFormatException e) {
      if (!options.nullOnError()) {
        throw error.apply(e);
      }
      counts.refusedRow();
      return Optional.empty();
    }
  }
}
