package org.seq4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.metric.Metric;
import org.seq4j.runtime.translate.Translator;

/** Adds the log-probability of a given target to each row. */
final class ScoreRows extends RowFunction {
  private static final long serialVersionUID = 1L;

  private final int source;
  private final int target;

  /**
   * Creates the function.
   *
   * @param source index of the column of sources
   * @param target index of the column of targets
   */
  ScoreRows(Options options, Broadcast<byte[]> archive, Counts counts, int source, int target) {
    super(options, archive, counts);
    this.source = source;
    this.target = target;
  }

  @Override
  Function<List<Row>, List<Object[]>> work(LoadedModels.Use model) {
    return rows -> values(rows, model.translator());
  }

  private List<Object[]> values(List<Row> rows, Translator translator) {
    List<Object[]> values = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Row row : rows) {
      Optional<ExampleValue> from = read(row, source, translator.source());
      Optional<ExampleValue> to =
          from.isEmpty() ? Optional.empty() : read(row, target, translator.target());
      if (to.isPresent()) {
        places.add(values.size());
        examples.add(new Example(from.get(), to.get()));
      }
      values.add(new Object[1]);
    }
    List<Metric.ForcedScore> scores = translator.force(examples);
    for (int i = 0; i < scores.size(); i++) {
      values.get(places.get(i))[0] = scores.get(i).logProbability();
    }
    return values;
  }
}
