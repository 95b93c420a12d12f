package org.seq4j.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The final states of an encoder, from which a decoder's initial state is computed.
 *
 * @param tensors {@code [B, D]} each, named {@code layer.N.NAME}
 */
record FinalState(NamedTensors tensors) {
  private static final Pattern HIDDEN = Pattern.compile("layer\\.(\\d+)\\.hidden");

  /**
   * Computes each initial state by a linear map of the encoder's state of the same name. If there
   * is none, because the encoder has fewer layers or another cell, the map is of the hidden state
   * of its last layer.
   *
   * @param names names of the decoder's states
   * @return {@code [B, units]} each
   */
  NamedTensors dense(Scope scope, List<String> names, long units) {
    Map<Operand<TFloat32>, List<String>> uses = new LinkedHashMap<>();
    for (String name : names) {
      Operand<TFloat32> from = tensors.has(name) ? tensors.floats(name) : hidden("bridge: dense");
      uses.computeIfAbsent(from, unused -> new ArrayList<>()).add(name);
    }
    Map<String, Operand<TFloat32>> maps = new HashMap<>();
    uses.forEach(
        (from, to) -> {
          List<Operand<TFloat32>> copies = copies(scope.tf(), from, to.size());
          for (int i = 0; i < to.size(); i++) {
            String name = to.get(i);
            maps.put(name, at(scope, name).linear("bridge", units, true, copies.get(i))); // [B, U]
          }
        });
    NamedTensors states = NamedTensors.EMPTY;
    for (String name : names) {
      states = states.with(name, maps.get(name));
    }
    return states;
  }

  /**
   * Returns a separate tensor for each use. TensorFlow adds the gradients of three or more uses in
   * an order that differs from run to run, and with it the last bits of the weights; the gradients
   * of the rows of a tile are added in a fixed order.
   */
  private static List<Operand<TFloat32>> copies(Ops tf, Operand<TFloat32> from, int uses) {
    if (uses < 3) {
      return Collections.nCopies(uses, from);
    }
    Operand<TFloat32> tiled = tf.tile(from, tf.constant(new int[] {uses, 1})); // [uses * B, D]
    List<Operand<TFloat32>> parts = new ArrayList<>();
    tf.split(tf.constant(0), tiled, (long) uses).forEach(parts::add);
    return parts;
  }

  /**
   * Returns the final states unchanged; they must have the names and sizes of the decoder's states.
   */
  NamedTensors copy(List<String> names, long units) {
    List<String> wanted = new ArrayList<>();
    NamedTensors states = NamedTensors.EMPTY;
    for (String name : names) {
      wanted.add(name + " of " + units);
      if (tensors.has(name)) {
        states = states.with(name, tensors.get(name));
      }
    }
    List<String> given = new ArrayList<>();
    for (String name : tensors.names()) {
      given.add(name + " of " + tensors.floats(name).shape().get(-1));
    }
    if (!new TreeSet<>(wanted).equals(new TreeSet<>(given))) {
      throw new IllegalArgumentException(
          "bridge: copy needs equal states of encoder and decoder, but the decoder has "
              + wanted
              + " and the encoder "
              + given
              + ": use bridge: dense, or equal cells, layers and units");
    }
    return states;
  }

  /**
   * Returns the hidden state of the last layer, {@code [B, D]}.
   *
   * @param purpose the config key that needs it, for the message
   * @throws IllegalArgumentException if the encoder has no hidden state
   */
  Operand<TFloat32> hidden(String purpose) {
    int last = -1;
    for (String name : tensors.names()) {
      Matcher matcher = HIDDEN.matcher(name);
      if (matcher.matches()) {
        last = Math.max(last, Integer.parseInt(matcher.group(1)));
      }
    }
    if (last < 0) {
      throw new IllegalArgumentException(
          purpose
              + " needs an encoder with a final state layer.N.hidden, but this one has "
              + tensors.names()
              + ": use attention and bridge: zero, or another encoder");
    }
    return tensors.floats(Layer.name(last) + ".hidden");
  }

  private static Scope at(Scope scope, String dotted) {
    Scope at = scope;
    for (String name : dotted.split("\\.", -1)) {
      at = at.child(name);
    }
    return at;
  }
}
