package org.seq4j.runtime.codec;

import java.util.List;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.model.batch.SequenceSpace;

/**
 * The source side of a language model. Any value is encoded as the same single token, which no
 * model reads: a batch has a row for each target in this way.
 */
public final class NoSourceCodec implements SequenceCodec {
  private static final TokenIds ENCODED = new TokenIds(new int[] {Vocabulary.PAD});

  /** Returns what any value is encoded as. */
  public static SequenceData encoded() {
    return ENCODED;
  }

  @Override
  public SequenceSpace space() {
    return SequenceSpace.NONE;
  }

  @Override
  public int maxLength() {
    return Integer.MAX_VALUE;
  }

  @Override
  public ExampleValue read(ExampleValue value) {
    return value;
  }

  @Override
  public SequenceData encode(ExampleValue value) {
    return ENCODED;
  }

  @Override
  public SequenceData encode(ExampleValue value, List<String> shown) {
    return ENCODED;
  }

  @Override
  public SequenceData encode(List<String> tokens) {
    return ENCODED;
  }

  @Override
  public List<String> tokens(ExampleValue value) {
    return List.of();
  }

  @Override
  public List<Token> tokenize(ExampleValue value) {
    return List.of();
  }

  @Override
  public int length(ExampleValue value) {
    return 0;
  }

  @Override
  public List<String> tokens(String line) {
    return List.of();
  }
}
