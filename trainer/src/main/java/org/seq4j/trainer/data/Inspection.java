package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
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

/** What there is in a split of the data, before anything is trained. */
public final class Inspection {
  private static final int BUCKET = 10; // tokens
  private static final int SAMPLED = 20_000; // pairs that batches are made of

  private final Side source;
  private final Side target;
  private final PairEncoder encoder;
  private final SkippedExamples leftOut = new SkippedExamples();
  private final List<EncodedPair> sampled = new ArrayList<>();
  private final LongSet sources = new LongSet();
  private long examples;
  private long pairs;
  private long different; // sources

  /** A side as it was found. */
  public static final class Side {
    private final SequenceCodec codec;
    private final TreeMap<Integer, Long> lengths = new TreeMap<>(); // by upper end
    private long tokens;
    private long words;
    private long unknown;
    private final long[] occurrences; // by id

    private Side(SequenceCodec codec) {
      this.codec = codec;
      this.occurrences = new long[codec instanceof TextCodec known ? known.vocabulary().size() : 0];
    }

    private void add(ExampleValue value) {
      List<String> cut = codec instanceof TextCodec known ? known.tokens(value) : List.of();
      int length = codec instanceof TextCodec ? cut.size() : codec.length(value);
      lengths.merge((length + BUCKET - 1) / BUCKET * BUCKET, 1L, Long::sum);
      tokens += length;
      if (codec instanceof TextCodec known) {
        String text = value.text();
        words += text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
        for (int id : known.encode(cut).ids()) {
          unknown += id == Vocabulary.UNKNOWN ? 1 : 0;
          occurrences[id]++;
        }
      }
    }

    /** How many sequences there are by length: the upper end of a bucket of ten. */
    public Map<Integer, Long> lengths() {
      return lengths;
    }

    /** How many tokens, or vectors, there are in all. */
    public long tokens() {
      return tokens;
    }

    /** How many tokens a word has; empty for vectors. */
    public Optional<Double> tokensPerWord() {
      return words == 0 ? Optional.empty() : Optional.of((double) tokens / words);
    }

    /** How often a token is there; 0 if the vocabulary does not have it. */
    public long occurrences(String token) {
      return codec instanceof TextCodec known && known.vocabulary().id(token) != Vocabulary.UNKNOWN
          ? occurrences[known.vocabulary().id(token)]
          : 0;
    }

    /** The share of tokens that are not in the vocabulary. */
    public double unknown() {
      return tokens == 0 ? 0 : (double) unknown / tokens;
    }
  }

  /** Of sides that are cut and known as these. */
  public Inspection(SequenceCodec source, SequenceCodec target, FilterConfig filter) {
    this.source = new Side(source);
    this.target = new Side(target);
    this.encoder = new PairEncoder(source, target, false, filter);
  }

  /** Looks at an example. */
  public void add(Example example) {
    examples++;
    source.add(example.source());
    target.add(example.target());
    different += sources.add(StableHash.of(example.source().text(), 1)) ? 1 : 0;
    EncodedExamples encoded = encoder.encode(List.of(example));
    leftOut.addAll(encoded.leftOut());
    pairs += encoded.pairs().size();
    if (sampled.size() < SAMPLED) {
      sampled.addAll(encoded.pairs());
    }
  }

  /** How many of other examples have a source that is here, too. */
  public long shared(List<Example> others) {
    return others.stream().filter(it -> sources.has(StableHash.of(it.source().text(), 1))).count();
  }

  /** How many examples there are. */
  public long examples() {
    return examples;
  }

  /** How many of them are trained on. */
  public long pairs() {
    return pairs;
  }

  /** How many different sources there are. */
  public long differentSources() {
    return different;
  }

  /** What is left out for its length. */
  public SkippedExamples leftOut() {
    return leftOut;
  }

  /** The source's side. */
  public Side source() {
    return source;
  }

  /** The target's side. */
  public Side target() {
    return target;
  }

  /**
   * How batches come out.
   *
   * @param batches how many there are of the pairs that were looked at
   * @param pairs of how many
   * @param padding the share of the places in them that hold nothing
   */
  public record Padding(int batches, int pairs, double padding) {}

  /** Makes batches of the first pairs, as training does. */
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
