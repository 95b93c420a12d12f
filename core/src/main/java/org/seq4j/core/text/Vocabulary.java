package org.seq4j.core.text;

import java.util.List;

/**
 * The tokens of a model, with ids from 0. Immutable.
 *
 * <p>The first four tokens are special: {@link #PAD}, {@link #UNKNOWN}, {@link #BEGIN} and {@link
 * #END}. They cannot be found by their text: if a text contains {@code </s>}, this is an ordinary
 * token, with an id of its own if it is in the vocabulary and {@link #UNKNOWN} if not.
 */
public interface Vocabulary {
  /** Fills the positions of a batch beyond the end of a sequence; shown as {@code <pad>}. */
  int PAD = 0;

  /** Replaces every token that is not in the vocabulary; shown as {@code <unk>}. */
  int UNKNOWN = 1;

  /** The first input of a decoder; shown as {@code <s>}. */
  int BEGIN = 2;

  /** Ends a sequence; shown as {@code </s>}. */
  int END = 3;

  /** The default texts of the special tokens, by id. */
  List<String> SPECIALS = List.of("<pad>", "<unk>", "<s>", "</s>");

  /** The number of tokens, including the special ones; all ids are below it. */
  int size();

  /** Returns the id of a token; {@link #UNKNOWN} is the only special id that it can return. */
  int id(String token);

  /**
   * Returns the token of an id; for a special id, the text that it is shown as.
   *
   * @throws IndexOutOfBoundsException if no token has this id
   */
  String token(int id);
}
