package org.seq4j.trainer.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;
import org.tensorflow.ndarray.Shape;

/**
 * Weights that another tool trained.
 *
 * @param arrays by parameter path, in the order and shapes of the model's parameters
 */
record ImportedWeights(Map<String, SafeTensors.Array> arrays) {

  /**
   * Matches given weights with the parameters of a model.
   *
   * @throws RunException if a weight is missing, unknown or of another shape
   */
  @SuppressWarnings("unused") // building the model creates the parameters
  static ImportedWeights of(
      Map<String, SafeTensors.Array> given,
      ModelConfig config,
      SequenceCodec source,
      SequenceCodec target,
      ComponentContext context) {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Predictor built =
          Predictor.of(new Seq2SeqModel(config, source.space(), target.space(), context), graph);
      Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
      List<String> problems = new ArrayList<>();
      Map<String, Shape> shapes = graph.parameters().shapes();
      for (String path : graph.parameters().paths()) {
        String shape = Arrays.toString(shapes.get(path).asArray());
        SafeTensors.Array array = given.get(path);
        if (array == null) {
          problems.add("%s of shape %s is missing".formatted(path, shape));
        } else if (!Arrays.toString(array.shape()).equals(shape)) {
          problems.add(
              "%s is of shape %s, expected %s"
                  .formatted(path, Arrays.toString(array.shape()), shape));
        } else {
          arrays.put(path, array);
        }
      }
      TreeSet<String> others = new TreeSet<>(given.keySet());
      others.removeAll(shapes.keySet());
      others.forEach(name -> problems.add("the model has no parameter " + name));
      if (!problems.isEmpty()) {
        throw new RunException(
            "the weights do not match the model:\n  " + String.join("\n  ", problems));
      }
      return new ImportedWeights(arrays);
    }
  }

  /** Writes the checkpoint of a run whose other files exist. */
  void write(RunDirectory run) {
    Map<String, String> texts = new LinkedHashMap<>(run.checksums());
    texts.put("step", "0");
    texts.put(RunDirectory.RANK, "0");
    SafeTensors.write(run.bestCheckpoint(0), new SafeTensors.Content(arrays, texts));
  }
}
