package org.seq4j.runtime.text;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.seq4j.core.text.Vocabulary;

/**
 * The tokens that a model knows, with ids from 0 and counts. Immutable.
 *
 * <p>The first four are special: {@link #PAD}, {@link #UNKNOWN}, {@link #BEGIN} and {@link #END}.
 * They cannot be found by their text: if a text contains {@code </s>}, this is an ordinary token,
 * with an id of its own if it was counted and {@link #UNKNOWN} if not.
 */
public final class CountedVocabulary implements Vocabulary {
  private final List<String> tokens; // specials first
  private final long[] counts; // by id
  private final Map<String, Integer> ids = new HashMap<>(); // without the specials

  /**
   * Creates a vocabulary from the names of the special tokens, the other tokens, and the counts of
   * all.
   */
  CountedVocabulary(List<String> specials, List<String> ordinary, long[] counts) {
    List<String> all = new ArrayList<>(specials);
    all.addAll(ordinary);
    this.tokens = List.copyOf(all);
    this.counts = counts.clone();
    for (int id = SPECIALS.size(); id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
  }

  /** Starts counting the tokens of a training text. */
  public static Builder counting() {
    return new Builder();
  }

  /**
   * Reads a vocabulary written by {@link #write}.
   *
   * @throws IOException if the file cannot be read or is not a vocabulary; the message names the
   *     file and the line
   */
  public static CountedVocabulary read(Path file) throws IOException {
    return VocabularyFile.read(file, SPECIALS);
  }

  /** Reads a vocabulary with the configured names of special tokens. */
  public static CountedVocabulary read(Path file, VocabularyConfig config) throws IOException {
    return VocabularyFile.read(file, config.specials().names());
  }

  /**
   * A vocabulary made by another tool.
   *
   * @param vocabulary the vocabulary
   * @param omitted the tokens of the file that are omitted because the config has them as special
   *     tokens
   */
  public record Imported(CountedVocabulary vocabulary, List<String> omitted) {
    /** Makes the list unmodifiable. */
    public Imported {
      omitted = List.copyOf(omitted);
    }
  }

  /**
   * Imports a vocabulary made by another tool: one token per line, optionally followed by a tab or
   * a space and its count; SentencePiece's {@code .vocab}; tokens with their ids as JSON or YAML;
   * or a file written by {@link #write}. The special tokens of the configuration are omitted.
   * Tokens keep the order of the file, or of their ids.
   *
   * @param config selects tokens: by count, if the file has counts, and the first ones
   * @throws IOException if the file cannot be read or has another format; the message names the
   *     file, and the line if it has one
   */
  public static Imported importFrom(Path file, VocabularyConfig config) throws IOException {
    return VocabularyImport.read(file, config);
  }

  /**
   * Writes one line {@code token TAB count} for each token in the order of ids, including the
   * special ones. Tabs, newlines, carriage returns and backslashes in a token are escaped as in
   * Java. Unpaired surrogates, which UTF-8 cannot represent, are escaped as four hexadecimal
   * digits. The writer should encode as UTF-8.
   */
  public void write(Writer writer) throws IOException {
    VocabularyFile.write(this, writer);
  }

  @Override
  public int size() {
    return tokens.size();
  }

  @Override
  public int id(String token) {
    return ids.getOrDefault(token, UNKNOWN);
  }

  @Override
  public String token(int id) {
    return tokens.get(id);
  }

  /**
   * The number of occurrences of a token in the training text. For {@link #UNKNOWN}, the number of
   * occurrences of tokens that are not in the vocabulary; for the other special tokens, 0.
   */
  public long count(int id) {
    return counts[Objects.checkIndex(id, counts.length)];
  }

  /** Returns the ids of tokens, without begin and end. */
  public int[] encode(List<String> text) {
    return text.stream().mapToInt(this::id).toArray();
  }

  /**
   * Returns the tokens of ids. Padding, begin and end are omitted at any position; an unknown token
   * becomes {@code <unk>}.
   */
  public List<String> decode(List<Integer> sequence) {
    return sequence.stream()
        .filter(id -> id != PAD && id != BEGIN && id != END)
        .map(this::token)
        .toList();
  }

  /** Returns the tokens of ids, like {@link #decode(List)}. */
  public List<String> decode(int... sequence) {
    return decode(Arrays.stream(sequence).boxed().toList());
  }

  /** Returns true if the other vocabulary has the same tokens with the same ids and counts. */
  @Override
  public boolean equals(Object other) {
    return other instanceof CountedVocabulary that
        && tokens.equals(that.tokens)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  @Override
  public String toString() {
    return "vocabulary of " + size() + " tokens";
  }

  /**
   * Counts tokens and builds a vocabulary of the most frequent ones. Not thread-safe. With more
   * than four million different tokens, the rarest ones are forgotten; they count as unknown.
   */
  public static final class Builder {
    /**
     * Most frequent first; equally frequent ones by code point, so that the order is deterministic.
     */
    private static final Comparator<Map.Entry<String, Long>> ORDER =
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey(Builder::compareCodePoints));

    /** The maximum number of different tokens in memory. */
    private static final int MOST = 4_000_000;

    private final Map<String, Long> frequencies = new HashMap<>();
    private long forgotten;

    private Builder() {}

    /**
     * Counts the tokens of one sequence.
     *
     * @throws IllegalArgumentException if one of them is empty
     */
    public Builder add(Collection<String> sequence) {
      for (String token : sequence) {
        if (token.isEmpty()) {
          throw new IllegalArgumentException(
              "an empty token in " + sequence + ": the tokenizer must not create any");
        }
        frequencies.merge(token, 1L, Long::sum);
      }
      if (frequencies.size() > MOST) {
        forgetRarest();
      }
      return this;
    }

    /** Adds tokens that have been counted elsewhere. */
    public Builder add(Map<String, Long> counts) {
      counts.forEach((token, count) -> frequencies.merge(token, count, Long::sum));
      if (frequencies.size() > MOST) {
        forgetRarest();
      }
      return this;
    }

    /** Returns the counts so far, by token. */
    public Map<String, Long> counts() {
      return Map.copyOf(frequencies);
    }

    /** Bounds the memory; a token that is rare so far is assumed to be rare in the whole text. */
    private void forgetRarest() {
      for (long count = 1; frequencies.size() > MOST / 2; count++) {
        long rare = count;
        forgotten +=
            frequencies.values().stream().filter(it -> it <= rare).mapToLong(it -> it).sum();
        frequencies.values().removeIf(it -> it <= rare);
      }
    }

    /**
     * Builds the vocabulary: most frequent tokens first, equally frequent ones in code point order.
     *
     * @throws IllegalArgumentException if it would have no tokens
     */
    public CountedVocabulary build(VocabularyConfig config) {
      List<Map.Entry<String, Long>> kept = new ArrayList<>();
      Set<String> given = new LinkedHashSet<>(config.given());
      for (String token : given) {
        kept.add(Map.entry(token, frequencies.getOrDefault(token, 0L)));
      }
      int always = kept.size();
      frequencies.entrySet().stream()
          .filter(entry -> !given.contains(entry.getKey()))
          .filter(entry -> entry.getValue() >= config.minFrequency())
          .sorted(ORDER)
          .limit(config.size().orElse(Integer.MAX_VALUE))
          .forEach(kept::add);
      if (kept.size() == always) {
        throw new IllegalArgumentException(whyEmpty(config));
      }
      long[] counts = new long[SPECIALS.size() + kept.size()];
      counts[UNKNOWN] = forgotten + frequencies.values().stream().mapToLong(Long::longValue).sum();
      for (int i = 0; i < kept.size(); i++) {
        counts[SPECIALS.size() + i] = kept.get(i).getValue();
        counts[UNKNOWN] -= kept.get(i).getValue();
      }
      return new CountedVocabulary(
          config.specials().names(), kept.stream().map(Map.Entry::getKey).toList(), counts);
    }

    private String whyEmpty(VocabularyConfig config) {
      return frequencies.entrySet().stream()
          .min(ORDER)
          .map(
              most ->
                  String.format(
                      Locale.ROOT,
                      "the vocabulary would be empty: min_frequency is %d, but the most frequent"
                          + " token, '%s', occurs %d times in the training text. Lower min_frequency.",
                      config.minFrequency(),
                      most.getKey(),
                      most.getValue()))
          .orElse(
              "the vocabulary would be empty: the training text has no tokens. Check that"
                  + " its file is not empty and that the tokenizer suits it.");
    }

    /** Compares like String.compareTo, but with supplementary code points after all others. */
    private static int compareCodePoints(String a, String b) {
      return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
  }
}
