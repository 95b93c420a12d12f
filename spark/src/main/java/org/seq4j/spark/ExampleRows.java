package org.seq4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.TextValue;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.ExampleFilter;
import org.seq4j.trainer.experiment.Experiment;

/** The rows of a partition, of a source and a target, as training examples in some lists. */
final class ExampleRows implements Iterator<List<Example>> {
  private static final int SIZE = 1000;

  private final Iterator<Row> rows;
  private final ExampleFilter filter;
  private final SkippedExamples skipped = new SkippedExamples();

  ExampleRows(Experiment experiment, Iterator<Row> rows) {
    this.rows = rows;
    this.filter = new ExampleFilter(experiment.config().data().filter());
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public List<Example> next() {
    if (!rows.hasNext()) {
      throw new NoSuchElementException();
    }
    if (TaskContext.get().isInterrupted()) {
      throw new CancellationException("the task was killed");
    }
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < SIZE && rows.hasNext(); i++) {
      Row row = rows.next();
      Example example =
          new Example(new TextValue(row.getString(0)), new TextValue(row.getString(1)));
      Optional<SkippedExamples.Reason> reason = filter.reason(example);
      if (reason.isPresent()) {
        skipped.add(reason.get());
      } else {
        examples.add(example);
      }
    }
    return examples;
  }

  /** Returns the examples that the filter has skipped so far. */
  SkippedExamples skipped() {
    return skipped;
  }
}
