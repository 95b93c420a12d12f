package org.seq4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.data.VocabularyCounter;
import org.seq4j.trainer.experiment.Experiment;
import scala.Tuple2;

/**
 * Counts the tokens of the rows of a partition. The key of a count is the digit of its vocabulary
 * and the token; that of the number of examples is {@link #EXAMPLES}, and that of examples which
 * the filter skips {@link #SKIPPED} and the reason.
 */
record CountTask(Description description)
    implements PairFlatMapFunction<Iterator<Row>, String, Long> {
  private static final long serialVersionUID = 1L;
  static final String EXAMPLES = "examples";
  static final String SKIPPED = "skipped ";

  @Override
  public Iterator<Tuple2<String, Long>> call(Iterator<Row> rows) {
    Experiment experiment = description.open().experiment();
    ExampleRows examples = new ExampleRows(experiment, rows);
    VocabularyCounter counter = experiment.dataBuilder().counter();
    long used = 0;
    while (examples.hasNext()) {
      List<Example> some = examples.next();
      some.forEach(counter::add);
      used += some.size();
    }
    List<Tuple2<String, Long>> counts = new ArrayList<>(List.of(new Tuple2<>(EXAMPLES, used)));
    examples
        .skipped()
        .counts()
        .forEach((reason, count) -> counts.add(new Tuple2<>(SKIPPED + reason.name(), count)));
    List<Map<String, Long>> tables = counter.counts();
    for (int table = 0; table < tables.size(); table++) {
      String digit = String.valueOf(table);
      tables.get(table).forEach((token, count) -> counts.add(new Tuple2<>(digit + token, count)));
    }
    return counts.iterator();
  }
}
