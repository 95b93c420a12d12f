package org.seq4j.runtime.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses JSON into nodes. */
final class JsonSource {
  private final JsonParser parser;
  private final SourceFile source;
  private final List<ConfigProblem> problems;

  private JsonSource(JsonParser parser, SourceFile source, List<ConfigProblem> problems) {
    this.parser = parser;
    this.source = source;
    this.problems = problems;
  }

  /**
   * Parses a file; returns empty for an empty file.
   *
   * @param from the file, for locations
   */
  static Optional<Node> file(String text, SourceFile from, List<ConfigProblem> problems)
      throws SourceException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      return new JsonSource(parser, from, problems).root();
    } catch (JsonProcessingException e) {
      throw new SourceException(place(e.getLocation(), from), "not valid JSON: " + reason(e));
    } catch (IOException e) { // reading a string throws none
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Node> root() throws IOException, SourceException {
    try {
      if (parser.nextToken() == null) {
        return Optional.empty();
      }
      Node root = value("", place());
      if (parser.nextToken() != null) {
        throw new SourceException(place(), "not valid JSON: there is more text after the end");
      }
      return Optional.of(root);
    } catch (StreamConstraintsException e) { // nested too deep, or too long; it knows no place
      throw new SourceException(
          place(parser.currentLocation(), source), "not valid JSON: " + reason(e));
    }
  }

  /** Jackson's message without its description of the source, which is a string here. */
  private static String reason(JsonProcessingException e) {
    String firstLine = e.getOriginalMessage().lines().findFirst().orElse("");
    return firstLine.replaceFirst(" \\(start marker at \\[Source.*", "");
  }

  private SourceLocation place() {
    return place(parser.currentTokenLocation(), source);
  }

  private static SourceLocation place(JsonLocation location, SourceFile source) {
    return SourceLocation.at(location.getLineNr(), location.getColumnNr()).in(source);
  }

  private Node value(String path, SourceLocation begins) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return entries(path, begins);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(value(KeyPath.item(path, items.size()), place()));
      }
      return new Node.Items(items, begins);
    }
    boolean quoted = token == JsonToken.VALUE_STRING;
    return new Node.Scalar(parser.getText(), quoted, begins);
  }

  private Node entries(String path, SourceLocation begins) throws IOException {
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      SourceLocation keyPlace = place();
      String below = KeyPath.child(path, key);
      parser.nextToken();
      Node.Entry entry = new Node.Entry(keyPlace, value(below, place()));
      Node.Entry first = entries.putIfAbsent(key, entry);
      if (first != null) {
        problems.add(KeyPath.twice(below, keyPlace, first));
      }
    }
    return new Node.Entries(entries, Optional.empty(), begins);
  }
}
