package org.seq4j.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * Numbers of rows by their outcome, in accumulators, which Spark's pages show. A row that is
 * computed again, because a task failed or a result was not kept, is counted again.
 */
final class Counts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator rows;
  private final LongAccumulator refused;
  private final LongAccumulator cut;

  Counts(SparkContext context, String stage) {
    this.rows = context.longAccumulator(stage + ": rows");
    this.refused = context.longAccumulator(stage + ": rows that the model cannot read");
    this.cut = context.longAccumulator(stage + ": sources cut to max_length");
  }

  void row() {
    rows.add(1);
  }

  void refusedRow() {
    refused.add(1);
  }

  void cutSource() {
    cut.add(1);
  }

  long rows() {
    return rows.sum();
  }

  long refused() {
    return refused.sum();
  }

  long cut() {
    return cut.sum();
  }
}
