package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.SequenceConfig.OnTooLong;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.data.batch.Batches;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.FilterConfig;
import org.seq4j.trainer.data.split.LongSet;
import org.seq4j.trainer.data.split.StableHash;

/** Statistics of a split of the data. */
public final class Inspection {
  private static final int BUCKET = 10; // tokens
  private static final int SAMPLED = 20_000; // pairs for the padding estimate

  private final Side source;
  private final Side target;
  private final PairEncoder encoder;
  private final SkippedExamples leftOut = new SkippedExamples();
  private final List<EncodedPair> sampled = new ArrayList<>();
  private final LongSet sources = new LongSet();
  private long examples;
  private long pairs;
  private long different; // distinct sources
  private final BiPredicate<SequenceData, SequenceData> alignable;
  private long unalignable;

  /** Statistics of a side. */
  public static final class Side {
    private final SequenceCodec codec;
    private final boolean written; // by a model, so that texts should come back from tokens
    private final TreeMap<Integer, Long> lengths = new TreeMap<>(); // by upper end of the bucket
    private long tokens;
    private long words;
    private long unknown;
    private final long[] occurrences; // by id
    private long texts;
    private long restored;
    private Optional<Change> firstChange = Optional.empty();

    /**
     * A text that its tokens do not give back.
     *
     * @param text the text
     * @param restored what its tokens give
     */
    public record Change(String text, String restored) {}

    private Side(SequenceCodec codec, boolean written) {
      this.codec = codec;
      this.written = written;
      this.occurrences = new long[codec instanceof TextCodec known ? known.vocabulary().size() : 0];
    }

    private void add(ExampleValue value) {
      List<String> cut = codec instanceof TextCodec known ? known.tokens(value) : List.of();
      int length = codec instanceof TextCodec ? cut.size() : codec.length(value);
      lengths.merge((length + BUCKET - 1) / BUCKET * BUCKET, 1L, Long::sum);
      tokens += length;
      if (codec instanceof TextCodec known) {
        String text = value.text();
        words += words(text).size();
        for (int id : known.encode(cut).ids()) {
          unknown += id == Vocabulary.UNKNOWN ? 1 : 0;
          occurrences[id]++;
        }
        if (written) {
          restore(text, known.decode(cut));
        }
      }
    }

    private void restore(String text, String back) {
      texts++;
      if (words(back).equals(words(text))) {
        restored++;
      } else if (firstChange.isEmpty()) {
        firstChange = Optional.of(new Change(text, back));
      }
    }

    private static List<String> words(String text) {
      return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }

    /**
     * Returns the share of targets that their tokens give back, apart from white space. A model
     * cannot write the others as they are. 1 for sources, which are not checked.
     */
    public double restored() {
      return texts == 0 ? 1 : (double) restored / texts;
    }

    /** Returns the first target that its tokens do not give back. */
    public Optional<Change> firstChange() {
      return firstChange;
    }

    /**
     * Returns the number of sequences by length; a key is the upper end of a bucket of ten lengths.
     */
    public Map<Integer, Long> lengths() {
      return lengths;
    }

    /** Returns the total number of tokens or vectors. */
    public long tokens() {
      return tokens;
    }

    /** Returns the mean number of tokens per word; empty for vectors. */
    public Optional<Double> tokensPerWord() {
      return words == 0 ? Optional.empty() : Optional.of((double) tokens / words);
    }

    /** Returns the number of occurrences of a token; 0 if it is not in the vocabulary. */
    public long occurrences(String token) {
      return codec instanceof TextCodec known && known.vocabulary().id(token) != Vocabulary.UNKNOWN
          ? occurrences[known.vocabulary().id(token)]
          : 0;
    }

    /** Returns the share of tokens that are not in the vocabulary. */
    public double unknown() {
      return tokens == 0 ? 0 : (double) unknown / tokens;
    }
  }

  /** Creates empty statistics of examples that these codecs encode. */
  public Inspection(
      SequenceCodec source, SequenceCodec target, FilterConfig filter, OnTooLong onTooLong) {
    this(source, target, filter, onTooLong, (read, written) -> true);
  }

  /**
   * Creates empty statistics.
   *
   * @param alignable true for encoded sources and targets that an objective can align
   */
  public Inspection(
      SequenceCodec source,
      SequenceCodec target,
      FilterConfig filter,
      OnTooLong onTooLong,
      BiPredicate<SequenceData, SequenceData> alignable) {
    this.alignable = alignable;
    this.source = new Side(source, false);
    this.target = new Side(target, true);
    this.encoder = new PairEncoder(source, target, false, filter, onTooLong);
  }

  /** Adds an example. */
  public void add(Example example) {
    examples++;
    source.add(example.source());
    target.add(example.target());
    different += sources.add(StableHash.of(example.source().text(), 1)) ? 1 : 0;
    EncodedExamples encoded = encoder.encode(List.of(example));
    leftOut.addAll(encoded.leftOut());
    pairs += encoded.pairs().size();
    for (EncodedPair pair : encoded.pairs()) {
      unalignable += alignable.test(pair.source(), pair.target()) ? 0 : 1;
    }
    if (sampled.size() < SAMPLED) {
      sampled.addAll(encoded.pairs());
    }
  }

  /** Counts examples that were skipped before they were tokenized. */
  public void addSkipped(SkippedExamples skipped) {
    examples += skipped.total();
    leftOut.addAll(skipped);
  }

  /** Returns the number of other examples whose source occurs here. */
  public long shared(List<Example> others) {
    return others.stream().filter(it -> sources.has(StableHash.of(it.source().text(), 1))).count();
  }

  /** Returns the number of examples, skipped ones included. */
  public long examples() {
    return examples;
  }

  /** Returns the number of examples that are used. */
  public long pairs() {
    return pairs;
  }

  /** Returns the number of used examples that an objective cannot align. */
  public long unalignable() {
    return unalignable;
  }

  /** Returns the number of distinct sources. */
  public long differentSources() {
    return different;
  }

  /** Returns the skipped examples, counted by reason. */
  public SkippedExamples leftOut() {
    return leftOut;
  }

  /** Returns a warning for each side of which more than half of the tokens are unknown. */
  public List<String> warnings() {
    return Stream.of(
            UnknownShare.warning("source", source.unknown, source.tokens, examples),
            UnknownShare.warning("target", target.unknown, target.tokens, examples))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns the statistics of sources. */
  public Side source() {
    return source;
  }

  /** Returns the statistics of targets. */
  public Side target() {
    return target;
  }

  /**
   * The padding that batching needs.
   *
   * @param batches the number of batches
   * @param pairs the number of pairs in them
   * @param padding the share of positions that hold padding
   */
  public record Padding(int batches, int pairs, double padding) {}

  /** Batches the first pairs as training does and measures the padding. */
  public Padding padding(BatchConfig batch) {
    Batches batches = new Batching(batch).epoch(sampled, 1, 0);
    long places = 0;
    long filled = 0;
    for (Batch one : batches) {
      for (var side : List.of(one.source(), one.target())) {
        int longest = 0;
        for (int length : side.lengths()) {
          longest = Math.max(longest, length);
          filled += length;
        }
        places += (long) longest * side.lengths().length;
      }
    }
    return new Padding(
        batches.size(), sampled.size(), places == 0 ? 0 : 1 - (double) filled / places);
  }
}
