package org.seq4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.experiment.Experiment;

/**
 * Trains a model on the rows of a table: pairs of a source and a target.
 *
 * <p>A config file of the driver describes the experiment, as for {@code seq4j train}; the table
 * takes the place of its {@code data.train}. With {@code training.workers} above 1, the rounds of
 * training are jobs of the cluster; with 1, the driver trains by itself. The weights depend neither
 * on the partitions of the table nor on the number of executors.
 */
public final class Seq4jEstimator extends Estimator<Seq4jTranslator> {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final String config;

  // Made in the constructor: fields are initialized before the uid, which each parameter reads.
  private final Param<String> sourceCol;
  private final Param<String> targetCol;
  private final Param<String> validationIndicatorCol;
  private final Param<String> outputCol;
  private final Param<String> run;
  private final StringArrayParam settings;

  private Seq4jEstimator(String uid, String config) {
    this.uid = uid;
    this.config = config;
    sourceCol = new Param<>(this, "sourceCol", "column of sources");
    targetCol = new Param<>(this, "targetCol", "column of targets");
    validationIndicatorCol =
        new Param<>(
            this,
            "validationIndicatorCol",
            "column that is true for rows of validation; empty for the validation of the config");
    outputCol = new Param<>(this, "outputCol", "new column of answers of the trained model");
    run =
        new Param<>(
            this,
            "run",
            "folder or address that the run is written to; empty to keep only the model");
    settings = new StringArrayParam(this, "settings", "overrides of the config, KEY=VALUE");
    setDefault(sourceCol, "source");
    setDefault(targetCol, "target");
    setDefault(validationIndicatorCol, "");
    setDefault(outputCol, "translation");
    setDefault(run, "");
    setDefault(settings, new String[0]);
  }

  /**
   * Creates an estimator.
   *
   * @param config a config file on the driver. It may lack {@code data.train}
   */
  public static Seq4jEstimator ofConfig(String config) {
    return new Seq4jEstimator(Identifiable$.MODULE$.randomUID("seq4jEstimator"), config);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The column of sources; default {@code source}. */
  public Param<String> sourceCol() {
    return sourceCol;
  }

  /** The column of targets; default {@code target}. */
  public Param<String> targetCol() {
    return targetCol;
  }

  /**
   * The column that is true for rows to validate on, which are not trained on: they take the place
   * of the config's {@code data.dev}, and the config must not have {@code data.held_out}. Empty
   * (default): validation as the config says, by {@code data.held_out} or files of the driver.
   */
  public Param<String> validationIndicatorCol() {
    return validationIndicatorCol;
  }

  /** The new column of the answers of the trained model; default {@code translation}. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /**
   * The folder of the driver, or the address in any file system that Hadoop knows, that the run is
   * written to, with logs and checkpoints; it must not have one. The run can be used, but neither
   * resumed nor evaluated on its data, because the rows are deleted after the training. Empty
   * (default): the model is all that is kept.
   */
  public Param<String> run() {
    return run;
  }

  /** Overrides of the config, such as {@code training.workers=8}. */
  public StringArrayParam settings() {
    return settings;
  }

  /** Sets {@link #sourceCol}. */
  public Seq4jEstimator setSourceCol(String value) {
    set(sourceCol, value);
    return this;
  }

  /** Sets {@link #targetCol}. */
  public Seq4jEstimator setTargetCol(String value) {
    set(targetCol, value);
    return this;
  }

  /** Sets {@link #validationIndicatorCol}. */
  public Seq4jEstimator setValidationIndicatorCol(String value) {
    set(validationIndicatorCol, value);
    return this;
  }

  /** Sets {@link #outputCol}. */
  public Seq4jEstimator setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Sets {@link #run}. */
  public Seq4jEstimator setRun(String value) {
    set(run, value);
    return this;
  }

  /** Sets {@link #settings}. */
  public Seq4jEstimator setSettings(String... values) {
    set(settings, values);
    return this;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    columns(schema);
    return ModelStage.with(
        schema, new StructType().add(getOrDefault(outputCol), DataTypes.StringType, true));
  }

  /**
   * Returns the columns to read.
   *
   * @throws IllegalArgumentException if one is missing or has another type
   */
  private TrainingRows.Columns columns(StructType schema) {
    ModelStage.textColumn(schema, getOrDefault(sourceCol));
    ModelStage.textColumn(schema, getOrDefault(targetCol));
    String validation = getOrDefault(validationIndicatorCol);
    if (!validation.isEmpty()) {
      ModelStage.column(schema, validation, List.of(DataTypes.BooleanType));
    }
    return new TrainingRows.Columns(getOrDefault(sourceCol), getOrDefault(targetCol), validation);
  }

  /**
   * Trains a model.
   *
   * @return a stage with the best checkpoint, whose input is the column of sources
   * @throws org.seq4j.runtime.config.ConfigException if the config has errors; no task has started
   * @throws IllegalArgumentException if a column is missing or has another type, or if there is no
   *     row to train on or to validate on
   */
  @Override
  public Seq4jTranslator fit(Dataset<?> table) {
    transformSchema(table.schema());
    TrainingRows.Columns columns = columns(table.schema());
    try {
      Path folder = Files.createTempDirectory("seq4j-fit-");
      try {
        return fit(table, new TrainingRows(folder, columns));
      } finally {
        RunArchive.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Seq4jTranslator fit(Dataset<?> table, TrainingRows rows) throws IOException {
    List<String> overrides = new ArrayList<>(List.of(getOrDefault(settings)));
    overrides.addAll(rows.settings());
    String address =
        getOrDefault(run).isEmpty() ? rows.folder().resolve("run").toString() : getOrDefault(run);
    try (TableData data = new TableData(table, rows)) {
      Experiment experiment = ClusterTraining.load(Path.of(config), overrides, data);
      checkNew(getOrDefault(run));
      ClusterTraining.train(address, false, ModelStage.hadoop(), experiment::train);
    }
    Seq4jTranslator model =
        new Seq4jTranslator(uid, archive(address))
            .setInputCol(getOrDefault(sourceCol))
            .setOutputCol(getOrDefault(outputCol));
    return model.setParent(this);
  }

  /** Checks a folder of the driver before the rows are read; addresses are claimed before. */
  private static void checkNew(String run) {
    if (!run.isEmpty() && !MirroredRun.isAddress(run) && new RunDirectory(Path.of(run)).exists()) {
      throw new RunException(run + " holds a run already: choose another folder for the new one");
    }
  }

  private static RunArchive archive(String run) {
    return MirroredRun.isAddress(run)
        ? RunFiles.pack(run, "best", ModelStage.hadoop())
        : RunArchive.of(Path.of(run), "best");
  }

  @Override
  public Seq4jEstimator copy(ParamMap extra) {
    return copyValues(new Seq4jEstimator(uid, config), extra);
  }
}
