package org.seq4j.spark;

import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A stage of a pipeline that computes new columns with a model. It holds the files of the model's
 * run, so that a saved pipeline needs nothing else.
 *
 * @param <M> the stage itself
 */
public abstract sealed class ModelStage<M extends ModelStage<M>> extends Model<M>
    implements MLWritable permits Seq4jTranslator, Seq4jScorer, Seq4jTranscriber {
  private static final long serialVersionUID = 1L;

  static final String STOP = "stop";
  static final String NULL = "null";

  private final String uid;
  private final RunArchive archive;

  // Made in the constructor: fields are initialized before the uid, which each parameter reads.
  private final Param<String> precision;
  private final Param<String> onError;
  private final IntParam batchSize;
  private final IntParam threads;

  ModelStage(String uid, RunArchive archive) {
    this.uid = uid;
    this.archive = archive;
    precision =
        new Param<>(
            this,
            "precision",
            "number format of products with weights in a search: f32 or bf16",
            ParamValidators.inArray(List.of("f32", "bf16")));
    onError =
        new Param<>(
            this,
            "onError",
            "what happens to a row that the model cannot read: stop or null",
            ParamValidators.inArray(List.of(STOP, NULL)));
    batchSize =
        new IntParam(this, "batchSize", "number of rows in a batch", ParamValidators.gtEq(1));
    threads =
        new IntParam(
            this,
            "threads",
            "number of threads of the model; 0 for the processors that the executor sees",
            ParamValidators.gtEq(0));
    setDefault(precision, "f32");
    setDefault(onError, STOP);
    setDefault(batchSize, 512);
    setDefault(threads, 0);
  }

  /** The number format of products with weights in a search: f32 (default) or bf16. */
  public final Param<String> precision() {
    return precision;
  }

  /**
   * The treatment of a row that the model cannot read: stop (default), or null, which is counted.
   */
  public final Param<String> onError() {
    return onError;
  }

  /** The number of rows in a batch; default 512. */
  public final IntParam batchSize() {
    return batchSize;
  }

  /** The number of threads of the model; 0 (default) for the processors that the executor sees. */
  public final IntParam threads() {
    return threads;
  }

  @Override
  public final String uid() {
    return uid;
  }

  final RunArchive archive() {
    return archive;
  }

  /** The new columns, in their order. */
  abstract StructType newColumns();

  /** The function that computes them, and checks before any task starts. */
  abstract RowFunction function(
      StructType schema, RowFunction.Options options, Broadcast<byte[]> bytes, Counts counts);

  /**
   * Adds the new columns to a schema.
   *
   * @throws IllegalArgumentException if a column is missing, has another type, or exists already
   */
  @Override
  public final StructType transformSchema(StructType schema) {
    checkColumns(schema);
    return with(schema, newColumns());
  }

  /**
   * Adds columns to a schema.
   *
   * @throws IllegalArgumentException if a column exists already
   */
  static StructType with(StructType schema, StructType columns) {
    StructType extended = schema;
    for (var field : columns.fields()) {
      if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
        throw new IllegalArgumentException(
            "column " + field.name() + " exists already; name another output column");
      }
      extended = extended.add(field);
    }
    return extended;
  }

  /** Checks the columns that the stage reads. */
  abstract void checkColumns(StructType schema);

  /** Returns the index of a column of texts. */
  static int textColumn(StructType schema, String name) {
    return column(schema, name, List.of(DataTypes.StringType));
  }

  /** Returns the index of a column with one of some types. */
  static int column(StructType schema, String name, List<DataType> types) {
    int index = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "there is no column '"
              + name
              + "'; the table has "
              + Arrays.toString(schema.fieldNames()));
    }
    DataType type = schema.fields()[index].dataType();
    if (!types.contains(type)) {
      throw new IllegalArgumentException(
          "column %s has the type %s, expected %s"
              .formatted(
                  name,
                  type.simpleString(),
                  String.join(" or ", types.stream().map(DataType::simpleString).toList())));
    }
    return index;
  }

  @Override
  public final Dataset<Row> transform(Dataset<?> dataset) {
    return transform(dataset, new Counts(dataset.sparkSession().sparkContext(), uid));
  }

  final Dataset<Row> transform(Dataset<?> dataset, Counts counts) {
    StructType schema = transformSchema(dataset.schema());
    SparkContext context = dataset.sparkSession().sparkContext();
    RowFunction.Options options =
        new RowFunction.Options(
            new ModelKey(
                archive.fingerprint(), getOrDefault(precision), (Integer) getOrDefault(threads)),
            (Integer) getOrDefault(batchSize),
            getOrDefault(onError).equals(NULL));
    check(options.key());
    Broadcast<byte[]> bytes = JavaSparkContext.fromSparkContext(context).broadcast(archive.bytes());
    return dataset
        .toDF()
        .mapPartitions(function(dataset.schema(), options, bytes, counts), Encoders.row(schema));
  }

  /** Loads the model in the driver, so that a wrong setting is reported before any task starts. */
  private void check(ModelKey key) {
    try (LoadedModels.Use model = LoadedModels.use(key, archive::bytes)) {
      check(model);
    }
  }

  /** Checks the settings against the model. */
  abstract void check(LoadedModels.Use model);

  @Override
  public final MLWriter write() {
    return new ModelStageWriter(this);
  }

  @Override
  public final void save(String path) throws java.io.IOException {
    write().save(path);
  }

  static Configuration hadoop() {
    return SparkSession.active().sparkContext().hadoopConfiguration();
  }
}
