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
 * Cuts text as a {@code tokenizer.json} of Hugging Face's tokenizers says, with the library itself,
 * through DJL's binding. Special tokens are not added: a model here has its own.
 *
 * <p>Whether the way back is exact depends on the file; tokens that it does not know are left out
 * on it.
 */
public final class HuggingFaceJsonTokenizer implements Tokenizer {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static {
    // DJL would tell its makers that it is used.
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  /** The keys. */
  public record Config(@Key(doc = "The tokenizer.json.", example = "tokenizer.json") Path file) {}

  private final HuggingFaceTokenizer library;
  private final Map<String, Long> ids;

  /** Takes its keys. */
  public HuggingFaceJsonTokenizer(Config config) {
    this.library = open(config.file());
    this.ids = ids(config.file());
    // There is no point at which a tokenizer is no longer used but the collection of it.
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
          "%s is not a tokenizer.json that can be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The ids of tokens, by which the library joins them. */
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
    } catch (IOException e) { // the library has read it just now
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

  /** The library takes UTF-8, which has no place for a surrogate without its other half. */
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
