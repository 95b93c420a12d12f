package org.seq4j.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/** Reads what {@link ModelStageWriter} has written. */
final class ModelStageReader<T extends ModelStage<T>> extends MLReader<T> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Class<T> type;
  private final BiFunction<String, RunArchive, T> constructor;

  ModelStageReader(Class<T> type, BiFunction<String, RunArchive, T> constructor) {
    this.type = type;
    this.constructor = constructor;
  }

  /**
   * Loads a stage.
   *
   * @throws IllegalArgumentException if the folder has a stage of another class
   */
  @Override
  public T load(String path) {
    try {
      String line = SparkSession.active().read().text(path + "/metadata").first().getString(0);
      JsonNode metadata = JSON.readTree(line);
      String saved = metadata.path("class").asText();
      if (!saved.equals(type.getName())) {
        throw new IllegalArgumentException(
            path + " has a stage of the class " + saved + ", expected " + type.getName());
      }
      T stage =
          constructor.apply(
              metadata.path("uid").asText(),
              RunFiles.read(path + "/" + ModelStageWriter.RUN, ModelStage.hadoop()));
      for (Map.Entry<String, JsonNode> entry : metadata.path("paramMap").properties()) {
        set(stage, stage.getParam(entry.getKey()), entry.getValue().toString());
      }
      return stage;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <V> void set(ModelStage<?> stage, Param<V> param, String json) {
    stage.set(param, param.jsonDecode(json));
  }
}
