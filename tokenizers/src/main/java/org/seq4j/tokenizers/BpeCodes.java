package org.seq4j.tokenizers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The merges of a byte pair encoding, by priority, in subword-nmt's file format: a line {@code
 * #version: 0.2}, then one line per merge, two symbols separated by a space. The end of a word is
 * {@code </w>}; in version 0.1 (a file without the version line) it is a separate symbol.
 */
final class BpeCodes {
  static final String END_OF_WORD = "</w>";

  /** A merge: its rank in the file, and the symbol that it creates. */
  record Merge(int rank, int symbol) {}

  private final Map<String, Integer> symbols = new HashMap<>();
  private final Map<Long, Merge> merges = new HashMap<>();
  private final Map<String, List<String>> parts = new HashMap<>(); // by merged symbol
  private final boolean endIsSymbol;

  private BpeCodes(boolean endIsSymbol) {
    this.endIsSymbol = endIsSymbol;
  }

  /**
   * Reads a file.
   *
   * @param most maximum number of merges to use; all if empty
   * @throws IllegalArgumentException if the file cannot be read or is not in this format; the
   *     message names the line
   */
  static BpeCodes read(Path file, Optional<Integer> most) {
    List<String> lines = TextFiles.lines(file, "byte pair merges");
    boolean headed = !lines.isEmpty() && lines.get(0).startsWith("#version:");
    if (headed && lines.get(0).strip().endsWith("byte")) {
      throw new IllegalArgumentException(
          file + ", line 1: merges of bytes are not supported; learn them from characters");
    }
    BpeCodes codes = new BpeCodes(!headed || lines.get(0).matches("#version:\\s*0\\.1\\s*"));
    int limit = most.orElse(Integer.MAX_VALUE);
    for (int i = headed ? 1 : 0; i < lines.size() && codes.merges.size() < limit; i++) {
      List<String> pair = new ArrayList<>(List.of(lines.get(i).strip().split(" ", -1)));
      if (pair.size() != 2 || pair.contains("")) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s, line %d: expected two symbols separated by a space, got '%s'",
                file,
                i + 1,
                lines.get(i)));
      }
      codes.add(pair.get(0), pair.get(1), i);
    }
    if (lines.size() == (headed ? 1 : 0)) {
      throw new IllegalArgumentException(
          file
              + ": expected byte pair merges, got none; learn them with seq4j tokenizer train bpe");
    }
    return codes;
  }

  private void add(String left, String right, int rank) {
    String merged = left + right;
    merges.putIfAbsent(key(id(left), id(right)), new Merge(rank, id(merged)));
    parts.putIfAbsent(merged, List.of(left, right));
  }

  private int id(String symbol) {
    return symbols.computeIfAbsent(symbol, it -> symbols.size());
  }

  private static long key(int left, int right) {
    return ((long) left << 32) | right;
  }

  /** Returns the number of a symbol; negative if it occurs in no merge. */
  int symbol(String text) {
    return symbols.getOrDefault(text, -1);
  }

  /** Returns true if the end of a word is a separate symbol, not part of the last one. */
  boolean endIsSymbol() {
    return endIsSymbol;
  }

  /** Returns the merge of two symbols, or null if there is none. */
  Merge merge(int left, int right) {
    return left < 0 || right < 0 ? null : merges.get(key(left, right));
  }

  /** Returns the two symbols that the first merge creating this symbol joins. */
  Optional<List<String>> parts(String symbol) {
    return Optional.ofNullable(parts.get(symbol));
  }
}
