package org.seq4j.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a stage: a folder {@code metadata} in the form that Spark ML's own stages have, and the
 * files of the run, {@code run.zip}. Spark's writer of metadata has another signature in each
 * version, and is not part of its API.
 */
final class ModelStageWriter extends MLWriter {
  static final String RUN = "run.zip";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelStage<?> stage;

  ModelStageWriter(ModelStage<?> stage) {
    this.stage = stage;
  }

  @Override
  public void saveImpl(String path) {
    SparkSession session = SparkSession.active();
    session
        .createDataset(List.of(metadata(session.version())), Encoders.STRING())
        .coalesce(1)
        .write()
        .text(path + "/metadata");
    try {
      RunFiles.write(stage.archive(), path + "/" + RUN, ModelStage.hadoop());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String metadata(String version) {
    ObjectNode metadata = JSON.createObjectNode();
    metadata.put("class", stage.getClass().getName());
    metadata.put("timestamp", System.currentTimeMillis());
    metadata.put("sparkVersion", version);
    metadata.put("uid", stage.uid());
    ObjectNode set = metadata.putObject("paramMap");
    try {
      for (Param<?> param : stage.params()) {
        if (stage.isSet(param)) {
          set.set(param.name(), JSON.readTree(json(param)));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    metadata.putObject("defaultParamMap");
    return metadata.toString();
  }

  private <T> String json(Param<T> param) {
    return param.jsonEncode(stage.getOrDefault(param));
  }
}
