package org.seq4j.tokenizers;

import java.lang.Character.UnicodeScript;

/** The rule for allowed pieces, as in SentencePiece. */
final class Pieces {
  private Pieces() {}

  /**
   * Returns true if a string is allowed as a piece: it is not too long, has the space symbol only
   * at its beginning, and letters of one script only. Digits and punctuation count as a script.
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
    return japanese ? UnicodeScript.HAN : script; // Japanese mixes these scripts
  }
}
