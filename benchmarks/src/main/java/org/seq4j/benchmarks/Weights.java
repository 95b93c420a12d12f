package org.seq4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.weights.SafeTensors.Array;

/**
 * Our weights in the peer's order. Our kernels are {@code [inputs, outputs]}, one for each input,
 * and a cell's gates are i, f, o, g; torch's are {@code [outputs, inputs]} and i, f, g, o, with two
 * biases, of which the second is zero here.
 */
final class Weights {
  private static final String OUTPUT_BIAS = "output.projection.bias";
  private static final float NEVER = -1e4f;

  private final Map<String, Array> ours;
  private final int units;

  Weights(Map<String, Array> ours, Workload workload) {
    this.ours = ours;
    this.units = workload.units;
  }

  /** All that peer.py's model fits, in its order. */
  List<Array> ofScript(Architecture architecture) {
    return architecture == Architecture.TRANSFORMER
        ? ofTransformer()
        : ofLstm(architecture == Architecture.FEEDING);
  }

  private List<Array> ofTransformer() {
    List<Array> all = new ArrayList<>(List.of(get("embedding.source"), get("embedding.target")));
    for (int layer = 0; layer < Architecture.LAYERS; layer++) {
      String at = "encoder.layer." + layer;
      all.addAll(selfAttention(at));
      all.addAll(feedForward(at));
    }
    all.addAll(norm("encoder.norm"));
    for (int layer = 0; layer < Architecture.LAYERS; layer++) {
      String at = "decoder.layer." + layer;
      all.addAll(selfAttention(at));
      all.addAll(norm(at + ".source_attention_norm"));
      all.addAll(linear(at + ".source_attention.query"));
      all.addAll(linear(at + ".source_attention.key_value"));
      all.addAll(linear(at + ".source_attention.output"));
      all.addAll(feedForward(at));
    }
    all.addAll(norm("decoder.norm"));
    all.addAll(linear("output.projection"));
    return all;
  }

  private List<Array> selfAttention(String layer) {
    List<Array> all = new ArrayList<>(norm(layer + ".self_attention_norm"));
    all.addAll(linear(layer + ".self_attention.query_key_value"));
    all.addAll(linear(layer + ".self_attention.output"));
    return all;
  }

  private List<Array> feedForward(String layer) {
    List<Array> all = new ArrayList<>(norm(layer + ".feed_forward_norm"));
    all.addAll(linear(layer + ".feed_forward.inner"));
    all.addAll(linear(layer + ".feed_forward.outer"));
    return all;
  }

  private List<Array> norm(String path) {
    return List.of(get(path + ".gain"), get(path + ".bias"));
  }

  private List<Array> linear(String path) {
    return List.of(transposed(get(path + ".kernel")), get(path + ".bias"));
  }

  /** Of the two biases of a cell the first. */
  private List<Array> ofLstm(boolean inputFeeding) {
    List<Array> all = new ArrayList<>(List.of(get("embedding.source"), get("embedding.target")));
    all.addAll(cell("encoder.layer.0.forward.gates", List.of(0), 1).subList(0, 3));
    all.addAll(cell("decoder.layer.0.gates", List.of(0), inputFeeding ? 2 : 1).subList(0, 3));
    all.addAll(rest());
    if (inputFeeding) {
      all.add(gates(List.of("decoder.layer.0.gates.kernel.1")));
    }
    return all;
  }

  /** All that the blocks fit, in their order: what is fed is an input of the cell like another. */
  List<Array> ofBlocks(boolean inputFeeding) {
    List<Array> all = new ArrayList<>(List.of(get("embedding.source"), get("embedding.target")));
    all.addAll(cell("encoder.layer.0.forward.gates", List.of(0), 1));
    all.addAll(
        inputFeeding
            ? cell("decoder.layer.0.gates", List.of(0, 1), 2)
            : cell("decoder.layer.0.gates", List.of(0), 1));
    all.addAll(rest());
    return all;
  }

  /** Kernels of inputs and of the state, and the two biases. */
  private List<Array> cell(String path, List<Integer> inputs, int state) {
    Array bias = get(path + ".bias");
    Array column = new Array(new long[] {1, bias.values().length}, bias.values());
    return List.of(
        gates(inputs.stream().map(input -> path + ".kernel." + input).toList()),
        gates(List.of(path + ".kernel." + state)),
        new Array(bias.shape(), inGateOrder(transposed(column), units).values()),
        new Array(bias.shape(), new float[bias.values().length]));
  }

  private List<Array> rest() {
    return List.of(
        transposed(get("decoder.attention.key.kernel")),
        transposed(
            stacked(
                List.of(get("decoder.attentional.kernel.0"), get("decoder.attentional.kernel.1")))),
        transposed(get("output.projection.kernel")),
        get(OUTPUT_BIAS));
  }

  private Array gates(List<String> paths) {
    return inGateOrder(transposed(stacked(paths.stream().map(this::get).toList())), units);
  }

  private Array get(String path) {
    Array array = ours.get(path);
    if (array == null) {
      throw new IllegalStateException("no weights " + path + " among " + ours.keySet());
    }
    return array;
  }

  /** One above the other. */
  static Array stacked(List<Array> arrays) {
    long rows = arrays.stream().mapToLong(array -> array.shape()[0]).sum();
    int columns = (int) arrays.get(0).shape()[1];
    float[] all = new float[Math.toIntExact(rows * columns)];
    int at = 0;
    for (Array array : arrays) {
      System.arraycopy(array.values(), 0, all, at, array.values().length);
      at += array.values().length;
    }
    return new Array(new long[] {rows, columns}, all);
  }

  static Array transposed(Array array) {
    int rows = (int) array.shape()[0];
    int columns = (int) array.shape()[1];
    float[] values = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[column * rows + row] = array.values()[row * columns + column];
      }
    }
    return new Array(new long[] {columns, rows}, values);
  }

  /** From i, f, o, g to i, f, g, o, each of so many rows. */
  static Array inGateOrder(Array array, int units) {
    int gate = units * (int) array.shape()[1];
    float[] values = array.values().clone();
    System.arraycopy(array.values(), 2 * gate, values, 3 * gate, gate);
    System.arraycopy(array.values(), 3 * gate, values, 2 * gate, gate);
    return new Array(array.shape(), values);
  }

  /**
   * Returns the values to assign so that decoding continues to the maximum length: a bias that
   * rules out the end token. Padding and begin, which our search never chooses, get the same bias,
   * so that the peer need not forbid them.
   */
  static Map<String, float[]> endless(Map<String, float[]> values) {
    float[] bias = values.get(OUTPUT_BIAS);
    float[] changed = Arrays.copyOf(bias, bias.length);
    for (int id : List.of(Vocabulary.PAD, Vocabulary.BEGIN, Vocabulary.END)) {
      changed[id] = NEVER;
    }
    return new LinkedHashMap<>(Map.of(OUTPUT_BIAS, changed));
  }
}
