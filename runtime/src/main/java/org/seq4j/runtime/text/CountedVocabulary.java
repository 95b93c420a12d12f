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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.seq4j.core.text.Vocabulary;

/**
 * The tokens that a model knows, numbered from 0. Immutable.
 *
 * <p>The first four are special: {@link #PAD}, {@link #UNKNOWN}, {@link #BEGIN} and {@link #END}.
 * They are not found by their spelling: where a text itself holds {@code </s>}, that is a token
 * like any other, with an id of its own if it was counted and {@link #UNKNOWN} if not.
 */
public final class CountedVocabulary implements Vocabulary {
  private final List<String> tokens; // specials first
  private final long[] counts; // by id
  private final Map<String, Integer> ids = new HashMap<>(); // without the specials

  /** Takes the names of the special tokens, the tokens after them, and the counts of both. */
  CountedVocabulary(List<String> specials, List<String> ordinary, long[] counts) {
    List<String> all = new ArrayList<>(specials);
    all.addAll(ordinary);
    this.tokens = List.copyOf(all);
    this.counts = counts.clone();
    for (int id = SPECIALS.size(); id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
  }

  /** Starts to count the tokens of a training text. */
  public static Builder counting() {
    return new Builder();
  }

  /**
   * Reads a vocabulary as {@link #write} wrote it.
   *
   * @throws IOException if the file cannot be read or is not a vocabulary; the message then names
   *     the file and the line
   */
  public static CountedVocabulary read(Path file) throws IOException {
    return VocabularyFile.read(file, SPECIALS);
  }

  /** Reads a vocabulary whose special tokens are spelled as a configuration says. */
  public static CountedVocabulary read(Path file, VocabularyConfig config) throws IOException {
    return VocabularyFile.read(file, config.specials().names());
  }

  /**
   * Reads a vocabulary made elsewhere: a token on each line, followed by a tab or a space and its
   * count, or by nothing. One that {@link #write} wrote is read as that; of others, lines that
   * spell a special token in a usual way ({@code <pad>}, {@code <blank>}, {@code <unk>}, {@code
   * <s>}, {@code </s>}) are left out. Tokens stay in the file's order.
   *
   * @param config which of the tokens to take: by count, where there are any, and the first ones
   * @throws IOException if the file cannot be read or is not like that; the message then names the
   *     line
   */
  public static CountedVocabulary importFrom(Path file, VocabularyConfig config)
      throws IOException {
    return VocabularyImport.read(file, config);
  }

  /**
   * Writes one line {@code token TAB count} for each token, in the order of the ids, the special
   * ones included. In a token, tab, newline, carriage return and backslash are escaped as in Java,
   * and so, as four hexadecimal digits, is a surrogate without its other half, which UTF-8 cannot
   * hold. The writer should encode as UTF-8.
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
   * The number of times a token occurred in the training text: for {@link #UNKNOWN}, how many
   * occurrences of tokens were left out of the vocabulary; for the other special ones 0.
   */
  public long count(int id) {
    return counts[Objects.checkIndex(id, counts.length)];
  }

  /** The ids of a text's tokens; no begin or end is added. */
  public int[] encode(List<String> text) {
    return text.stream().mapToInt(this::id).toArray();
  }

  /**
   * The tokens of ids. Padding, begin and end are left out wherever they stand; an unknown token is
   * shown as {@code <unk>}.
   */
  public List<String> decode(List<Integer> sequence) {
    return sequence.stream()
        .filter(id -> id != PAD && id != BEGIN && id != END)
        .map(this::token)
        .toList();
  }

  /** As {@link #decode(List)}. */
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
   * Counts tokens, then makes a vocabulary of the most frequent. Not thread-safe. Of more than four
   * million different tokens the rarest so far are forgotten, which are then counted as unknown.
   */
  public static final class Builder {
    /** Most frequent first; equal ones by code point, so that the order is never by chance. */
    private static final Comparator<Map.Entry<String, Long>> ORDER =
        Map.Entry.<String, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey(Builder::compareCodePoints));

    /** More different tokens than this are not held: the rarest are forgotten. */
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
              "An empty token among " + sequence + ": the tokenizer must not make any");
        }
        frequencies.merge(token, 1L, Long::sum);
      }
      if (frequencies.size() > MOST) {
        forgetRarest();
      }
      return this;
    }

    /** So that memory is bounded; a token that is rare until now is rare in all of the text. */
    private void forgetRarest() {
      for (long count = 1; frequencies.size() > MOST / 2; count++) {
        long rare = count;
        forgotten +=
            frequencies.values().stream().filter(it -> it <= rare).mapToLong(it -> it).sum();
        frequencies.values().removeIf(it -> it <= rare);
      }
    }

    /**
     * Makes the vocabulary: most frequent tokens first, equally frequent ones in the order of their
     * code points.
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
                  ("The vocabulary would be empty: min_frequency is %d, but the most frequent token,"
                          + " '%s', occurs %d times in the training text. Lower min_frequency.")
                      .formatted(config.minFrequency(), most.getKey(), most.getValue()))
          .orElse(
              "The vocabulary would be empty: the training text has no tokens. Check that its file"
                  + " is not empty and that the tokenizer fits it.");
    }

    /** As String.compareTo, but with supplementary code points after all others. */
    private static int compareCodePoints(String a, String b) {
      return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
  }
}
