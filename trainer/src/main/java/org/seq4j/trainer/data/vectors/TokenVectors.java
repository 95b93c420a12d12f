package org.seq4j.trainer.data.vectors;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.Lines;

/**
 * Pretrained vectors of tokens, made by another tool.
 *
 * @param rows the vectors by token id
 * @param coverage the share of the vocabulary that has vectors
 */
public record TokenVectors(Map<Integer, float[]> rows, Coverage coverage) {

  /** The header line of word2vec and fastText: the number of vectors and their size. */
  private static final Pattern HEADER = Pattern.compile("(\\d{1,18}) (\\d{1,9})");

  /**
   * The coverage of a vocabulary by vectors, special tokens excluded.
   *
   * @param file the file of the vectors
   * @param found the number of tokens with a vector
   * @param tokens the number of all tokens
   * @param occurrences the share of token occurrences in the training data whose token has a
   *     vector, 0 to 1
   */
  public record Coverage(Path file, int found, int tokens, double occurrences) {}

  /**
   * Reads the vectors of a vocabulary's tokens. If a token has several vectors, the first one is
   * used.
   *
   * @param file the file, with a token and its numbers on each line, separated by spaces
   * @param units the expected size of vectors
   * @throws DataException if the file cannot be read or is invalid
   */
  public static TokenVectors read(Path file, int units, CountedVocabulary vocabulary) {
    Map<Integer, float[]> rows = new HashMap<>();
    long vectors = 0;
    Optional<Long> promised = Optional.empty();
    try (Lines lines = new Lines(file)) {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        String text = line.get().stripTrailing();
        Matcher header = HEADER.matcher(text);
        if (lines.number() == 1 && header.matches()) {
          promised = Optional.of(Long.valueOf(header.group(1)));
          checkSize(lines, Integer.parseInt(header.group(2)), units);
          continue;
        }
        if (vectors == 0) {
          checkSize(lines, spaces(text), units);
        }
        vectors++;
        int end = endOfToken(lines, text, units);
        String token = text.substring(0, end);
        int id = vocabulary.id(token);
        if (vocabulary.token(id).equals(token) && !rows.containsKey(id)) {
          rows.put(id, numbers(lines, text.substring(end + 1), units));
        }
      }
    } catch (CorpusException e) {
      throw DataException.of(e);
    }
    if (promised.isPresent() && vectors < promised.get()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: line 1 announces %d vectors, but the file has only %d: it is truncated",
              file,
              promised.get(),
              vectors));
    }
    return new TokenVectors(Map.copyOf(rows), coverage(file, rows, vocabulary));
  }

  /**
   * Checks the size of vectors by the first line.
   *
   * @throws DataException if the file cannot be read, or its vectors have another size
   */
  public static void check(Path file, int units) {
    try (Lines lines = new Lines(file)) {
      String text =
          lines
              .next()
              .orElseThrow(() -> new DataException(file + ": expected vectors, got an empty file"))
              .stripTrailing();
      Matcher header = HEADER.matcher(text);
      checkSize(lines, header.matches() ? Integer.parseInt(header.group(2)) : spaces(text), units);
    } catch (CorpusException e) {
      throw DataException.of(e);
    }
  }

  private static void checkSize(Lines lines, long size, int units) {
    if (size != units) {
      throw problem(
          lines,
          String.format(
              Locale.ROOT,
              "expected vectors of %d numbers (units), got %d. Set units to that number, or use other vectors",
              units,
              size));
    }
  }

  private static DataException problem(Lines lines, String complaint) {
    return new DataException(lines.place() + ": " + complaint);
  }

  private static long spaces(String text) {
    return text.chars().filter(c -> c == ' ').count();
  }

  /** Returns the end of the token on a line. Some tokens of GloVe contain spaces. */
  private static int endOfToken(Lines lines, String text, int units) {
    int end = text.length();
    for (int i = 0; i < units; i++) {
      end = text.lastIndexOf(' ', end - 1);
      if (end < 0) {
        throw problem(
            lines,
            String.format(
                Locale.ROOT,
                "expected a token and %d numbers, separated by spaces, got %d fields",
                units,
                i + 1));
      }
    }
    return end;
  }

  private static float[] numbers(Lines lines, String text, int units) {
    String[] fields = text.split(" ", -1);
    float[] numbers = new float[units];
    for (int i = 0; i < units; i++) {
      try {
        numbers[i] = Float.parseFloat(fields[i]);
      } catch (NumberFormatException e) {
        throw problem(lines, "expected a number, got '" + fields[i] + "'");
      }
      if (!Float.isFinite(numbers[i])) {
        throw problem(lines, "expected a finite number, got " + fields[i]);
      }
    }
    return numbers;
  }

  private static Coverage coverage(
      Path file, Map<Integer, float[]> rows, CountedVocabulary vocabulary) {
    int first = Vocabulary.SPECIALS.size();
    int found = 0;
    long all = 0;
    long covered = 0;
    for (int id = first; id < vocabulary.size(); id++) {
      all += vocabulary.count(id);
      if (rows.containsKey(id)) {
        found++;
        covered += vocabulary.count(id);
      }
    }
    return new Coverage(
        file, found, vocabulary.size() - first, all == 0 ? 0 : covered / (double) all);
  }
}
