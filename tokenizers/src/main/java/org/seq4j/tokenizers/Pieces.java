package org.seq4j.tokenizers;

import java.lang.Character.UnicodeScript;

/** Which texts can be pieces, as SentencePiece has it. */
final class Pieces {
  private Pieces() {}

  /**
   * Whether a text can be a piece: not too long, the sign for a space only at its beginning, and
   * letters of one script; digits and punctuation are a script of their own.
   */
  static boolean isAllowed(String text, int longest) {
    if (text.codePointCount(0, text.length()) > longest) {
      return false;
    }
    UnicodeScript before = null;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c == SentencePieceTokenizer.SPACE) {
        if (i > 0) {
          return false;
        }
        continue;
      }
      UnicodeScript script = script(c);
      if (before != null && script != UnicodeScript.INHERITED && script != before) {
        return false;
      }
      before = script == UnicodeScript.INHERITED ? before : script;
    }
    return true;
  }

  private static UnicodeScript script(int c) {
    UnicodeScript script = UnicodeScript.of(c);
    boolean japanese =
        script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA || c == 0x30FC;
    return japanese ? UnicodeScript.HAN : script; // which are written together
  }
}
