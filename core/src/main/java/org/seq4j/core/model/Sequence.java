package org.seq4j.core.model;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch of sequences of vectors, padded to one length.
 *
 * @param values {@code [B, T, D]}; D is known when the graph is built, B and T are not. Values
 *     beyond a sequence's length are padding and may be anything, even NaN
 * @param lengths number of real positions of each sequence, {@code [B]}; masks are made from them
 * @param columns the columns of a source whose tokenizer has {@link
 *     org.seq4j.core.text.Tokenizer#columns columns}; empty for any other sequence
 */
public record Sequence(
    Operand<TFloat32> values, Operand<TInt32> lengths, Optional<Columns> columns) {

  /**
   * The columns that the positions belong to. The tokens of a column are consecutive, and a mark
   * stands between two columns. A sequence may end before its last column.
   *
   * @param index column of each position, {@code [B, T]}: from 0 up, {@link #MARK} at a mark, and
   *     anything on padding
   * @param count number of columns of the source
   * @param aligned true if each column after the first has as many tokens as the first, or a single
   *     one; a source that is truncated may have fewer
   */
  public record Columns(Operand<TInt32> index, int count, boolean aligned) {
    /** The index at a mark, which belongs to no column. */
    public static final int MARK = -1;
  }

  /**
   * Checks the parts.
   *
   * @throws IllegalStateException if one is null, or the values have another number of axes
   */
  public Sequence {
    Returned.ofRank("the values of a sequence", values, "[B, T, D]");
    Returned.present("the lengths of a sequence", lengths);
    Returned.present("the columns of a sequence", columns);
  }

  /** Creates sequences without columns. */
  public Sequence(Operand<TFloat32> values, Operand<TInt32> lengths) {
    this(values, lengths, Optional.empty());
  }

  /** D, the size of a vector. */
  public long depth() {
    return values.shape().get(-1);
  }
}
