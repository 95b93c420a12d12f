package org.seq4j.runtime.translate;

import java.util.List;
import java.util.Map;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.inference.VectorPredictor;
import org.seq4j.runtime.run.TranslationConfig;

/** The target side of a model: what differs between targets of tokens and of vectors. */
sealed interface TargetSide permits TokenSide, VectorSide {

  /**
   * Puts a predictor and the codec of its targets together.
   *
   * @throws IllegalArgumentException if one is for tokens and the other for vectors
   */
  static TargetSide of(
      Predictor predictor,
      SequenceCodec codec,
      TranslationConfig config,
      ComponentContext context) {
    if (predictor instanceof TokenPredictor tokens && codec instanceof TextCodec text) {
      return new TokenSide(tokens, text, new SearchTasks(text, context));
    }
    if (predictor instanceof VectorPredictor vectors && codec instanceof FeatureCodec features) {
      return new VectorSide(vectors, features, config.target().generatedLength());
    }
    throw new IllegalArgumentException(
        "of the model and the codec of its targets one is for tokens and one for vectors");
  }

  Predictor predictor();

  SequenceCodec codec();

  /** A source with the numbers of the tokens that can be copied from it, if the model copies. */
  ReadSource copyable(ReadSource source);

  /** A given target as the model reads it after a source. */
  SequenceData encode(ReadSource source, ExampleValue target);

  /**
   * Predicts targets.
   *
   * @param sources those of the requests, which are not empty
   * @param requests with a search in common, but for what each source has of its own
   * @param lexicon translations of tokens that are copied in the place of unknown ones
   * @return candidates for each request, the best first
   */
  List<List<Translation.Candidate>> predict(
      Sources sources, List<ReadRequest> requests, Map<String, String> lexicon);

  /**
   * This side, if its targets are searched for.
   *
   * @throws IllegalStateException if they are vectors
   */
  TokenSide searched();
}
