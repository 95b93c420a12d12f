package org.seq4j.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Damages files as people, editors, disks and other programs do. What it does follows from its seed
 * alone.
 */
final class Mutator {
  /**
   * Characters and texts that YAML, JSON, numbers, paths or line readers treat in their own way.
   */
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\n\n",
          ":",
          ": ",
          "- ",
          "-",
          "{",
          "}",
          "[",
          "]",
          ",",
          "\"",
          "'",
          "#",
          " #",
          "&a ",
          "*a",
          "!",
          "!!binary ",
          "|",
          ">",
          "%",
          "@",
          "`",
          "?",
          "\\",
          "/",
          "..",
          "~",
          "null",
          "true",
          "no",
          "0",
          "-1",
          "1",
          "0.5",
          "-0",
          "1e3",
          "1e308",
          "1e999",
          "2147483648",
          "9223372036854775808",
          "123456789012345678901234567890",
          "NaN",
          ".nan",
          ".inf",
          "0x1F",
          "0o17",
          "1_000",
          "12:30:45",
          "2001-12-14",
          "[]",
          "{}",
          "[[]]",
          "{a: 1}",
          "${HOME}",
          "${NOT_SET_ANYWHERE}",
          "${",
          "$",
          "\u00e4",
          "\u0661",
          "\ufeff",
          "\u2028",
          "\u200b",
          "\u0000",
          "\u001b[31m",
          "\ud83d\ude00",
          "<<: *a",
          "---",
          "...",
          "<unk>",
          "</s>",
          "\u2581",
          "@@",
          "x".repeat(2000),
          "[".repeat(200),
          "{a: ".repeat(200));

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_.+-]+");

  private final Random random;
  private final List<String> words;

  /**
   * Creates a mutator.
   *
   * @param words words of files of the same kind, which take the place of others
   */
  Mutator(long seed, List<String> words) {
    this.random = new Random(seed);
    this.words = words;
  }

  /** Returns the distinct words of some texts. */
  static List<String> words(List<String> texts) {
    return texts.stream()
        .flatMap(text -> WORD.matcher(text).results().map(MatchResult::group))
        .distinct()
        .toList();
  }

  /**
   * Returns a damaged copy of a text file: one to three mutations, and at times another encoding.
   */
  byte[] text(String original) {
    String text = original;
    for (int i = random.nextInt(6) / 2; i >= 0; i--) {
      text = mutated(text);
    }
    return switch (random.nextInt(20)) {
      case 0 -> bytes(text.getBytes(StandardCharsets.UTF_8));
      case 1 -> text.getBytes(encoding());
      case 2 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
      default -> text.getBytes(StandardCharsets.UTF_8);
    };
  }

  /** Returns a damaged copy of any file. */
  byte[] bytes(byte[] original) {
    if (original.length == 0) {
      return new byte[] {(byte) random.nextInt(256)};
    }
    int at = random.nextInt(original.length);
    int length = Math.min(original.length - at, 1 << random.nextInt(8));
    byte[] copy = original.clone();
    switch (random.nextInt(7)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt(256);
      case 2 -> {
        for (int i = at; i < at + length; i++) {
          copy[i] = (byte) random.nextInt(256);
        }
      }
      case 3 ->
          java.util.Arrays.fill(copy, at, at + length, (byte) (random.nextBoolean() ? 0 : 0xff));
      case 4 -> {
        return java.util.Arrays.copyOf(original, at); // the file is cut
      }
      case 5 -> {
        return joined(original, 0, at, original, at + length, original.length);
      }
      default -> {
        return joined(original, 0, at + length, original, at, original.length);
      }
    }
    return copy;
  }

  private String mutated(String text) {
    return switch (random.nextInt(10)) {
      case 0 -> lines(text);
      case 1, 2 -> word(text, pick(PIECES));
      case 3, 4 -> words.isEmpty() ? text : word(text, pick(words));
      case 5 -> word(text, misspelled(text));
      case 6 -> insert(text, pick(PIECES));
      case 7 -> cut(text);
      case 8 -> indented(text);
      default -> value(text);
    };
  }

  private String pick(List<String> some) {
    return some.get(random.nextInt(some.size()));
  }

  private int position(String text) {
    return random.nextInt(text.length() + 1);
  }

  private String insert(String text, String piece) {
    int at = position(text);
    return text.substring(0, at) + piece + text.substring(at);
  }

  private String cut(String text) {
    int at = position(text);
    int end = Math.min(text.length(), at + 1 + random.nextInt(20));
    return random.nextInt(10) == 0
        ? text.substring(0, at)
        : text.substring(0, at) + text.substring(end);
  }

  /** Another word in the place of one. */
  private String word(String text, String other) {
    List<MatchResult> all = WORD.matcher(text).results().toList();
    if (all.isEmpty()) {
      return insert(text, other);
    }
    MatchResult one = all.get(random.nextInt(all.size()));
    return text.substring(0, one.start()) + other + text.substring(one.end());
  }

  private String misspelled(String text) {
    List<MatchResult> all = WORD.matcher(text).results().toList();
    if (all.isEmpty()) {
      return "x";
    }
    String word = all.get(random.nextInt(all.size())).group();
    int at = random.nextInt(word.length());
    return switch (random.nextInt(4)) {
      case 0 -> word.substring(0, at) + word.substring(at + 1);
      case 1 -> word.substring(0, at) + word.charAt(at) + word.substring(at);
      case 2 -> word.toUpperCase(Locale.ROOT);
      default -> "-" + word;
    };
  }

  /** Another value after a key, up to the end of the line. */
  private String value(String text) {
    List<MatchResult> keys = Pattern.compile(":[^:\n]*(?=\n)").matcher(text).results().toList();
    if (keys.isEmpty()) {
      return word(text, pick(PIECES));
    }
    MatchResult one = keys.get(random.nextInt(keys.size()));
    return text.substring(0, one.start()) + ": " + pick(PIECES) + text.substring(one.end());
  }

  /** A line twice, without, elsewhere, or exchanged with another. */
  private String lines(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return text;
    }
    int from = random.nextInt(lines.size());
    int to = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(from);
      case 1 -> lines.add(to, lines.get(from));
      case 2 -> lines.add(to, lines.remove(from));
      default -> java.util.Collections.swap(lines, from, to);
    }
    return String.join("\n", lines) + "\n";
  }

  private String indented(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    if (lines.isEmpty()) {
      return text;
    }
    int at = random.nextInt(lines.size());
    String line = lines.get(at);
    lines.set(at, random.nextBoolean() ? "  " + line : line.stripLeading());
    return String.join("\n", lines) + "\n";
  }

  private Charset encoding() {
    List<Charset> all =
        List.of(
            StandardCharsets.UTF_16,
            StandardCharsets.UTF_16LE,
            StandardCharsets.ISO_8859_1,
            Charset.forName("UTF-32"),
            Charset.forName("windows-1251"),
            Charset.forName("Shift_JIS"));
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] joined(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(a, aFrom, aTo - aFrom);
    bytes.write(b, bFrom, Math.max(0, bTo - bFrom));
    return bytes.toByteArray();
  }
}
