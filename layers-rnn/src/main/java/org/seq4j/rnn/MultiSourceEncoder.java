package org.seq4j.rnn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An encoder for each column of the source, each of which reads only its own column (Zoph and
 * Knight 2016, "Multi-Source Neural Translation").
 *
 * <p>The memory has the outputs of all encoders, each at the position of its token, so one
 * attention sees all columns (Libovický and Helcl 2017, "flat attention combination"): its weights
 * are a single distribution over the source, as alignments, coverage and copying expect. Zoph and
 * Knight have an attention for each encoder. At a mark the memory is zero: attention to it adds
 * nothing to the context.
 *
 * <p>The final states are combined as in Zoph and Knight's section 2.2: a hidden state is {@code
 * tanh(W [h_1; h_2])}, the cell of an LSTM is the sum of the cells.
 */
public final class MultiSourceEncoder implements Encoder {

  /** The configuration of the encoder {@code multi-source}. */
  public record Config(
      @Key(
              doc =
                  "An encoder for each column, in their order. Their outputs have the same size, and"
                      + " they do not shorten their sources (pyramidal does).",
              example = "[{type: rnn, units: 128}, {type: rnn, units: 128}]")
          List<Component<Encoder>> encoders) {

    /** Checks that there are encoders, and copies the list. */
    public Config {
      encoders = List.copyOf(encoders);
      if (encoders.isEmpty()) {
        throw new IllegalArgumentException(
            "encoders: expected an encoder for each column, got an empty list");
      }
    }
  }

  private final List<Encoder> encoders;

  /** Creates the encoder and those of the columns. */
  public MultiSourceEncoder(Config config, ComponentContext context) {
    this.encoders = config.encoders().stream().map(it -> it.create(context)).toList();
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Ops tf = scope.tf();
    SourceColumns columns = SourceColumns.of(tf, "multi-source", source);
    if (columns.count() != encoders.size()) {
      throw new IllegalArgumentException(
          "encoders: the encoder multi-source needs one for each column of the source, "
              + columns.count()
              + " (source.tokenizer), but has "
              + encoders.size());
    }
    List<SourceColumns.Column> parts = columns.all(tf);
    List<Memory> memories = encode(scope, columns, parts);
    return new Memory(
        new Sequence(merged(tf, columns, parts, memories), source.lengths()),
        finalState(scope.child("final"), memories.stream().map(Memory::finalState).toList()),
        1);
  }

  /** Encodes each column as a batch of its own. */
  private List<Memory> encode(
      Scope scope, SourceColumns columns, List<SourceColumns.Column> parts) {
    Ops tf = scope.tf();
    List<Operand<TInt32>> positions =
        parts.stream().map(it -> it.positions(tf, columns.size())).toList();
    Operand<TFloat32> all = // [B, sum of L, E]
        SourceColumns.gather(tf, columns.source().values(), SourceColumns.joined(tf, positions));
    List<Output<TFloat32>> values =
        tf.splitV(
                all,
                tf.stack(parts.stream().map(SourceColumns.Column::longest).toList()),
                tf.constant(1),
                (long) parts.size())
            .output();
    List<Memory> memories = new ArrayList<>();
    for (int k = 0; k < encoders.size(); k++) {
      Memory memory =
          encoders
              .get(k)
              .encode(
                  scope.child("column").child(Integer.toString(k)),
                  new Sequence(values.get(k), parts.get(k).lengths()));
      check(k, memory, memories.isEmpty() ? memory : memories.get(0));
      memories.add(memory);
    }
    return memories;
  }

  private static void check(int k, Memory memory, Memory first) {
    if (memory.stride() != 1) {
      throw new IllegalArgumentException(
          "encoders["
              + k
              + "]: it shortens the source "
              + memory.stride()
              + " times, but the encoder multi-source needs an output for each token: use another"
              + " encoder");
    }
    if (memory.sequence().depth() != first.sequence().depth()) {
      throw new IllegalArgumentException(
          "encoders["
              + k
              + "]: its outputs have "
              + memory.sequence().depth()
              + " values and those of encoders[0] "
              + first.sequence().depth()
              + ": choose units (and bidirectional) that make them equal");
    }
  }

  /** Returns the output for each position of the source, {@code [B, S, D]}; 0 at marks. */
  private static Operand<TFloat32> merged(
      Ops tf, SourceColumns columns, List<SourceColumns.Column> parts, List<Memory> memories) {
    Operand<TInt32> behind = tf.constant(0); // positions of the outputs of earlier columns
    for (SourceColumns.Column part : parts) {
      behind = tf.math.add(behind, part.longest());
    }
    Operand<TInt32> positions = behind; // the vector of zeros, unless a column has the position
    Operand<TInt32> offset = tf.constant(0);
    for (SourceColumns.Column part : parts) {
      Operand<TInt32> number = // [B, S]
          tf.math.sub(
              SourceColumns.numbers(tf, columns.size()),
              tf.expandDims(part.start(), tf.constant(1)));
      positions = tf.select(part.member(), tf.math.add(number, offset), positions);
      offset = tf.math.add(offset, part.longest());
    }
    List<Operand<TFloat32>> outputs =
        memories.stream().<Operand<TFloat32>>map(it -> it.sequence().values()).toList();
    return SourceColumns.gather(tf, SourceColumns.joined(tf, outputs), positions);
  }

  /**
   * Combines the states of each name among the encoders that have it; a single one is unchanged.
   */
  private static NamedTensors finalState(Scope scope, List<NamedTensors> states) {
    NamedTensors combined = NamedTensors.EMPTY;
    for (String name : states.stream().flatMap(it -> it.names().stream()).distinct().toList()) {
      List<Operand<TFloat32>> ofName =
          states.stream()
              .filter(it -> it.has(name))
              .<Operand<TFloat32>>map(it -> it.floats(name))
              .toList();
      combined = combined.with(name, combined(at(scope, name), name, ofName));
    }
    return combined;
  }

  private static Operand<TFloat32> combined(
      Scope scope, String name, List<Operand<TFloat32>> states) {
    if (states.size() == 1) {
      return states.get(0);
    }
    long units = states.get(0).shape().get(-1);
    boolean equal = states.stream().allMatch(it -> it.shape().get(-1) == units);
    if (name.endsWith(".cell") && equal) {
      return scope.tf().math.addN(states);
    }
    Operand<TFloat32> mapped = scope.linear("combine", units, false, states);
    return name.endsWith(".cell") ? mapped : scope.tf().math.tanh(mapped);
  }

  private static Scope at(Scope scope, String dotted) {
    Scope at = scope;
    for (String name : Stream.of(dotted.split("\\.", -1)).toList()) {
      at = at.child(name);
    }
    return at;
  }
}
