package org.seq4j.runtime.transcribe;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.translate.Translator;

/**
 * Times of tokens by the CTC of a model: the forced alignment of answers, and of texts that are
 * known.
 */
record CtcTimes(Translator model, TextCodec target) {

  /** Returns the times; empty if the model has no CTC. */
  static Optional<CtcTimes> of(Translator model) {
    return model.hasCtc() && model.target() instanceof TextCodec text
        ? Optional.of(new CtcTimes(model, text))
        : Optional.empty();
  }

  /** Returns the posteriors of parts of sounds. */
  List<CtcScorer.Posteriors> posteriors(List<ExampleValue> parts) {
    return model.posteriors(parts);
  }

  /**
   * Places tokens.
   *
   * @param parts parts of a sound in their order
   * @param posteriors those of each part
   * @return empty if the parts have too few encoder outputs for the tokens
   */
  Optional<TokenPlaces> places(
      List<Range> parts, List<CtcScorer.Posteriors> posteriors, List<String> tokens) {
    return TokenPlaces.byCtc(parts, posteriors, target.encode(tokens).ids(), model.stride());
  }
}
