package org.seq4j.runtime.codec;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.model.batch.SequenceSpace;
import org.seq4j.runtime.text.ByteFallback;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.ReversedTokenizer;

/**
 * Converts text to token ids and back.
 *
 * @param tokenizer splits text into tokens and joins them
 * @param vocabulary the ids of the tokens
 * @param maxLength maximum number of tokens of a source, which is truncated to it
 */
public record TextCodec(Tokenizer tokenizer, CountedVocabulary vocabulary, int maxLength)
    implements SequenceCodec {

  /** Returns the vocabulary, with the columns if it has the mark that shows them. */
  @Override
  public SequenceSpace space() {
    SequenceSpace space = SequenceSpace.ofTokens(vocabulary.size());
    return columns()
        .filter(it -> vocabulary.id(it.mark()) != Vocabulary.UNKNOWN)
        .map(
            it ->
                space.withColumns(
                    new SequenceSpace.Columns(it.count(), vocabulary.id(it.mark()), it.aligned())))
        .orElse(space);
  }

  private Optional<Tokenizer.Columns> columns() {
    return ComponentException.notNull(tokenizer, "columns", tokenizer.columns());
  }

  @Override
  public TextValue read(ExampleValue value) {
    TextValue text = text(value);
    columns()
        .filter(Tokenizer.Columns::aligned)
        .ifPresent(it -> AlignedColumns.check(it, tokens(text.text())));
    return text;
  }

  /**
   * Checks that a value is text.
   *
   * @throws SequenceFormatException if it consists of vectors
   */
  public static TextValue text(ExampleValue value) {
    if (value instanceof TextValue text) {
      return text;
    }
    throw new SequenceFormatException(
        "expected text, got vectors; a side of vectors has type: vectors and depth");
  }

  @Override
  public TokenIds encode(ExampleValue value) {
    return encode(tokens(value));
  }

  @Override
  public TokenIds encode(ExampleValue value, List<String> shown) {
    return encode(shown);
  }

  @Override
  public List<String> knownTokens() {
    return IntStream.range(0, vocabulary.size()).mapToObj(vocabulary::token).toList();
  }

  @Override
  public boolean isReversed() {
    return tokenizer instanceof ReversedTokenizer;
  }

  @Override
  public List<String> tokens(ExampleValue value) {
    return tokens(read(value).text());
  }

  @Override
  public List<Token> tokenize(ExampleValue value) {
    return tokenize(read(value).text());
  }

  @Override
  public int length(ExampleValue value) {
    return tokens(value).size();
  }

  @Override
  public List<String> tokens(String text) {
    return known(ComponentException.notNull(tokenizer, "tokens", tokenizer.tokens(text)));
  }

  /** Splits a text into tokens with their ranges in it. */
  public List<Token> tokenize(String text) {
    return ComponentException.notNull(tokenizer, "tokenize", tokenizer.tokenize(text)).stream()
        .flatMap(
            token ->
                known(List.of(token.text())).stream()
                    .map(part -> new Token(part, token.start(), token.end())))
        .toList();
  }

  /** Writes unknown tokens as bytes if the vocabulary contains the byte tokens. */
  private List<String> known(List<String> tokens) {
    return ByteFallback.isIn(vocabulary) ? ByteFallback.spell(tokens, vocabulary) : tokens;
  }

  /** Joins tokens to text. */
  public String decode(List<String> tokens) {
    return tokenizer.detokenize(plain(tokens));
  }

  /** Returns tokens as the tokenizer gives them: those that are written as bytes are joined. */
  public List<String> plain(List<String> tokens) {
    return ByteFallback.isIn(vocabulary) ? ByteFallback.join(tokens) : tokens;
  }

  @Override
  public TokenIds sample(ExampleValue value, long seed) {
    return encode(sample(read(value).text(), seed));
  }

  @Override
  public List<String> sample(String line, long seed) {
    return known(tokenizer.sampleTokenization(line, seed).stream().map(Token::text).toList());
  }

  @Override
  public boolean samples() {
    return tokenizer.isStochastic();
  }

  @Override
  public TokenIds encode(List<String> tokens) {
    return new TokenIds(vocabulary.encode(tokens));
  }
}
