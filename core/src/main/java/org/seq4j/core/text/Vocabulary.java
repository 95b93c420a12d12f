package org.seq4j.core.text;

import java.util.List;

/**
 * The tokens that a model knows, numbered from 0. Immutable.
 *
 * <p>The first four are special: {@link #PAD}, {@link #UNKNOWN}, {@link #BEGIN} and {@link #END}.
 * They are not found by their spelling: where a text itself holds {@code </s>}, that is a token
 * like any other, with an id of its own if it was counted and {@link #UNKNOWN} if not.
 */
public interface Vocabulary {
  /** Fills the places of a batch beyond the end of a sequence; shown as {@code <pad>}. */
  int PAD = 0;

  /** Stands for every token that is not in the vocabulary; shown as {@code <unk>}. */
  int UNKNOWN = 1;

  /** The input of a decoder before the first token; shown as {@code <s>}. */
  int BEGIN = 2;

  /** Ends a sequence; shown as {@code </s>}. */
  int END = 3;

  /** How the special tokens are shown by default, by id. */
  List<String> SPECIALS = List.of("<pad>", "<unk>", "<s>", "</s>");

  /** The number of tokens, special ones included: ids are below it. */
  int size();

  /** The id of a token of a text: never that of a special one, but for {@link #UNKNOWN}. */
  int id(String token);

  /**
   * The token of an id; special ones as they are shown.
   *
   * @throws IndexOutOfBoundsException if no token has this id
   */
  String token(int id);
}
