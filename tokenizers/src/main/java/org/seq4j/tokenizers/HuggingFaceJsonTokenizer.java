package org.seq4j.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Tokenizes with a {@code tokenizer.json} of Hugging Face's tokenizers library, through DJL's
 * binding. Special tokens are not added: a model of Seq4j has its own. Tokens are those of the ids,
 * as the library's {@code convert_ids_to_tokens} gives them.
 *
 * <p>The file decides whether detokenization is exact.
 */
public final class HuggingFaceJsonTokenizer implements Tokenizer {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static {
    // Stops DJL from sending usage data.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /** The configuration of the tokenizer {@code huggingface}. */
  public record Config(@Key(doc = "The tokenizer.json.", example = "tokenizer.json") Path file) {}

  private final HuggingFaceTokenizer library;
  private final TokenIdMap ids;

  /** Creates the tokenizer from its configuration. */
  public HuggingFaceJsonTokenizer(Config config) {
    String json = String.join("\n", TextFiles.lines(config.file(), "a tokenizer.json"));
    this.library = open(config.file(), json);
    this.ids = TokenIdMap.of(config.file(), json);
    // A tokenizer is never closed: it is freed when it is garbage-collected.
    CLEANER.register(this, library::close);
  }

  /**
   * Creates the library's tokenizer from the text of the file: given its path, the binding would
   * also read a {@code tokenizer_config.json} beside it, of which a run has no copy.
   */
  private static HuggingFaceTokenizer open(Path file, String json) {
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(json.getBytes(UTF_8)), OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "%s is not a usable tokenizer.json: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public List<Token> tokenize(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    Encoding encoding = library.encode(wellFormed(text), false, false);
    String[] texts = tokens(encoding);
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] units = unitsOfCodePoints(text);
    List<Token> tokens = new ArrayList<>(texts.length);
    int end = 0;
    for (int i = 0; i < texts.length; i++) {
      if (!texts[i].isEmpty()) {
        int start = spans[i] == null ? end : Math.max(end, units[spans[i].getStart()]);
        end = spans[i] == null ? end : Math.max(start, units[spans[i].getEnd()]);
        tokens.add(new Token(texts[i], start, end));
      }
    }
    return tokens;
  }

  /**
   * Returns the tokens that belong to the ids. The library's own ones may be the text instead, such
   * as the spaces that an added token with {@code lstrip} has taken, or an unknown character.
   */
  private String[] tokens(Encoding encoding) {
    long[] all = encoding.getIds();
    String[] texts = encoding.getTokens();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = ids.token(all[i]).orElse(texts[i]);
    }
    return texts;
  }

  /** Replaces unpaired surrogates, because the library needs valid UTF-8. */
  private static String wellFormed(String text) {
    StringBuilder well = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> well.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xFFFD : c));
    return well.toString();
  }

  private static int[] unitsOfCodePoints(String text) {
    int[] units = new int[text.codePointCount(0, text.length()) + 1];
    int unit = 0;
    for (int i = 0; i < units.length; i++) {
      units[i] = unit;
      unit += unit < text.length() ? Character.charCount(text.codePointAt(unit)) : 0;
    }
    return units;
  }

  /** Detokenizes; tokens that are not in the file, such as those of Seq4j, stay as they are. */
  @Override
  public String detokenize(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    List<Long> known = new ArrayList<>();
    for (String token : tokens) {
      Optional<Long> id = ids.id(token);
      if (id.isPresent()) {
        known.add(id.get());
      } else {
        flush(known, text);
        append(token, text);
      }
    }
    flush(known, text);
    return text.toString();
  }

  private void flush(List<Long> known, StringBuilder text) {
    if (!known.isEmpty()) {
      append(library.decode(known.stream().mapToLong(Long::longValue).toArray(), false), text);
      known.clear();
    }
  }

  /** Appends a part, after a space unless there is one. */
  private static void append(String part, StringBuilder text) {
    if (!text.isEmpty()
        && !part.isEmpty()
        && !Character.isWhitespace(part.charAt(0))
        && !Character.isWhitespace(text.charAt(text.length() - 1))) {
      text.append(' ');
    }
    text.append(part);
  }
}
