package org.seq4j.spark;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds the log-probability of a given target to each row of a table: the natural logarithm,
 * including the end token. A row with a null source or target gets null.
 */
public final class Seq4jScorer extends ModelStage<Seq4jScorer> {
  private static final long serialVersionUID = 1L;

  private final Param<String> sourceCol;
  private final Param<String> targetCol;
  private final Param<String> outputCol;

  Seq4jScorer(String uid, RunArchive archive) {
    super(uid, archive);
    sourceCol = new Param<>(this, "sourceCol", "column of sources");
    targetCol = new Param<>(this, "targetCol", "column of targets");
    outputCol = new Param<>(this, "outputCol", "new column of log-probabilities");
    setDefault(sourceCol, "source");
    setDefault(targetCol, "target");
    setDefault(outputCol, "score");
  }

  /**
   * Creates a stage from the best checkpoint of a run.
   *
   * @param run folder of the run, in any file system that Hadoop knows
   * @throws org.seq4j.runtime.io.RunException if the folder is not that of a run, or a file is
   *     damaged
   */
  public static Seq4jScorer ofRun(String run) {
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
  public static Seq4jScorer ofRun(String run, String checkpoint) {
    return new Seq4jScorer(
        Identifiable$.MODULE$.randomUID("seq4jScorer"), RunFiles.pack(run, checkpoint, hadoop()));
  }

  /** Returns a reader of saved stages. Spark calls it when it loads a pipeline. */
  public static MLReader<Seq4jScorer> read() {
    return new ModelStageReader<>(Seq4jScorer.class, Seq4jScorer::new);
  }

  /** Loads a saved stage. */
  public static Seq4jScorer load(String path) {
    return read().load(path);
  }

  /** The column of sources; default {@code source}. */
  public Param<String> sourceCol() {
    return sourceCol;
  }

  /** The column of targets; default {@code target}. */
  public Param<String> targetCol() {
    return targetCol;
  }

  /** The new column of log-probabilities; default {@code score}. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Sets {@link #sourceCol}. */
  public Seq4jScorer setSourceCol(String value) {
    set(sourceCol, value);
    return this;
  }

  /** Sets {@link #targetCol}. */
  public Seq4jScorer setTargetCol(String value) {
    set(targetCol, value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public Seq4jScorer setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Sets {@link #onError}. */
  public Seq4jScorer setOnError(String value) {
    set(onError(), value);
    return this;
  }

  /** Sets {@link #batchSize}. */
  public Seq4jScorer setBatchSize(int value) {
    set(batchSize(), value);
    return this;
  }

  /** Sets {@link #threads}. */
  public Seq4jScorer setThreads(int value) {
    set(threads(), value);
    return this;
  }

  @Override
  public Seq4jScorer copy(ParamMap extra) {
    return copyValues(new Seq4jScorer(uid(), archive()), extra);
  }

  @Override
  StructType newColumns() {
    return new StructType().add(getOrDefault(outputCol), DataTypes.DoubleType, true);
  }

  @Override
  void checkColumns(StructType schema) {
    textColumn(schema, getOrDefault(sourceCol));
    textColumn(schema, getOrDefault(targetCol));
  }

  @Override
  void check(LoadedModels.Use model) {
    // any model scores
  }

  @Override
  RowFunction function(
      StructType schema, RowFunction.Options options, Broadcast<byte[]> bytes, Counts counts) {
    return new ScoreRows(
        options,
        bytes,
        counts,
        textColumn(schema, getOrDefault(sourceCol)),
        textColumn(schema, getOrDefault(targetCol)));
  }
}
