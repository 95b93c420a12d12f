package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;

/**
 * Converts hypotheses to translation candidates.
 *
 * @param target codec of the target side
 * @param lexicon translations of source tokens that are copied
 */
record HypothesisDecoder(TextCodec target, Map<String, String> lexicon) {

  /**
   * Converts a hypothesis to a candidate.
   *
   * @param source the source tokens
   * @param withAttention whether the candidate has attention weights and the offsets of its tokens
   */
  Translation.Candidate of(
      Hypothesis hypothesis,
      List<String> source,
      SearchConfig.Unknown unknown,
      boolean withAttention) {
    float[][] attention =
        Arrays.stream(hypothesis.attention())
            .map(row -> Arrays.copyOf(row, Math.min(row.length, source.size())))
            .toArray(float[][]::new);
    List<String> tokens =
        new ArrayList<>(
            new ExtendedVocabulary(source, target.vocabulary()).decode(hypothesis.tokens()));
    if (unknown == SearchConfig.Unknown.COPY && attention.length == tokens.size()) {
      for (int i = 0; i < tokens.size(); i++) {
        if (hypothesis.tokens().get(i) == Vocabulary.UNKNOWN) {
          String copied = source.get(Translation.Candidate.best(attention[i]));
          tokens.set(i, lexicon.getOrDefault(copied, copied));
        }
      }
    }
    String text = target.decode(tokens);
    return new Translation.Candidate(
        text,
        withAttention
            ? places(text, tokens)
            : tokens.stream().map(HypothesisDecoder::nowhere).toList(),
        hypothesis.score(),
        hypothesis.rankScore(),
        hypothesis.ending(),
        withAttention ? attention : new float[0][]);
  }

  /** Returns the text of an unfinished hypothesis. */
  String partial(List<Integer> tokens, List<String> source) {
    return target.decode(new ExtendedVocabulary(source, target.vocabulary()).decode(tokens));
  }

  private static Token nowhere(String token) {
    return new Token(token, 0, 0);
  }

  /**
   * Computes the offsets of tokens in their detokenized text: from the tokenizer, if it finds the
   * same tokens; otherwise from the text that each token adds.
   */
  private List<Token> places(String text, List<String> tokens) {
    List<Token> found = target.tokenize(text);
    if (found.stream().map(Token::text).toList().equals(tokens)) {
      return found;
    }
    List<Token> placed = new ArrayList<>();
    List<String> inText = target.turned(tokens);
    int from = 0;
    for (int i = 0; i < inText.size(); i++) {
      String before = target.decode(target.turned(inText.subList(0, i + 1)));
      int to = text.startsWith(before) ? Math.max(from, before.length()) : from;
      int start = from;
      while (start < to && Character.isWhitespace(text.charAt(start))) {
        start++;
      }
      placed.add(new Token(inText.get(i), start, to));
      from = to;
    }
    return target.turned(placed);
  }
}
