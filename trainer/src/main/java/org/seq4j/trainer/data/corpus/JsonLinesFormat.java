package org.seq4j.trainer.data.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;

/** The format of files with one JSON object per line. */
public final class JsonLinesFormat implements CorpusFormat {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public List<String> extensions() {
    return Stream.of(".jsonl", ".ndjson").map(Compression::endings).flatMap(List::stream).toList();
  }

  @Override
  public void check(CorpusFiles files) {
    if (files.file().isEmpty()) {
      throw new IllegalArgumentException("file: expected a file of JSON objects, got none");
    }
    if (files.source().isEmpty()) {
      throw new IllegalArgumentException("source: expected a key, got none");
    }
    if (files.target().isEmpty()) {
      throw new IllegalArgumentException("target: expected a key, got none");
    }
  }

  @Override
  public ExampleReader open(CorpusFiles files) {
    return LineReader.open(
        files.file().orElseThrow(), (line, place) -> example(files, line, place));
  }

  private static Example example(CorpusFiles files, String line, Supplier<String> place) {
    JsonNode object = parse(line, place);
    String source =
        files.source().stream()
            .map(key -> texts(object, key, place).get(0))
            .collect(Collectors.joining(files.separator()));
    List<String> targets = texts(object, files.target().orElseThrow(), place);
    return new Example(
        source,
        files.alternatives() ? targets : targets.subList(0, 1),
        files
            .alignment()
            .map(key -> LineReader.alignment(texts(object, key, place).get(0), place)));
  }

  private static JsonNode parse(String line, Supplier<String> place) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
      throw new BadExampleException(
          place.get(), "expected a JSON object, got '" + shortened(line) + "'");
    } catch (JsonProcessingException e) {
      long column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new BadExampleException(
          place.get(),
          String.format(
              Locale.ROOT, "column %d: expected a JSON object, got '%s'", column, shortened(line)));
    }
  }

  private static String shortened(String line) {
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }

  /** Returns the text of a string, or all texts of a list. */
  private static List<String> texts(JsonNode object, String key, Supplier<String> place) {
    JsonNode value = object.path(key);
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      if (item.isTextual()) {
        texts.add(item.asText().replace('\n', ' '));
      }
    }
    if (texts.isEmpty() || texts.size() < (value.isArray() ? value.size() : 1)) {
      throw new BadExampleException(
          place.get(),
          "expected a string, or a list of strings, under the key '%s', got %s"
              .formatted(key, value.isMissingNode() ? "none" : value.toString()));
    }
    return texts;
  }
}
