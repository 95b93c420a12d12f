package org.seq4j.runtime.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.text.Tokenizer;

/** Checks that the columns of a text are aligned: each has as many tokens as the first, or one. */
public final class AlignedColumns {
  private AlignedColumns() {}

  /**
   * Checks a text.
   *
   * @param columns the columns of the tokenizer; a text is valid if they need not be aligned
   * @param tokens all tokens of the text, with the marks
   * @throws SequenceFormatException if a column has another number of tokens, or is missing; the
   *     empty text is valid
   */
  public static void check(Tokenizer.Columns columns, List<String> tokens) {
    if (!columns.aligned() || tokens.isEmpty()) {
      return;
    }
    List<Integer> sizes = sizes(tokens, columns.mark());
    if (sizes.size() != columns.count()) {
      throw new SequenceFormatException(
          String.format(
              Locale.ROOT,
              "expected %d columns (tokenizer columns with aligned: true), got %d",
              columns.count(),
              sizes.size()));
    }
    int first = sizes.get(0);
    for (int i = 1; i < sizes.size(); i++) {
      int size = sizes.get(i);
      if (size != first && size != 1) {
        throw new SequenceFormatException(
            String.format(
                Locale.ROOT,
                "column %d has %d tokens, but column 0 has %d: expected as many, or a single one for"
                    + " all of them (tokenizer columns with aligned: true)",
                i,
                size,
                first));
      }
    }
  }

  private static List<Integer> sizes(List<String> tokens, String mark) {
    List<Integer> sizes = new ArrayList<>();
    int size = 0;
    for (String token : tokens) {
      if (token.equals(mark)) {
        sizes.add(size);
        size = 0;
      } else {
        size++;
      }
    }
    sizes.add(size);
    return sizes;
  }
}
