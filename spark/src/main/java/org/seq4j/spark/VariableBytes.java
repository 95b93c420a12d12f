package org.seq4j.spark;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.seq4j.runtime.weights.SafeTensors;

/** The variables of a graph as bytes, 4 a number, in the order of their paths. */
final class VariableBytes {
  private VariableBytes() {}

  static byte[] of(Map<String, SafeTensors.Array> variables) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, count(variables)));
    FloatBuffer floats = bytes.asFloatBuffer();
    new TreeMap<>(variables).values().forEach(array -> floats.put(array.values()));
    return bytes.array();
  }

  /** Returns the total number of numbers. */
  static int count(Map<String, SafeTensors.Array> variables) {
    return Math.toIntExact(
        variables.values().stream().mapToLong(array -> array.values().length).sum());
  }

  /**
   * Returns variables with the numbers of a buffer.
   *
   * @param shapes variables with the same paths and shapes
   */
  static Map<String, SafeTensors.Array> read(
      FloatBuffer floats, Map<String, SafeTensors.Array> shapes) {
    Map<String, SafeTensors.Array> variables = new LinkedHashMap<>();
    new TreeMap<>(shapes)
        .forEach(
            (path, array) -> {
              float[] values = new float[array.values().length];
              floats.get(values);
              variables.put(path, new SafeTensors.Array(array.shape(), values));
            });
    return variables;
  }
}
