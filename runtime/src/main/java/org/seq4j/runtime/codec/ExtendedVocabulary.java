package org.seq4j.runtime.codec;

import java.util.List;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.text.CountedVocabulary;

/**
 * The target vocabulary extended by the tokens of one source, which can be copied; see {@link
 * TokenIds}.
 *
 * @param source the source tokens that the model reads
 * @param target the target vocabulary
 */
public record ExtendedVocabulary(List<String> source, CountedVocabulary target) {

  /**
   * Adds extended ids to a source; returns it unchanged if source or target consists of vectors.
   */
  public static SequenceData source(
      List<String> tokens, SequenceData encoded, SequenceCodec target) {
    return encoded instanceof TokenIds ids && target instanceof TextCodec codec
        ? new ExtendedVocabulary(tokens, codec.vocabulary()).ofSource(ids)
        : encoded;
  }

  /** Adds the extended ids of copied tokens to a target; returns vectors unchanged. */
  public static SequenceData target(
      List<String> source, List<String> tokens, SequenceData encoded, SequenceCodec target) {
    return encoded instanceof TokenIds ids && target instanceof TextCodec codec
        ? new ExtendedVocabulary(source, codec.vocabulary()).ofTarget(tokens, ids)
        : encoded;
  }

  /** Adds extended ids to a source of given ids. */
  TokenIds ofSource(TokenIds ids) {
    int[] copies = new int[ids.length()];
    for (int i = 0; i < copies.length; i++) {
      String token = source.get(i);
      copies[i] = isKnown(token) ? target.id(token) : number(token);
    }
    return new TokenIds(ids.ids(), copies);
  }

  /** Adds extended ids to a target of given ids. */
  public TokenIds ofTarget(List<String> tokens, TokenIds ids) {
    int[] copies = ids.ids().clone();
    for (int i = 0; i < copies.length; i++) {
      if (copies[i] == Vocabulary.UNKNOWN && source.contains(tokens.get(i))) {
        copies[i] = number(tokens.get(i));
      }
    }
    return new TokenIds(ids.ids(), copies);
  }

  /** Returns the id of a token, extended if only the source has it. */
  public int id(String token) {
    return !isKnown(token) && source.contains(token) ? number(token) : target.id(token);
  }

  private boolean isKnown(String token) {
    return target.id(token) != Vocabulary.UNKNOWN;
  }

  private int number(String token) {
    return target.size() + source.indexOf(token);
  }

  /** Returns the token of an extended id. */
  public String token(int number) {
    return number < target.size() ? target.token(number) : source.get(number - target.size());
  }

  /** Returns the tokens of a hypothesis, without padding, begin and end. */
  public List<String> decode(List<Integer> numbers) {
    return numbers.stream()
        .filter(it -> it != Vocabulary.PAD && it != Vocabulary.BEGIN && it != Vocabulary.END)
        .map(this::token)
        .toList();
  }
}
