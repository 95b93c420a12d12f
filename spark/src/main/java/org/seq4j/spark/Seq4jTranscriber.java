package org.seq4j.spark;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.seq4j.runtime.transcribe.Cutting;
import org.seq4j.runtime.transcribe.Transcriber;

/**
 * Adds the text of a sound to each row of a table, whose contents of files Spark's format {@code
 * binaryFile} reads. Long sounds are divided in their pauses, as by {@code seq4j transcribe}.
 *
 * <p>All other columns and the order of the rows are kept. Null gives null.
 */
public final class Seq4jTranscriber extends ModelStage<Seq4jTranscriber> {
  private static final long serialVersionUID = 1L;

  /** Contents of files are in memory, a batch at a time. */
  private static final int BATCH = 16;

  private static final StructType WORD =
      new StructType()
          .add("text", DataTypes.StringType, false)
          .add("start", DataTypes.DoubleType, false)
          .add("end", DataTypes.DoubleType, false)
          .add("score", DataTypes.DoubleType, true);

  private final Param<String> contentCol;
  private final Param<String> pathCol;
  private final Param<String> outputCol;
  private final Param<String> wordsCol;
  private final StringArrayParam search;

  Seq4jTranscriber(String uid, RunArchive archive) {
    super(uid, archive);
    contentCol = new Param<>(this, "contentCol", "column of contents of files");
    pathCol = new Param<>(this, "pathCol", "column of paths, for messages; empty for none");
    outputCol = new Param<>(this, "outputCol", "new column of texts");
    wordsCol = new Param<>(this, "wordsCol", "new column of words with times; empty for none");
    search = new StringArrayParam(this, "search", "overrides of the run's search, KEY=VALUE");
    setDefault(contentCol, "content");
    setDefault(pathCol, "path");
    setDefault(outputCol, "text");
    setDefault(wordsCol, "");
    setDefault(search, new String[0]);
    setDefault(batchSize(), (Object) BATCH);
  }

  /**
   * Creates a stage from the best checkpoint of a run.
   *
   * @param run folder of the run, in any file system that Hadoop knows
   * @throws org.seq4j.runtime.io.RunException if the folder is not that of a run, or a file is
   *     damaged
   */
  public static Seq4jTranscriber ofRun(String run) {
    return ofRun(run, "best");
  }

  /**
   * Creates a stage from a run.
   *
   * @param run folder of the run, in any file system that Hadoop knows
   * @param checkpoint {@code best}, {@code last}, or the name of a checkpoint
   * @throws org.seq4j.runtime.io.RunException if the folder is not that of a run, has no such
   *     checkpoint, or a file is damaged
   */
  public static Seq4jTranscriber ofRun(String run, String checkpoint) {
    return new Seq4jTranscriber(
        Identifiable$.MODULE$.randomUID("seq4jTranscriber"),
        RunFiles.pack(run, checkpoint, hadoop()));
  }

  /** Returns a reader of saved stages. Spark calls it when it loads a pipeline. */
  public static MLReader<Seq4jTranscriber> read() {
    return new ModelStageReader<>(Seq4jTranscriber.class, Seq4jTranscriber::new);
  }

  /** Loads a saved stage. */
  public static Seq4jTranscriber load(String path) {
    return read().load(path);
  }

  /** The column of contents of files, which are binary; default {@code content}. */
  public Param<String> contentCol() {
    return contentCol;
  }

  /**
   * The column of the paths of files, by which messages name them; default {@code path}, empty for
   * none.
   */
  public Param<String> pathCol() {
    return pathCol;
  }

  /** The new column of texts; default {@code text}. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * The new column of words, arrays of structs of {@code text}, {@code start} and {@code end} in
   * seconds, and {@code score}, a log-probability by CTC; empty (default) for none. Words are null
   * if the model gives no times, and scores if it has no CTC.
   */
  public Param<String> wordsCol() {
    return wordsCol;
  }

  /** Overrides of the section {@code search} of the run, such as {@code size=5}. */
  public StringArrayParam search() {
    return search;
  }

  /** Sets {@link #contentCol}. */
  public Seq4jTranscriber setContentCol(String value) {
    set(contentCol, value);
    return this;
  }

  /** Sets {@link #pathCol}. */
  public Seq4jTranscriber setPathCol(String value) {
    set(pathCol, value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public Seq4jTranscriber setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Sets {@link #wordsCol}. */
  public Seq4jTranscriber setWordsCol(String value) {
    set(wordsCol, value);
    return this;
  }

  /** Sets {@link #search}. */
  public Seq4jTranscriber setSearch(String... settings) {
    set(search, settings);
    return this;
  }

  /** Sets {@link #onError}. */
  public Seq4jTranscriber setOnError(String value) {
    set(onError(), value);
    return this;
  }

  /** Sets {@link #batchSize}; the default is 16. */
  public Seq4jTranscriber setBatchSize(int value) {
    set(batchSize(), value);
    return this;
  }

  /** Sets {@link #threads}. */
  public Seq4jTranscriber setThreads(int value) {
    set(threads(), value);
    return this;
  }

  @Override
  public Seq4jTranscriber copy(ParamMap extra) {
    return copyValues(new Seq4jTranscriber(uid(), archive()), extra);
  }

  @Override
  StructType newColumns() {
    StructType columns = new StructType().add(getOrDefault(outputCol), DataTypes.StringType, true);
    return withWords()
        ? columns.add(getOrDefault(wordsCol), DataTypes.createArrayType(WORD, false), true)
        : columns;
  }

  private boolean withWords() {
    return !getOrDefault(wordsCol).isEmpty();
  }

  @Override
  void checkColumns(StructType schema) {
    contentColumn(schema);
    pathColumn(schema);
  }

  private int contentColumn(StructType schema) {
    return column(schema, getOrDefault(contentCol), List.of(DataTypes.BinaryType));
  }

  private int pathColumn(StructType schema) {
    String name = getOrDefault(pathCol);
    return name.isEmpty() ? TranscribeRows.Columns.NO_PATH : textColumn(schema, name);
  }

  @Override
  void check(LoadedModels.Use model) {
    Transcriber.of(model.translator(), Cutting.DEFAULT);
    model.translator().check(model.search(List.of(getOrDefault(search))));
  }

  @Override
  RowFunction function(
      StructType schema, RowFunction.Options options, Broadcast<byte[]> bytes, Counts counts) {
    return new TranscribeRows(
        options,
        bytes,
        counts,
        new TranscribeRows.Columns(contentColumn(schema), pathColumn(schema), withWords()),
        getOrDefault(search));
  }
}
