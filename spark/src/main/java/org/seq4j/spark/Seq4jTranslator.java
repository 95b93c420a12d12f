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

/**
 * Adds the answer of a model, such as a translation or a summary, to each row of a table.
 *
 * <p>All other columns and the order of the rows are kept. Null gives null, and a blank text gives
 * an empty one. The same row gets the same answer in any partition.
 */
public final class Seq4jTranslator extends ModelStage<Seq4jTranslator> {
  private static final long serialVersionUID = 1L;

  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> scoreCol;
  private final Param<String> seedCol;
  private final StringArrayParam search;

  Seq4jTranslator(String uid, RunArchive archive) {
    super(uid, archive);
    inputCol = new Param<>(this, "inputCol", "column of sources");
    outputCol = new Param<>(this, "outputCol", "new column of answers");
    scoreCol = new Param<>(this, "scoreCol", "new column of log-probabilities; empty for none");
    seedCol =
        new Param<>(
            this, "seedCol", "column of whole numbers, the seeds of sampling; empty for none");
    search = new StringArrayParam(this, "search", "overrides of the run's search, KEY=VALUE");
    setDefault(inputCol, "source");
    setDefault(outputCol, "translation");
    setDefault(scoreCol, "");
    setDefault(seedCol, "");
    setDefault(search, new String[0]);
  }

  /**
   * Creates a stage from the best checkpoint of a run.
   *
   * @param run folder of the run, in any file system that Hadoop knows
   * @throws org.seq4j.runtime.io.RunException if the folder is not that of a run, or a file is
   *     damaged
   */
  public static Seq4jTranslator ofRun(String run) {
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
  public static Seq4jTranslator ofRun(String run, String checkpoint) {
    return new Seq4jTranslator(
        Identifiable$.MODULE$.randomUID("seq4jTranslator"),
        RunFiles.pack(run, checkpoint, hadoop()));
  }

  /** Returns a reader of saved stages. Spark calls it when it loads a pipeline. */
  public static MLReader<Seq4jTranslator> read() {
    return new ModelStageReader<>(Seq4jTranslator.class, Seq4jTranslator::new);
  }

  /** Loads a saved stage. */
  public static Seq4jTranslator load(String path) {
    return read().load(path);
  }

  /** The column of sources; default {@code source}. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The new column of answers; default {@code translation}. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** The new column of the answers' log-probabilities; empty (default) for none. */
  public Param<String> scoreCol() {
    return scoreCol;
  }

  /**
   * The column of whole numbers that are the seeds of sampling; empty (default) if a seed is
   * computed from the source, so that equal sources have equal samples.
   */
  public Param<String> seedCol() {
    return seedCol;
  }

  /** Overrides of the section {@code search} of the run, such as {@code size=5}. */
  public StringArrayParam search() {
    return search;
  }

  /** Sets {@link #inputCol}. */
  public Seq4jTranslator setInputCol(String value) {
    set(inputCol, value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public Seq4jTranslator setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Sets {@link #scoreCol}. */
  public Seq4jTranslator setScoreCol(String value) {
    set(scoreCol, value);
    return this;
  }

  /** Sets {@link #seedCol}. */
  public Seq4jTranslator setSeedCol(String value) {
    set(seedCol, value);
    return this;
  }

  /** Sets {@link #search}. */
  public Seq4jTranslator setSearch(String... settings) {
    set(search, settings);
    return this;
  }

  /** Sets {@link #precision}. */
  public Seq4jTranslator setPrecision(String value) {
    set(precision(), value);
    return this;
  }

  /** Sets {@link #onError}. */
  public Seq4jTranslator setOnError(String value) {
    set(onError(), value);
    return this;
  }

  /** Sets {@link #batchSize}. */
  public Seq4jTranslator setBatchSize(int value) {
    set(batchSize(), value);
    return this;
  }

  /** Sets {@link #threads}. */
  public Seq4jTranslator setThreads(int value) {
    set(threads(), value);
    return this;
  }

  @Override
  public Seq4jTranslator copy(ParamMap extra) {
    return copyValues(new Seq4jTranslator(uid(), archive()), extra);
  }

  @Override
  StructType newColumns() {
    StructType columns = new StructType().add(getOrDefault(outputCol), DataTypes.StringType, true);
    return withScore() ? columns.add(getOrDefault(scoreCol), DataTypes.DoubleType, true) : columns;
  }

  private boolean withScore() {
    return !getOrDefault(scoreCol).isEmpty();
  }

  @Override
  void checkColumns(StructType schema) {
    textColumn(schema, getOrDefault(inputCol));
    seedColumn(schema);
  }

  private int seedColumn(StructType schema) {
    String name = getOrDefault(seedCol);
    return name.isEmpty()
        ? -1
        : column(schema, name, List.of(DataTypes.LongType, DataTypes.IntegerType));
  }

  @Override
  void check(LoadedModels.Use model) {
    model.translator().check(model.search(List.of(getOrDefault(search))));
  }

  @Override
  RowFunction function(
      StructType schema, RowFunction.Options options, Broadcast<byte[]> bytes, Counts counts) {
    return new TranslateRows(
        options,
        bytes,
        counts,
        new TranslateRows.Columns(
            textColumn(schema, getOrDefault(inputCol)), seedColumn(schema), withScore()),
        getOrDefault(search));
  }
}
