package org.seq4j.runtime.text;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a {@link CountedVocabulary}; {@link CountedVocabulary#write} describes it. */
final class VocabularyFile {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([tnr\\\\])|u(\\p{XDigit}{4}))?");

  private final Path file;
  private final List<String> specials;
  private final Map<String, Integer> lineOf = new LinkedHashMap<>(); // of the ordinary tokens
  private final List<Long> counts = new ArrayList<>();
  private int line;

  private VocabularyFile(Path file, List<String> specials) {
    this.file = file;
    this.specials = specials;
  }

  static void write(CountedVocabulary vocabulary, Writer writer) throws IOException {
    for (int id = 0; id < vocabulary.size(); id++) {
      writer.write(escape(vocabulary.token(id)));
      writer.write('\t');
      writer.write(Long.toString(vocabulary.count(id)));
      writer.write('\n');
    }
  }

  static CountedVocabulary read(Path file, List<String> specials) throws IOException {
    return new VocabularyFile(file, specials).parse(ForeignVocabulary.lines(file));
  }

  private CountedVocabulary parse(List<String> lines) throws IOException {
    for (String text : lines) {
      line++;
      parseLine(text);
    }
    if (line <= specials.size()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s: not a vocabulary: expected the special tokens %s and at least one other"
                  + " token, but the file has %d lines",
              file,
              String.join(" ", specials),
              line));
    }
    return new CountedVocabulary(
        specials,
        List.copyOf(lineOf.keySet()),
        counts.stream().mapToLong(Long::longValue).toArray());
  }

  private void parseLine(String text) throws IOException {
    int tab = text.indexOf('\t');
    if (tab < 0) {
      throw problem("expected a token, a tab and a count, got '" + text + "'");
    }
    String token = unescape(text.substring(0, tab));
    counts.add(count(text.substring(tab + 1)));
    if (line <= specials.size()) {
      String special = specials.get(line - 1);
      if (!token.equals(special)) {
        throw problem("expected the special token " + special + ", got '" + token + "'");
      }
      return;
    }
    if (token.isEmpty()) {
      throw problem("the token is empty");
    }
    Integer earlier = lineOf.putIfAbsent(token, line);
    if (earlier != null) {
      throw problem("duplicate token '" + token + "', first in line " + earlier);
    }
  }

  private long count(String text) throws IOException {
    try {
      long count = Long.parseLong(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      // reported below, like a negative count
    }
    throw problem("expected a count after the tab, got '" + text + "'");
  }

  private static String escape(String token) {
    StringBuilder escaped = new StringBuilder(token.length());
    token.codePoints().forEach(c -> escape(c, escaped));
    return escaped.toString();
  }

  private static void escape(int codePoint, StringBuilder to) {
    switch (codePoint) {
      case '\t' -> to.append("\\t");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\\' -> to.append("\\\\");
      default -> {
        if (Character.getType(codePoint) == Character.SURROGATE) {
          to.append(String.format(Locale.ROOT, "\\u%04X", codePoint));
        } else {
          to.appendCodePoint(codePoint);
        }
      }
    }
  }

  private String unescape(String escaped) throws IOException {
    StringBuilder token = new StringBuilder(escaped.length());
    Matcher matcher = ESCAPE.matcher(escaped);
    while (matcher.find()) {
      matcher.appendReplacement(token, "");
      if (matcher.group(1) != null) {
        token.append("\t\n\r\\".charAt("tnr\\".indexOf(matcher.group(1))));
      } else if (matcher.group(2) != null) {
        token.append((char) Integer.parseInt(matcher.group(2), 16));
      } else {
        throw problem(
            ("a backslash must be followed by t, n, r, another backslash, or u and four hexadecimal"
                    + " digits: '%s'")
                .formatted(escaped));
      }
    }
    return matcher.appendTail(token).toString();
  }

  private IOException problem(String what) {
    return new IOException(String.format(Locale.ROOT, "%s, line %d: %s", file, line, what));
  }
}
