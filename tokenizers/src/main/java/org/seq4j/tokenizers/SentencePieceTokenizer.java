package org.seq4j.tokenizers;

import ai.djl.sentencepiece.SpTokenizer;
import java.io.ByteArrayOutputStream;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Splits text into the pieces of a SentencePiece model, unigram or BPE (Kudo and Richardson 2018),
 * with the SentencePiece library, through DJL's binding. A piece at the beginning of a word starts
 * with U+2581.
 *
 * <p>The model also normalizes text, usually to NFKC; detokenization does not undo this. With
 * another normalization, offsets in the raw text are a guess. A line of more than 20,000 characters
 * is split before it is tokenized, at spaces if possible.
 */
public final class SentencePieceTokenizer implements Tokenizer {
  /** The space symbol in pieces. */
  static final char SPACE = '\u2581';

  /**
   * Maximum length in characters that the library gets: its time is quadratic in the length of
   * unknown text.
   */
  private static final int LONGEST_PART = 20_000;

  private static final Cleaner CLEANER = Cleaner.create();
  private static final Pattern BYTE = Pattern.compile("<0x(\\p{XDigit}{2})>");

  /** The configuration of the tokenizer {@code sentencepiece}. */
  public record Config(
      @Key(
              doc =
                  "The model file, written by seq4j tokenizer train sentencepiece or by"
                      + " SentencePiece's spm_train.",
              example = "sentencepiece.model")
          Path model) {}

  private final SpTokenizer library;

  /** Creates the tokenizer from its configuration. */
  public SentencePieceTokenizer(Config config) {
    this.library = open(config.model());
    // A tokenizer is never closed: it is freed when it is garbage-collected.
    CLEANER.register(this, library::close);
  }

  private static SpTokenizer open(Path file) {
    byte[] bytes = TextFiles.bytes(file, "a SentencePiece model");
    try {
      return new SpTokenizer(bytes);
    } catch (RuntimeException e) { // thrown by the library
      throw new IllegalArgumentException(
          "%s is not a SentencePiece model: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = endOfPart(text, start);
      String part = text.substring(start, end);
      List<String> pieces = Arrays.asList(library.getProcessor().tokenize(part));
      for (Token token : new PieceAlignment(part, pieces).tokens()) {
        tokens.add(new Token(token.text(), start + token.start(), start + token.end()));
      }
      start = end;
    }
    return tokens;
  }

  /**
   * Returns the last space within the maximum length, or else a boundary between two characters.
   */
  private static int endOfPart(String text, int start) {
    if (text.length() - start <= LONGEST_PART) {
      return text.length();
    }
    int most = start + LONGEST_PART;
    int space = text.lastIndexOf(' ', most);
    if (space > start) {
      return space;
    }
    return Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most)) ? most - 1 : most;
  }

  /** Joins pieces without the library, because the binding loses supplementary characters. */
  @Override
  public String detokenize(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    List<Integer> bytes = new ArrayList<>();
    for (String piece : tokens) {
      Matcher matcher = BYTE.matcher(piece);
      if (matcher.matches()) {
        bytes.add(Integer.parseInt(matcher.group(1), 16));
        continue;
      }
      flush(bytes, text);
      text.append(piece.replace(SPACE, ' '));
    }
    flush(bytes, text);
    boolean begins = !text.isEmpty() && text.charAt(0) == ' ';
    return begins ? text.substring(1) : text.toString();
  }

  private static void flush(List<Integer> bytes, StringBuilder text) {
    if (!bytes.isEmpty()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      bytes.forEach(out::write);
      text.append(out.toString(StandardCharsets.UTF_8));
      bytes.clear();
    }
  }
}
