package org.seq4j.tokenizers;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.text.Token;

/**
 * Alignment of pieces with the raw text, which was normalized before it was split. Both texts are
 * traversed in parallel: a character, or several with combining marks, corresponds to its NFKC
 * form; white space may have become one space or been removed.
 */
final class PieceAlignment {
  private static final int MOST_COMBINED = 8; // maximum number of characters that NFKC combines

  private final String raw;
  private final List<String> pieces;
  private final String normalized;
  private final int[] ends; // end in the raw text of each unit of the normalized text
  private final int[] starts;

  PieceAlignment(String raw, List<String> pieces) {
    this.raw = raw;
    this.pieces = pieces;
    this.normalized = shown(pieces);
    this.starts = new int[normalized.length()];
    this.ends = new int[normalized.length()];
    align();
  }

  /** Joins pieces; each byte piece counts as one unit, which never equals one of the raw text. */
  private static String shown(List<String> pieces) {
    return String.join("", pieces);
  }

  List<Token> tokens() {
    List<Token> tokens = new ArrayList<>(pieces.size());
    int at = 0;
    int end = 0;
    for (String piece : pieces) {
      if (piece.isEmpty()) {
        continue;
      }
      int first = Math.max(end, starts[at]);
      end = Math.max(first, ends[at + piece.length() - 1]);
      tokens.add(new Token(piece, first, end));
      at += piece.length();
    }
    return tokens;
  }

  private void align() {
    int i = 0; // index in the raw text
    int j = 0; // index in the normalized text
    while (j < normalized.length()) {
      if (i >= raw.length()) {
        place(j, j + 1, raw.length(), raw.length());
        j++;
        continue;
      }
      int unit = Character.charCount(raw.codePointAt(i));
      int length = matched(i, i + unit, j);
      int end = i + unit;
      int most = isDropped(i) ? 1 : MOST_COMBINED; // a dropped character starts no combination
      for (int count = 1; length < 0 && count < most && end < raw.length(); count++) {
        end += Character.charCount(raw.codePointAt(end));
        length = matched(i, end, j);
      }
      if (length >= 0) {
        place(j, j + length, i, end);
        j += length;
        i = end;
      } else if (normalized.charAt(j)
          == SentencePieceTokenizer.SPACE) { // at the start of the first word
        place(j, j + 1, i, i);
        j++;
      } else if (isDropped(i) || !occursSoon(i, j)) {
        i += unit;
      } else {
        place(j, j + 1, i, i);
        j++;
      }
    }
  }

  private void place(int from, int to, int start, int end) {
    for (int j = from; j < to; j++) {
      starts[j] = start;
      ends[j] = end;
    }
  }

  /**
   * Returns the number of normalized units that a range of the raw text corresponds to; negative if
   * none.
   */
  private int matched(int start, int end, int j) {
    String part = raw.substring(start, end);
    if (normalized.startsWith(part, j)) {
      return part.length();
    }
    if (part.length() == 1 && Character.isSurrogate(part.charAt(0))) {
      return normalized.charAt(j) == '?' ? 1 : -1; // the binding writes it so
    }
    String nfkc = Normalizer.normalize(part, Normalizer.Form.NFKC);
    for (String form : List.of(nfkc, nfkc.toLowerCase(Locale.ROOT))) {
      String spaced = spaced(form);
      if (!spaced.isEmpty() && normalized.startsWith(spaced, j)) {
        return spaced.length();
      }
    }
    return -1;
  }

  private static String spaced(String text) {
    StringBuilder spaced = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      spaced.append(
          c == '\t' || c == '\n' || c == '\r' || isSpace(c) ? SentencePieceTokenizer.SPACE : c);
    }
    return spaced.toString();
  }

  private static boolean isSpace(char c) {
    return Character.isSpaceChar(c) || Character.isWhitespace(c);
  }

  /** Returns true for white space and invisible characters, which normalization may remove. */
  private boolean isDropped(int i) {
    int c = raw.codePointAt(i);
    return Character.isISOControl(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  /** Returns true if the next raw character occurs soon in the normalized text. */
  private boolean occursSoon(int i, int j) {
    int end = Math.min(normalized.length(), j + MOST_COMBINED);
    String unit = Character.toString(raw.codePointAt(i));
    return normalized.substring(j, end).contains(unit);
  }
}
