package org.seq4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run's {@code metrics.jsonl} tells of its validations.
 *
 * @param validations the events, oldest first
 */
record RunHistory(List<JsonNode> validations) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FIRST = Set.of("event", "step", "epoch", "loss");
  private static final int COLUMNS = 8;

  /** Reads the file; none is a run without validations. */
  static RunHistory read(Path metrics) throws IOException {
    List<JsonNode> validations = new ArrayList<>();
    if (Files.exists(metrics)) {
      int number = 0;
      for (String line : Files.readAllLines(metrics, StandardCharsets.UTF_8)) {
        number++;
        JsonNode event = event(line, metrics, number);
        if (event.path("event").asText().equals("validation")) {
          validations.add(event);
        }
      }
    }
    return new RunHistory(validations);
  }

  private static JsonNode event(String line, Path file, int number) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new CommandException("%s, line %d: is not JSON".formatted(file, number), e);
    }
  }

  /** The last validations: step, epoch, loss, and the other figures that they have. */
  Table table(int most) {
    Set<String> others = new LinkedHashSet<>();
    validations.forEach(event -> figures(event, "").forEach(others::add));
    List<String> names = others.stream().limit(COLUMNS).toList();
    List<String> header = new ArrayList<>(List.of("step", "epoch", "loss"));
    names.forEach(name -> header.add(name.substring(name.lastIndexOf('/') + 1)));
    Table table = new Table(header.toArray(String[]::new));
    int from = Math.max(0, validations.size() - most);
    for (JsonNode event : validations.subList(from, validations.size())) {
      List<String> row = new ArrayList<>();
      row.add(Figures.count(event.path("step").asLong()));
      row.add(Figures.count(event.path("epoch").asLong()));
      row.add(Figures.decimal(event.path("loss").asDouble()));
      names.forEach(name -> row.add(figure(event.at(name))));
      table.add(row);
    }
    return table;
  }

  /** Pointers to the numbers of an event; metrics may be in an object of their own. */
  private static List<String> figures(JsonNode event, String prefix) {
    List<String> pointers = new ArrayList<>();
    event
        .properties()
        .forEach(
            field -> {
              String pointer = prefix + "/" + field.getKey();
              if (field.getValue().isObject()) {
                pointers.addAll(figures(field.getValue(), pointer));
              } else if (field.getValue().isNumber() && !FIRST.contains(field.getKey())) {
                pointers.add(pointer);
              }
            });
    return pointers;
  }

  private static String figure(JsonNode value) {
    return value.isNumber() ? Figures.decimal(value.asDouble()) : "-";
  }
}
