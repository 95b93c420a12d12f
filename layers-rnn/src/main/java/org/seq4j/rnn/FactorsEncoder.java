package org.seq4j.rnn;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An encoder of the first column of the source, in which the embedding of a token is concatenated
 * with those of its factors, the tokens at the same place of the other columns (Sennrich and Haddow
 * 2016, "Linguistic Input Features Improve Neural Machine Translation", eq. 4). A column with a
 * single token is a factor of all tokens. All columns are embedded by the same table.
 *
 * <p>The tokenizer {@code columns} must have {@code aligned: true}, which refuses texts whose
 * columns differ in their numbers of tokens. A factor that is missing nevertheless, because a long
 * source was truncated, is a vector of zeros.
 *
 * <p>The memory has the positions of the first column only; it is padded to the length of the
 * source, so that positions mean the same everywhere. Attention and copying see no factors.
 */
public final class FactorsEncoder implements Encoder {

  /** The configuration of the encoder {@code factors}. */
  public record Config(
      @Key(
              doc =
                  "The encoder of the first column. The size of its input is that of an embedding"
                      + " times the number of columns.",
              example = "{type: rnn, units: 128}")
          Component<Encoder> encoder) {}

  private final Encoder encoder;

  /** Creates the encoder and the inner one. */
  public FactorsEncoder(Config config, ComponentContext context) {
    this.encoder = config.encoder().create(context);
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Ops tf = scope.tf();
    SourceColumns columns = SourceColumns.of(tf, "factors", source);
    if (!columns.columns().aligned() && columns.count() > 1) {
      throw new IllegalArgumentException(
          "the encoder factors needs a token of each column for each token of the first: add aligned:"
              + " true to source.tokenizer, {type: columns, aligned: true, columns: [...]}");
    }
    List<SourceColumns.Column> parts = columns.all(tf);
    Sequence input =
        new Sequence(withFactors(tf, columns, parts), parts.get(0).lengths()); // [B, L, C·E]
    Memory memory = encoder.encode(scope, input);
    return new Memory(
        new Sequence(asLong(tf, memory, columns), memory.sequence().lengths()),
        memory.finalState(),
        memory.stride());
  }

  /** Concatenates the embeddings of each token of the first column and of its factors. */
  private static Operand<TFloat32> withFactors(
      Ops tf, SourceColumns columns, List<SourceColumns.Column> parts) {
    SourceColumns.Column first = parts.get(0);
    List<Operand<TInt32>> positions = new ArrayList<>(); // [B, L] each
    positions.add(first.positions(tf, columns.size()));
    for (SourceColumns.Column factor : parts.subList(1, parts.size())) {
      positions.add(factors(tf, first, factor, columns.size()));
    }
    Operand<TInt32> rows = Shapes.size(tf, columns.source().values(), 0);
    Operand<TInt32> interleaved = // [B, L·C]
        tf.reshape(
            tf.stack(positions, Stack.axis(2L)),
            tf.stack(List.of(rows, tf.math.mul(first.longest(), tf.constant(parts.size())))));
    Operand<TFloat32> gathered = // [B, L·C, E]
        SourceColumns.gather(tf, columns.source().values(), interleaved);
    int depth = Math.toIntExact(parts.size() * columns.source().depth());
    return tf.reshape(gathered, tf.stack(List.of(rows, first.longest(), tf.constant(depth))));
  }

  /** Returns the position of the factor of each token, {@code [B, L]}; {@code none} if missing. */
  private static Operand<TInt32> factors(
      Ops tf, SourceColumns.Column first, SourceColumns.Column factor, Operand<TInt32> none) {
    Operand<TInt32> number = SourceColumns.numbers(tf, first.longest()); // [L]
    Operand<TBool> single = // [B, 1]
        tf.expandDims(tf.math.equal(factor.lengths(), tf.constant(1)), tf.constant(1));
    Operand<TBool> present =
        tf.math.logicalAnd(
            Masks.real(tf, first.lengths(), first.longest()),
            tf.math.logicalOr(single, Masks.real(tf, factor.lengths(), first.longest())));
    Operand<TInt32> start = tf.expandDims(factor.start(), tf.constant(1)); // [B, 1]
    return tf.select(present, tf.math.add(start, tf.select(single, tf.constant(0), number)), none);
  }

  /** Pads the memory of the first column to the length of one of the whole source. */
  private static Operand<TFloat32> asLong(Ops tf, Memory memory, SourceColumns columns) {
    Operand<TInt32> stride = tf.constant(memory.stride());
    Operand<TInt32> wanted = // ceil(S / stride)
        tf.math.floorDiv(tf.math.add(columns.size(), tf.constant(memory.stride() - 1)), stride);
    Operand<TInt32> missing = tf.math.sub(wanted, Shapes.size(tf, memory.sequence().values(), 1));
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    Operand<TFloat32> values = memory.sequence().values();
    Operand<TFloat32> padded =
        tf.pad(
            values,
            tf.stack(List.of(none, tf.stack(List.of(tf.constant(0), missing)), none)),
            tf.constant(0f));
    Operand<TInt32> depth = tf.constant(Math.toIntExact(memory.sequence().depth()));
    return tf.reshape( // the graph does not know the depth of what it pads
        padded, tf.stack(List.of(Shapes.size(tf, values, 0), wanted, depth)));
  }
}
