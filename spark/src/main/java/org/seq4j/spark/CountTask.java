package org.seq4j.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.seq4j.trainer.data.VocabularyCounter;
import scala.Tuple2;

/**
 * Counts the tokens of the rows of a partition. The key of a count is the digit of its vocabulary
 * and the token.
 */
record CountTask(Description description)
    implements PairFlatMapFunction<Iterator<Row>, String, Long> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Tuple2<String, Long>> call(Iterator<Row> rows) {
    ExampleRows examples = new ExampleRows(description.open().experiment(), rows);
    VocabularyCounter counter = description.open().experiment().dataBuilder().counter();
    while (examples.hasNext()) {
      examples.next().forEach(counter::add);
    }
    List<Tuple2<String, Long>> counts = new ArrayList<>();
    List<Map<String, Long>> tables = counter.counts();
    for (int table = 0; table < tables.size(); table++) {
      String digit = String.valueOf(table);
      tables.get(table).forEach((token, count) -> counts.add(new Tuple2<>(digit + token, count)));
    }
    return counts.iterator();
  }
}
