package org.seq4j.trainer.data.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.codec.ExtendedVocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.SequenceConfig.OnTooLong;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.FilterConfig;
import org.seq4j.trainer.data.split.StableRandom;

/** Encodes examples as model inputs. Thread-safe. */
public final class PairEncoder {
  private final SequenceCodec source;
  private final SequenceCodec target;
  private final boolean copying;
  private final FilterConfig filter;
  private final OnTooLong onTooLong;

  /** Creates an encoder that skips only examples that are too long or have an empty source. */
  public PairEncoder(SequenceCodec source, SequenceCodec target, boolean copying) {
    this(source, target, copying, FilterConfig.NONE, OnTooLong.SKIP);
  }

  /**
   * Creates an encoder.
   *
   * @param copying true if the model copies source tokens
   * @param filter further rules by which examples are skipped
   * @param onTooLong the treatment of examples with a source that is too long
   */
  public PairEncoder(
      SequenceCodec source,
      SequenceCodec target,
      boolean copying,
      FilterConfig filter,
      OnTooLong onTooLong) {
    this.source = source;
    this.target = target;
    this.copying = copying;
    this.filter = filter;
    this.onTooLong = onTooLong;
  }

  /**
   * Returns true if a tokenizer samples, so that an example may be encoded differently in each
   * epoch.
   */
  public boolean samples() {
    return source.samples() || target.samples();
  }

  /** The encoded example, or the reason why it is skipped. */
  private record Outcome(
      Optional<EncodedPair> pair, boolean cut, Optional<SkippedExamples.Reason> reason) {}

  /**
   * Encodes examples. It skips those with an empty source, a target longer than its limit, or too
   * short for the filter, and skips or cuts sources longer than their limit.
   */
  public EncodedExamples encode(List<Example> examples) {
    return encode(examples, Optional.empty());
  }

  /**
   * Encodes examples for training, where a tokenizer may sample a tokenization.
   *
   * @param seed the seed of the samples
   */
  public EncodedExamples sample(List<Example> examples, long seed) {
    return encode(examples, Optional.of(seed));
  }

  private EncodedExamples encode(List<Example> examples, Optional<Long> seed) {
    List<Outcome> outcomes =
        IntStream.range(0, examples.size())
            .parallel()
            .mapToObj(i -> encode(examples.get(i), seed.map(it -> StableRandom.mix(it + i))))
            .toList();
    List<EncodedPair> pairs = new ArrayList<>(examples.size());
    SkippedExamples leftOut = new SkippedExamples();
    for (Outcome outcome : outcomes) {
      outcome.pair().ifPresent(pairs::add);
      outcome.reason().ifPresent(leftOut::add);
      if (outcome.cut()) {
        leftOut.addCut();
      }
    }
    return new EncodedExamples(pairs, leftOut);
  }

  private Outcome encode(Example example, Optional<Long> seed) {
    List<String> sourceTokens = tokens(source, example.source(), seed);
    List<String> targetTokens = tokens(target, example.target(), seed.map(it -> it + 1));
    SequenceData read = encode(source, example.source(), sourceTokens, seed);
    SequenceData written = encode(target, example.target(), targetTokens, seed);
    // the only side of a language model counts as both
    int length = source.isAbsent() ? Math.max(1, written.length()) : read.length();
    Optional<SkippedExamples.Reason> reason = reason(length, written.length());
    if (reason.isPresent()) {
      return new Outcome(Optional.empty(), false, reason);
    }
    example.alignment().ifPresent(it -> check(it, example, read.length(), written.length()));
    boolean cut = read.length() > source.maxLength();
    EncodedPair pair =
        cut
            ? pair(
                sourceTokens.subList(0, Math.min(sourceTokens.size(), source.maxLength())),
                read.truncate(source.maxLength()),
                targetTokens,
                written,
                example.alignment().map(it -> it.upTo(source.maxLength())))
            : pair(sourceTokens, read, targetTokens, written, example.alignment());
    return new Outcome(Optional.of(pair), cut, Optional.empty());
  }

  private EncodedPair pair(
      List<String> sourceTokens,
      SequenceData read,
      List<String> targetTokens,
      SequenceData written,
      Optional<Alignment> alignment) {
    return copying
        ? new EncodedPair(
            ExtendedVocabulary.source(sourceTokens, read, target),
            ExtendedVocabulary.target(sourceTokens, targetTokens, written, target),
            alignment)
        : new EncodedPair(read, written, alignment);
  }

  /** Returns the tokens of a text; vectors have none. */
  private static List<String> tokens(SequenceCodec codec, ExampleValue value, Optional<Long> seed) {
    return codec instanceof TextCodec text
        ? seed.map(it -> text.sample(text.read(value).text(), it))
            .orElseGet(() -> text.tokens(value))
        : List.of();
  }

  private static SequenceData encode(
      SequenceCodec codec, ExampleValue value, List<String> tokens, Optional<Long> seed) {
    if (codec instanceof TextCodec text) {
      return text.encode(tokens);
    }
    return seed.isPresent() ? codec.sample(value, seed.get()) : codec.encode(value);
  }

  private static void check(Alignment alignment, Example example, int read, int written) {
    for (Alignment.Link link : alignment.links()) {
      if (link.source() >= read || link.target() >= written) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "alignment: the link %d-%d is beyond the %d and %d tokens of '%s' and '%s'; align"
                    + " the output of `seq4j tokenizer encode`",
                link.source(),
                link.target(),
                read,
                written,
                example.source().text(),
                example.target().text()));
      }
    }
  }

  private Optional<SkippedExamples.Reason> reason(int read, int written) {
    if (read == 0) {
      return Optional.of(SkippedExamples.Reason.EMPTY_SOURCE);
    } else if (read > source.maxLength() && onTooLong == OnTooLong.SKIP) {
      return Optional.of(SkippedExamples.Reason.LONG_SOURCE);
    } else if (written > target.maxLength()) {
      return Optional.of(SkippedExamples.Reason.LONG_TARGET);
    } else if (Math.min(read, written) < filter.minLength()) {
      return Optional.of(SkippedExamples.Reason.SHORT);
    }
    double ratio = (double) Math.max(read, written) / Math.max(1, Math.min(read, written));
    return filter.maxRatio().isPresent() && ratio > filter.maxRatio().get()
        ? Optional.of(SkippedExamples.Reason.RATIO)
        : Optional.empty();
  }
}
