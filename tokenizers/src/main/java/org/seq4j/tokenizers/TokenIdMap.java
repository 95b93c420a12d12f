package org.seq4j.tokenizers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tokens of a {@code tokenizer.json} and their ids, which DJL's binding does not give. An added
 * token that is not in the model's vocabulary gets the next free id, in the order of the file, as
 * in Hugging Face's library; the id in the file is for readers only.
 */
final class TokenIdMap {
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, String> tokens = new HashMap<>();

  private TokenIdMap() {}

  /**
   * Reads the tokens.
   *
   * @param file name of the file, for messages
   * @throws IllegalArgumentException if this is no JSON
   */
  static TokenIdMap of(Path file, String json) {
    try {
      JsonNode root = new ObjectMapper().readTree(json);
      TokenIdMap map = new TokenIdMap();
      JsonNode vocabulary = root.path("model").path("vocab");
      vocabulary.properties().forEach(it -> map.put(it.getKey(), it.getValue().asLong()));
      for (int i = 0; vocabulary.isArray() && i < vocabulary.size(); i++) { // of a unigram model
        map.put(vocabulary.get(i).path(0).asText(), i);
      }
      map.add(root.path("added_tokens"), vocabulary.size());
      return map;
    } catch (JsonProcessingException e) { // unlikely: the library has just parsed it
      throw new IllegalArgumentException(
          "%s is not a usable tokenizer.json: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  private void put(String token, long id) {
    ids.putIfAbsent(token, id);
    tokens.putIfAbsent(id, token);
  }

  private void add(JsonNode added, long modelSize) {
    long next = modelSize;
    for (JsonNode item : added) {
      String token = item.path("content").asText();
      if (token.isEmpty()) {
        continue;
      }
      long id = ids.containsKey(token) ? ids.get(token) : next;
      ids.put(token, id);
      tokens.put(id, token);
      next = Math.max(next, id + 1);
    }
  }

  /** Returns the id of a token, if it is in the file. */
  Optional<Long> id(String token) {
    return Optional.ofNullable(ids.get(token));
  }

  /** Returns the token of an id, if it is in the file. */
  Optional<String> token(long id) {
    return Optional.ofNullable(tokens.get(id));
  }
}
