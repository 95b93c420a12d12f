package org.seq4j.runtime.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The tokens of a vocabulary file of another tool, in the order of their ids, with their counts if
 * the file has them.
 *
 * <ul>
 *   <li>text: one token per line; or a token, a tab or space, and a count
 *   <li>SentencePiece's {@code .vocab}: a token, a tab and a log-probability, which is no count
 *   <li>symbol tables: a token and its id, which begins at 0 and increases by 1
 *   <li>JSON: an object of tokens and ids, or a list of tokens
 *   <li>Marian's YAML: a map of tokens and ids
 * </ul>
 */
final class ForeignVocabulary {
  private static final Pattern COUNTED = Pattern.compile("(.+)[\\t ](\\d{1,18})");
  private static final Pattern SCORED =
      Pattern.compile("([^\\t]+)\\t([-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?)");
  private static final Pattern MAPPED = Pattern.compile("(\"(?:[^\"\\\\]|\\\\.)*\"|\\S+): +\\d+");

  private final Path file;
  private final Map<String, Optional<Long>> tokens = new LinkedHashMap<>();

  private ForeignVocabulary(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @return the tokens with their counts
   * @throws IOException if the file cannot be read or has another format; the message names it
   */
  static Map<String, Optional<Long>> read(Path file, List<String> lines) throws IOException {
    ForeignVocabulary vocabulary = new ForeignVocabulary(file);
    String name = file.toString().toLowerCase(Locale.ROOT);
    Optional<JsonNode> json = vocabulary.json(lines, name.endsWith(".json"));
    if (json.isPresent()) {
      vocabulary.addJson(json.get());
    } else if (name.endsWith(".yml") || name.endsWith(".yaml") || all(lines, MAPPED)) {
      vocabulary.addYaml(String.join("\n", lines));
    } else {
      vocabulary.addLines(lines);
    }
    return vocabulary.tokens;
  }

  /** Returns all lines of a file; an error is an IOException that names the file. */
  static List<String> lines(Path file) throws IOException {
    try {
      return TextValue.Lines.all(file);
    } catch (CorpusException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static boolean all(List<String> lines, Pattern pattern) {
    return lines.size() > 1 && lines.stream().allMatch(line -> pattern.matcher(line).matches());
  }

  private void addLines(List<String> lines) throws IOException {
    boolean numbers = all(lines, SCORED);
    boolean scores = numbers && !all(lines, COUNTED);
    boolean ids = all(lines, COUNTED) && isIds(lines);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher counted = COUNTED.matcher(line);
      boolean hasCount = !scores && counted.matches();
      String token =
          scores ? line.substring(0, line.indexOf('\t')) : hasCount ? counted.group(1) : line;
      String where = file + ", line " + (i + 1);
      if (token.isEmpty()) {
        throw new IOException(where + ": expected a token, got an empty line");
      }
      if (token.length() > 1 && token.indexOf('\t') >= 0) {
        throw new IOException(
            ("%s: expected a token, or a token, a tab and its count, got '%s'. Keep one column:"
                    + " cut -f1")
                .formatted(where, line));
      }
      add(where, token, hasCount && !ids ? Optional.of(Long.valueOf(counted.group(2))) : none());
    }
  }

  /** Returns true if the numbers of all lines are 0, 1, 2 and so on. */
  private static boolean isIds(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher counted = COUNTED.matcher(lines.get(i));
      if (!counted.matches() || Long.parseLong(counted.group(2)) != i) {
        return false;
      }
    }
    return lines.size() > 2;
  }

  private static Optional<Long> none() {
    return Optional.empty();
  }

  private void add(String where, String token, Optional<Long> count) throws IOException {
    if (tokens.putIfAbsent(token, count) != null) {
      throw new IOException("%s: duplicate token '%s'".formatted(where, token));
    }
  }

  /**
   * Parses JSON.
   *
   * @param named true if the file's name says that it is JSON
   */
  private Optional<JsonNode> json(List<String> lines, boolean named) throws IOException {
    String text = String.join("\n", lines);
    boolean maybe = text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
    if (!named && !maybe) {
      return Optional.empty();
    }
    try {
      ObjectMapper mapper =
          new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      try (JsonParser parser = mapper.createParser(text)) {
        JsonNode root = mapper.readTree(parser);
        boolean whole = parser.nextToken() == null;
        if (whole && root != null && root.isContainerNode()) {
          return Optional.of(root);
        }
      }
      if (named) {
        throw new IOException(file + ": expected a JSON object of tokens and their ids");
      }
    } catch (JsonProcessingException e) {
      if (named) {
        String problem = e.getOriginalMessage().lines().findFirst().orElse("");
        throw new IOException(
            file + ", line " + e.getLocation().getLineNr() + ": not valid JSON: " + problem, e);
      }
    }
    return Optional.empty();
  }

  private void addJson(JsonNode root) throws IOException {
    if (root.has("model") && root.path("model").has("vocab")) {
      throw new IOException(
          file
              + " is a tokenizer.json, not a vocabulary. Name it under tokenizer: {type: huggingface,"
              + " file: ...}; without vocabulary.file, its tokens in the training text are the"
              + " vocabulary");
    }
    if (root.isArray()) {
      for (int i = 0; i < root.size(); i++) {
        JsonNode item = root.get(i).isArray() ? root.get(i).path(0) : root.get(i);
        if (!item.isTextual() || item.asText().isEmpty()) {
          throw new IOException(
              file + ": expected a list of tokens, item " + (i + 1) + " is " + root.get(i));
        }
        add(file + ", item " + (i + 1), item.asText(), none());
      }
      return;
    }
    Map<String, String> ids = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      ids.put(entry.getKey(), entry.getValue().toString());
    }
    addByIds(ids);
  }

  private void addYaml(String text) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    options.setTagInspector(tag -> true); // only nodes are read, no objects created
    try {
      if (new Yaml(options).compose(new StringReader(text)) instanceof MappingNode map) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (NodeTuple entry : map.getValue()) {
          String token = scalar(entry.getKeyNode());
          if (ids.putIfAbsent(token, scalar(entry.getValueNode())) != null) {
            throw new IOException("%s: duplicate token '%s'".formatted(file, token));
          }
        }
        addByIds(ids);
        return;
      }
    } catch (YAMLException e) {
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new IOException(file + ": not valid YAML: " + problem, e);
    }
    throw new IOException(file + ": expected a map of tokens and their ids");
  }

  private String scalar(Node node) throws IOException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new IOException(
        file + ", line " + (node.getStartMark().getLine() + 1) + ": expected a token and its id");
  }

  private void addByIds(Map<String, String> ids) throws IOException {
    Map<Long, String> byId = new TreeMap<>();
    for (Map.Entry<String, String> entry : ids.entrySet()) {
      if (!entry.getValue().matches("\\d{1,18}") || entry.getKey().isEmpty()) {
        throw new IOException(
            "%s: expected tokens and their ids, the token '%s' has %s"
                .formatted(file, entry.getKey(), entry.getValue()));
      }
      String other = byId.putIfAbsent(Long.valueOf(entry.getValue()), entry.getKey());
      if (other != null) {
        throw new IOException(
            "%s: expected tokens and their ids, but '%s' and '%s' have the same id %s"
                .formatted(file, other, entry.getKey(), entry.getValue()));
      }
    }
    for (String token : byId.values()) {
      tokens.put(token, none());
    }
  }
}
