package org.seq4j.serve;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.translate.TranslationRequest;
import org.seq4j.runtime.translate.Translator;

/** The first translation of a model, which prepares its graph and shows that it works. */
final class WarmUp {
  private static final int TOKENS = 3;
  private static final int FILE_POSITIONS = 200; // an encoder of a sound may shorten it
  private static final int STEPS = 10; // an untrained model would go on to the maximum length

  private WarmUp() {}

  /** Translates a short source with the search of the model. */
  static void translate(Translator translator) {
    AtomicInteger steps = new AtomicInteger();
    translator.translate(
        new TranslationRequest(
            source(translator.source()),
            translator.search(),
            false,
            0,
            Optional.of(soFar -> steps.incrementAndGet() < STEPS)));
  }

  private static ExampleValue source(SequenceCodec codec) {
    if (codec instanceof TextCodec text) {
      List<String> known = text.knownTokens();
      int first = Math.min(Vocabulary.END + 1, known.size());
      return new TextValue(
          text.decode(known.subList(first, Math.min(first + TOKENS, known.size()))));
    }
    if (codec.isAbsent()) {
      return new TextValue(""); // the translator says that a language model has no source
    }
    int length = codec instanceof FileCodec ? FILE_POSITIONS : 1;
    int depth = codec.space().depth();
    return new VectorsValue(new FeatureSequence(depth, new float[length * depth]));
  }
}
