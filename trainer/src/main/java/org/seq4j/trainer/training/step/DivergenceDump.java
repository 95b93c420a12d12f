package org.seq4j.trainer.training.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.model.batch.PaddedBatch;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.training.checkpoint.Checkpointer;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.DivergedException;

/**
 * Files that help to debug a step with a loss or gradient that is NaN or infinite. The folder
 * {@code diverged} of the run gets {@code step.json}, with the batch, the norm of each gradient and
 * the first operation with such values, and the weights before the step.
 */
final class DivergenceDump {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TrainingGraph graph;
  private final TrainingData data;
  private final Checkpointer saver;

  DivergenceDump(TrainingGraph graph, TrainingData data, Checkpointer saver) {
    this.graph = graph;
    this.data = data;
    this.saver = saver;
  }

  /** Writes the files and returns the exception with their location. */
  DivergedException save(Batch batch, StepSettings settings, DivergedException diverged) {
    Path folder = saver.run().path().resolve("diverged");
    ObjectNode step =
        JSON.createObjectNode()
            .put("step", diverged.step())
            .put("worker", settings.worker())
            .put("loss", diverged.loss())
            .put("gradient_norm", diverged.norm())
            .put("learning_rate", graph.learningRate(settings));
    graph
        .findNonFinite(diverged.step(), batch, settings)
        .ifPresent(found -> step.put("operation", found));
    ObjectNode norms = step.putObject("gradient_norms");
    graph.gradientNorms(diverged.step(), batch, settings).forEach(norms::put);
    ArrayNode pairs = step.putArray("batch");
    for (int row = 0; row < batch.source().rows(); row++) {
      ObjectNode pair = pairs.addObject();
      put(pair.putArray("source"), data.source(), batch.source(), row);
      put(pair.putArray("target"), data.target(), batch.target(), row);
    }
    try {
      AtomicFiles.write(
          folder.resolve("step.json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(step) + "\n");
    } catch (JsonProcessingException e) { // cannot happen for a tree
      throw new IllegalStateException(e);
    }
    SafeTensors.write(
        folder.resolve("weights.safetensors"),
        new SafeTensors.Content(graph.read(), Map.of("step", Long.toString(diverged.step() - 1))));
    return diverged.saved(
        saver.run().lastCheckpoints().stream().findFirst(),
        folder,
        Optional.ofNullable(step.get("operation")).map(JsonNode::asText));
  }

  private static void put(ArrayNode array, SequenceCodec codec, PaddedBatch rows, int row) {
    SequenceData sequence = rows.sequences().get(row);
    if (sequence instanceof TokenIds tokens && codec instanceof TextCodec text) {
      for (int id : tokens.ids()) {
        array.add(text.vocabulary().token(id));
      }
    } else if (sequence instanceof FeatureSequence frames) {
      for (float value : frames.values()) {
        array.add(value);
      }
    }
  }
}
