package org.seq4j.runtime.translate;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.inference.Sources;

/**
 * Converts sources to the form that the models of a predictor read.
 *
 * @param codecs codec of the source side of each model
 */
record SourceReader(List<SequenceCodec> codecs) {

  SequenceCodec first() {
    return codecs.get(0);
  }

  /**
   * Reads a source for the first model, truncated to its maximum length. A text is tokenized once.
   */
  ReadSource read(ExampleValue given) {
    ExampleValue value = first().read(given);
    List<Token> tokens = first().tokenize(value);
    List<Token> kept = tokens.subList(0, Math.min(tokens.size(), first().maxLength()));
    SequenceData data = first().encode(value, kept.stream().map(Token::text).toList());
    return new ReadSource(value, kept, data, kept.size() < tokens.size());
  }

  /** Reads sources for all models. */
  Sources together(List<ReadSource> sources) {
    List<List<SequenceData>> byModel = new ArrayList<>();
    byModel.add(sources.stream().map(ReadSource::data).toList());
    for (SequenceCodec codec : codecs.subList(1, codecs.size())) {
      byModel.add(
          sources.stream()
              .map(source -> codec.encode(source.value()).truncate(codec.maxLength()))
              .toList());
    }
    return new Sources(byModel);
  }
}
