package org.seq4j.spark;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.TranslationRequest;
import org.seq4j.runtime.translate.Translator;

/** Adds the answer of a model to each row. */
final class TranslateRows extends RowFunction {
  private static final long serialVersionUID = 1L;

  private final Columns columns;
  private final String[] search;

  /**
   * Columns of a table.
   *
   * @param source index of the sources
   * @param seed index of the seeds of sampling, -1 for none: the seed is then computed from the
   *     source
   * @param withScore whether the score is added, too
   */
  record Columns(int source, int seed, boolean withScore) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
  }

  TranslateRows(
      Options options, Broadcast<byte[]> archive, Counts counts, Columns columns, String[] search) {
    super(options, archive, counts);
    this.columns = columns;
    this.search = search.clone();
  }

  @Override
  Function<List<Row>, List<Object[]>> work(LoadedModels.Use model) {
    SearchConfig searching = model.search(List.of(search));
    return rows -> values(rows, model.translator(), searching);
  }

  private List<Object[]> values(List<Row> rows, Translator model, SearchConfig searching) {
    List<Object[]> values = new ArrayList<>();
    List<TranslationRequest> requests = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Row row : rows) {
      Optional<ExampleValue> source = read(row, columns.source(), model.source());
      if (source.isPresent()) {
        places.add(values.size());
        requests.add(
            new TranslationRequest(source.get(), searching, false, seed(row), Optional.empty()));
      }
      values.add(new Object[columns.withScore() ? 2 : 1]);
    }
    List<Translation> translations = model.translateAll(requests);
    for (int i = 0; i < translations.size(); i++) {
      Translation translation = translations.get(i);
      if (translation.cut()) {
        counts().cutSource();
      }
      Object[] of = values.get(places.get(i));
      of[0] = translation.text();
      if (columns.withScore()) {
        of[1] = translation.best().score();
      }
    }
    return values;
  }

  /** Returns a seed that belongs to the row, wherever it is computed. */
  private long seed(Row row) {
    if (columns.seed() >= 0) {
      return row.isNullAt(columns.seed()) ? 0 : ((Number) row.get(columns.seed())).longValue();
    }
    CRC32 hash = new CRC32();
    hash.update(row.getString(columns.source()).getBytes(StandardCharsets.UTF_8));
    return hash.getValue();
  }
}
