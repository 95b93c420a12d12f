package org.seq4j.ngram;

import com.carrotsearch.hppc.LongIntHashMap;
import com.carrotsearch.hppc.cursors.LongIntCursor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes and reads models in the ARPA format of language models, which KenLM and SRILM read, too.
 *
 * @param model n-grams of numbers
 * @param words the word of each number; the first one is the end
 */
record ArpaFile(NgramModel model, List<String> words) {
  private static final String BEGIN = "<s>";
  private static final String END = "</s>";
  private static final String NEVER = "-99";

  /** Copies the words. */
  ArpaFile {
    words = List.copyOf(words);
  }

  /** Returns the words for numbers from 1, with the end before them. */
  static List<String> withEnd(List<String> words) {
    List<String> all = new ArrayList<>(List.of(END));
    all.addAll(words);
    return all;
  }

  void write(Writer writer) throws IOException {
    int[] parents = new int[model.size() + 1];
    int[] tokens = new int[model.size() + 1];
    for (LongIntCursor cursor : model.children()) {
      parents[cursor.value] = (int) (cursor.key >>> 32);
      tokens[cursor.value] = (int) cursor.key;
    }
    int[] lengths = new int[model.size() + 1];
    int[] counts = new int[model.order() + 1];
    for (int ngram = 1; ngram <= model.size(); ngram++) { // a longer one comes after its parent
      lengths[ngram] = lengths[parents[ngram]] + 1;
      counts[lengths[ngram]]++;
    }
    PrintWriter out = new PrintWriter(writer);
    out.print("\\data\\\n");
    for (int length = 1; length <= model.order(); length++) {
      out.print("ngram " + length + "=" + counts[length] + "\n");
    }
    for (int length = 1; length <= model.order(); length++) {
      out.print("\n\\" + length + "-grams:\n");
      for (int ngram = 1; ngram <= model.size(); ngram++) {
        if (lengths[ngram] == length) {
          write(out, ngram, parents, tokens);
        }
      }
    }
    out.print("\n\\end\\\n");
    out.flush();
    if (out.checkError()) {
      throw new IOException("cannot write the model");
    }
  }

  private void write(PrintWriter out, int ngram, int[] parents, int[] tokens) {
    StringBuilder text = new StringBuilder();
    for (int at = ngram; at != NgramModel.ROOT; at = parents[at]) {
      text.insert(0, word(tokens[at]) + (text.isEmpty() ? "" : " "));
    }
    boolean begin = tokens[ngram] == NgramModel.BEGIN;
    out.print((begin ? NEVER : Float.toString(model.logProbability(ngram))) + "\t" + text);
    if (model.logBackoff(ngram) != 0) {
      out.print("\t" + model.logBackoff(ngram));
    }
    out.print("\n");
  }

  private String word(int token) {
    return token == NgramModel.BEGIN ? BEGIN : words.get(token);
  }

  /**
   * Reads a model.
   *
   * @param lines all lines of the file
   * @throws IllegalArgumentException if they are not those of such a file; the message begins with
   *     the number of the line
   */
  static ArpaFile read(Iterator<String> lines) {
    return new Reader(lines).read();
  }

  /** Reads a model line by line. */
  private static final class Reader {
    private static final int FIRST_CAPACITY = 1 << 10;

    private final Iterator<String> lines;
    private long number;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>(List.of(END));
    private final LongIntHashMap children = new LongIntHashMap();
    private int[] suffixes = new int[FIRST_CAPACITY];
    private float[] logProbabilities = new float[FIRST_CAPACITY];
    private float[] logBackoffs = new float[FIRST_CAPACITY];
    private int size = 1;

    Reader(Iterator<String> lines) {
      this.lines = lines;
      suffixes[NgramModel.ROOT] = NgramModel.NONE;
      numbers.put(BEGIN, NgramModel.BEGIN);
      numbers.put(END, NgramModel.END);
    }

    ArpaFile read() {
      if (!next().equals("\\data\\")) {
        throw wrong("expected \\data\\, with which a file of the ARPA format begins");
      }
      int order = 0;
      String line = next();
      while (line.startsWith("ngram ")) {
        order++;
        line = next();
      }
      for (int length = 1; length <= order; length++) {
        while (line.isEmpty()) {
          line = next();
        }
        if (!line.equals("\\" + length + "-grams:")) {
          throw wrong("expected \\" + length + "-grams:, got '" + line + "'");
        }
        line = next();
        while (!line.isEmpty() && !line.startsWith("\\")) {
          add(line, length);
          line = next();
        }
      }
      while (line.isEmpty()) {
        line = next();
      }
      if (!line.equals("\\end\\")) {
        throw wrong("expected \\end\\, got '" + line + "'");
      }
      return new ArpaFile(
          new NgramModel(
              order,
              children,
              Arrays.copyOf(suffixes, size),
              Arrays.copyOf(logProbabilities, size),
              Arrays.copyOf(logBackoffs, size)),
          words);
    }

    private String next() {
      if (!lines.hasNext()) {
        throw wrong("the file is truncated: \\end\\ is missing");
      }
      number++;
      return lines.next();
    }

    private void add(String line, int length) {
      String[] columns = line.split("\t", -1);
      if (columns.length < 2 || columns.length > 3) {
        throw wrong("expected a probability, an n-gram and a backoff weight, separated by tabs");
      }
      String[] ngram = columns[1].split(" ", -1);
      if (ngram.length != length) {
        throw wrong("expected an n-gram of " + length + ", got '" + columns[1] + "'");
      }
      int parent = NgramModel.ROOT;
      int suffix = NgramModel.ROOT;
      for (int i = 0; i < length - 1; i++) {
        parent = child(parent, token(ngram[i], false), columns[1]);
      }
      for (int i = 1; i < length; i++) {
        suffix = child(suffix, token(ngram[i], false), columns[1]);
      }
      if (size == suffixes.length) {
        suffixes = Arrays.copyOf(suffixes, size * 2);
        logProbabilities = Arrays.copyOf(logProbabilities, size * 2);
        logBackoffs = Arrays.copyOf(logBackoffs, size * 2);
      }
      int last = token(ngram[length - 1], length == 1);
      suffixes[size] = suffix;
      logProbabilities[size] = value(columns[0]);
      logBackoffs[size] = columns.length == 3 ? value(columns[2]) : 0;
      children.put(NgramModel.edge(parent, last), size++);
    }

    private int child(int parent, int token, String ngram) {
      int found = children.getOrDefault(NgramModel.edge(parent, token), NgramModel.NONE);
      if (found == NgramModel.NONE) {
        throw wrong("'" + ngram + "' has a part that is not an n-gram of this file");
      }
      return found;
    }

    private int token(String word, boolean isNew) {
      Integer known = numbers.get(word);
      if (known == null && !isNew) {
        throw wrong("'" + word + "' is not among the 1-grams");
      }
      if (known == null) {
        known = words.size();
        numbers.put(word, known);
        words.add(word);
      }
      return known;
    }

    private float value(String text) {
      try {
        return Float.parseFloat(text);
      } catch (NumberFormatException e) {
        throw wrong("expected a number, got '" + text + "'");
      }
    }

    private IllegalArgumentException wrong(String message) {
      return new IllegalArgumentException(
          String.format(Locale.ROOT, "line %d: %s", number, message));
    }
  }
}
