package org.seq4j.tokenizers;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Tokenizes with a {@code tokenizer.json} of Hugging Face's tokenizers library, through DJL's
 * binding. Special tokens are not added: a model of Seq4j has its own.
 *
 * <p>The file decides whether detokenization is exact; tokens that it does not contain are omitted.
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
  private final Map<String, Long> ids;

  /** Creates the tokenizer from its configuration. */
  public HuggingFaceJsonTokenizer(Config config) {
    this.library = open(config.file());
    this.ids = ids(config.file());
    // A tokenizer is never closed: it is freed when it is garbage-collected.
    CLEANER.register(this, library::close);
  }

  private static HuggingFaceTokenizer open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(TextFiles.missing(file, "a tokenizer.json"));
    }
    try {
      return HuggingFaceTokenizer.newInstance(file, OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "%s is not a usable tokenizer.json: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Reads the ids of tokens, which the library needs for joining. */
  private static Map<String, Long> ids(Path file) {
    Map<String, Long> ids = new HashMap<>();
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
      JsonNode vocabulary = json.path("model").path("vocab");
      vocabulary.properties().forEach(it -> ids.put(it.getKey(), it.getValue().asLong()));
      for (int i = 0; vocabulary.isArray() && i < vocabulary.size(); i++) { // of a unigram model
        ids.put(vocabulary.get(i).get(0).asText(), (long) i);
      }
      for (JsonNode added : json.path("added_tokens")) {
        ids.put(added.path("content").asText(), added.path("id").asLong());
      }
      return ids;
    } catch (IOException e) { // unlikely: the library has just read the file
      throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public List<Token> tokenize(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    Encoding encoding = library.encode(wellFormed(text), false, false);
    String[] texts = encoding.getTokens();
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

  @Override
  public String detokenize(List<String> tokens) {
    long[] known =
        tokens.stream().filter(ids::containsKey).mapToLong(token -> ids.get(token)).toArray();
    return known.length == 0 ? "" : library.decode(known, false);
  }
}
