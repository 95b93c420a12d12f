package org.seq4j.trainer.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * A conversion of the arrays of another program to the names and shapes of Seq4j's parameters.
 * Arrays that it does not name keep their names.
 */
public record WeightMapping(
    @Key(doc = "The conversion of each array, by its name in the file of weights.")
        Map<String, Entry> weights) {

  /** The conversion of an array. */
  public record Entry(
      @Key(doc = "Name of the parameter, as seq4j inspect prints it.", shorthand = true)
          Optional<String> to,
      @Key(
              doc = "Whether the order of all axes is reversed, as by numpy.transpose.",
              defaultValue = "false")
          boolean transpose,
      @Key(
              doc =
                  "New order of equal blocks of the last axis, after transpose: [0, 1, 3, 2] exchanges"
                      + " the last two of four gates.",
              defaultValue = "[]")
          List<Integer> blocks,
      @Key(
              doc =
                  "Whether the array is added to another one of the same parameter, such as the second of"
                      + " two biases.",
              defaultValue = "false")
          boolean add,
      @Key(doc = "Whether the array is omitted, instead of to.", defaultValue = "false")
          boolean omit) {

    /** Checks the rules across keys. */
    public Entry {
      if (to.isPresent() == omit) {
        throw new IllegalArgumentException("give either to, or omit: true");
      }
      blocks = List.copyOf(blocks);
      for (int i = 0; i < blocks.size(); i++) {
        if (!blocks.contains(i)) {
          throw new IllegalArgumentException(
              "blocks: expected each number from 0 to "
                  + (blocks.size() - 1)
                  + " once, got "
                  + blocks);
        }
      }
    }

    /**
     * Converts an array.
     *
     * @throws IllegalArgumentException if it cannot be divided into the blocks
     */
    private SafeTensors.Array convert(SafeTensors.Array array) {
      SafeTensors.Array turned = transpose ? transposed(array) : array;
      return blocks.isEmpty() ? turned : reordered(turned);
    }

    private static SafeTensors.Array transposed(SafeTensors.Array array) {
      long[] shape = array.shape();
      int axes = shape.length;
      long[] reversed = new long[axes];
      long[] strides = new long[axes]; // in the old array, of the new axes
      long stride = 1;
      for (int axis = axes - 1; axis >= 0; axis--) {
        reversed[axes - 1 - axis] = shape[axis];
        strides[axes - 1 - axis] = stride;
        stride *= shape[axis];
      }
      float[] values = new float[array.values().length];
      for (int i = 0; i < values.length; i++) {
        long rest = i;
        long from = 0;
        for (int axis = axes - 1; axis >= 0; axis--) {
          from += rest % reversed[axis] * strides[axis];
          rest /= reversed[axis];
        }
        values[i] = array.values()[(int) from];
      }
      return new SafeTensors.Array(reversed, values);
    }

    private SafeTensors.Array reordered(SafeTensors.Array array) {
      long[] shape = array.shape();
      int last = shape.length == 0 ? 1 : (int) shape[shape.length - 1];
      if (last % blocks.size() != 0) {
        throw new IllegalArgumentException(
            "its last axis, of shape %s, cannot be divided into %s blocks"
                .formatted(Arrays.toString(shape), Integer.toString(blocks.size())));
      }
      int width = last / blocks.size();
      float[] values = new float[array.values().length];
      for (int row = 0; row < values.length; row += last) {
        for (int block = 0; block < blocks.size(); block++) {
          System.arraycopy(
              array.values(), row + blocks.get(block) * width, values, row + block * width, width);
        }
      }
      return new SafeTensors.Array(shape, values);
    }
  }

  /** Copies the map. */
  public WeightMapping {
    weights = new LinkedHashMap<>(weights);
  }

  /**
   * Converts arrays.
   *
   * @throws DataException if an array is missing, or two belong to the same parameter
   */
  public Map<String, SafeTensors.Array> apply(Map<String, SafeTensors.Array> given) {
    Map<String, SafeTensors.Array> converted = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    given.forEach(
        (name, array) -> {
          Optional<Entry> entry = Optional.ofNullable(weights.get(name));
          if (!entry.map(Entry::omit).orElse(false)) {
            try {
              put(converted, name, entry, array);
            } catch (IllegalArgumentException e) {
              problems.add(name + ": " + e.getMessage());
            }
          }
        });
    for (String name : weights.keySet()) {
      if (!given.containsKey(name)) {
        problems.add(name + ": the file of weights has no such array");
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(
          "the mapping does not match the weights:\n  "
              + String.join("\n  ", problems)
              + "\nThe file has "
              + String.join(", ", given.keySet()));
    }
    return converted;
  }

  private static void put(
      Map<String, SafeTensors.Array> converted,
      String name,
      Optional<Entry> entry,
      SafeTensors.Array array) {
    String to = entry.flatMap(Entry::to).orElse(name);
    SafeTensors.Array own = entry.map(it -> it.convert(array)).orElse(array);
    SafeTensors.Array other = converted.putIfAbsent(to, own);
    if (other == null) {
      return;
    }
    if (!entry.map(Entry::add).orElse(false)) {
      throw new IllegalArgumentException(
          "another array is " + to + " already; add: true adds this one to it");
    }
    if (!Arrays.equals(other.shape(), own.shape())) {
      throw new IllegalArgumentException(
          "has the shape %s and cannot be added to %s of shape %s"
              .formatted(Arrays.toString(own.shape()), to, Arrays.toString(other.shape())));
    }
    float[] sum = other.values().clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += own.values()[i];
    }
    converted.put(to, new SafeTensors.Array(own.shape(), sum));
  }
}
