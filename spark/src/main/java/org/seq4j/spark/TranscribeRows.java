package org.seq4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.transcribe.Cutting;
import org.seq4j.runtime.transcribe.Transcriber;
import org.seq4j.runtime.transcribe.Transcript;
import org.seq4j.runtime.translate.Translator;

/** Adds the text of a sound to each row, and its words. */
final class TranscribeRows extends RowFunction {
  private static final long serialVersionUID = 1L;

  private final Columns columns;
  private final String[] search;

  /**
   * Columns of a table.
   *
   * @param content index of the contents of files
   * @param path index of their paths, or {@link #NO_PATH}
   * @param withWords whether the words are added, too
   */
  record Columns(int content, int path, boolean withWords) implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    static final int NO_PATH = -1;

    private String name(Row row) {
      return path == NO_PATH || row.isNullAt(path) ? "a file" : row.getString(path);
    }
  }

  TranscribeRows(
      Options options, Broadcast<byte[]> archive, Counts counts, Columns columns, String[] search) {
    super(options, archive, counts);
    this.columns = columns;
    this.search = search.clone();
  }

  @Override
  Function<List<Row>, List<Object[]>> work(LoadedModels.Use model) {
    SearchConfig searching = model.search(List.of(search));
    Transcriber transcriber = Transcriber.of(model.translator(), Cutting.DEFAULT);
    return rows -> values(rows, model.translator(), transcriber, searching);
  }

  private List<Object[]> values(
      List<Row> rows, Translator model, Transcriber transcriber, SearchConfig searching) {
    FileCodec codec = (FileCodec) model.source(); // Transcriber.of has checked it
    List<Object[]> values = new ArrayList<>();
    List<VectorsValue> files = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (Row row : rows) {
      Optional<VectorsValue> file =
          row.isNullAt(columns.content())
              ? Optional.empty()
              : read(
                  () -> codec.readFile(columns.name(row), (byte[]) row.get(columns.content())),
                  RowException::unreadable);
      if (file.isPresent()) {
        places.add(values.size());
        files.add(file.get());
      }
      values.add(new Object[columns.withWords() ? 2 : 1]);
    }
    List<Transcript> transcripts =
        transcriber.transcribe(
            files,
            columns.withWords(),
            sources -> model.translateAll(sources, searching, columns.withWords()));
    for (int i = 0; i < transcripts.size(); i++) {
      Transcript transcript = transcripts.get(i);
      if (transcript.cut()) {
        counts().cutSource();
      }
      Object[] of = values.get(places.get(i));
      of[0] = transcript.text();
      if (columns.withWords()) {
        of[1] = transcript.words().map(TranscribeRows::rows).orElse(null);
      }
    }
    return values;
  }

  private static Row[] rows(List<Transcript.Word> words) {
    return words.stream()
        .map(
            word ->
                RowFactory.create(
                    word.text(),
                    word.start(),
                    word.end(),
                    word.score().isPresent() ? word.score().getAsDouble() : null))
        .toArray(Row[]::new);
  }
}
