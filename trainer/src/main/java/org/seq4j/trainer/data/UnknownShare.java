package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;

/**
 * The share of unknown tokens in the training data. A vocabulary that was made with another
 * tokenizer knows few tokens; training would work, but learn nothing.
 */
final class UnknownShare {
  /** Maximum number of examples that are looked at. */
  static final int MOST = 1000;

  private static final double TOO_MANY = 0.5;

  private UnknownShare() {}

  /** Returns a warning for each side of which more than half of the tokens are unknown. */
  static List<String> warnings(SequenceCodec source, SequenceCodec target, List<Example> examples) {
    List<String> warnings = new ArrayList<>();
    warning("source", source, examples, Example::source).ifPresent(warnings::add);
    warning("target", target, examples, Example::target).ifPresent(warnings::add);
    return warnings;
  }

  /** Returns a warning if more than half of the tokens of a side are unknown. */
  static Optional<String> warning(
      String name, SequenceCodec codec, List<Example> all, Function<Example, ExampleValue> side) {
    if (!(codec instanceof TextCodec text)) {
      return Optional.empty();
    }
    List<Example> examples = all.subList(0, Math.min(MOST, all.size()));
    long tokens = 0;
    long unknown = 0;
    for (Example example : examples) {
      for (int id : text.encode(text.tokens(side.apply(example))).ids()) {
        tokens++;
        unknown += id == Vocabulary.UNKNOWN ? 1 : 0;
      }
    }
    return warning(name, unknown, tokens, examples.size());
  }

  /**
   * Returns a warning if more than half of the tokens are unknown.
   *
   * @param name the side, as in configs
   * @param examples the number of examples that have these tokens
   */
  static Optional<String> warning(String name, long unknown, long all, long examples) {
    return unknown <= TOO_MANY * all
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "warning: %.0f %% of the %s tokens of the first %d training examples are unknown:"
                    + " %2$s.vocabulary does not fit %2$s.tokenizer, or has too few tokens",
                100.0 * unknown / all,
                name,
                examples));
  }
}
