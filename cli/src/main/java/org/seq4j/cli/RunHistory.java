package org.seq4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run's {@code metrics.jsonl} tells.
 *
 * @param events what happened, oldest first
 */
record RunHistory(List<JsonNode> events) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> FIRST = Set.of("event", "step", "epoch", "loss");
  private static final int COLUMNS = 8;

  /**
   * Reads the file; none is a run of which nothing is known. A last line without an end is not
   * there yet: the run is writing it, or was killed as it did.
   */
  static RunHistory read(Path metrics) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    if (Files.exists(metrics)) {
      // Bytes that are no UTF-8 make a line that is no JSON, which says where they are.
      String text = new String(Files.readAllBytes(metrics), StandardCharsets.UTF_8);
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        events.add(event(lines.get(i), metrics, i + 1));
      }
    }
    return new RunHistory(events);
  }

  /** The validations, oldest first. */
  List<JsonNode> validations() {
    return events.stream()
        .filter(event -> event.path("event").asText().equals("validation"))
        .toList();
  }

  /** How far the run has come, "step 1,000 of 5,000, epoch 3"; empty before its first step. */
  Optional<String> progress() {
    long step = last("step");
    if (step == 0) {
      return Optional.empty();
    }
    long total = last("total_steps");
    String steps = Figures.count(step) + (total == 0 ? "" : " of " + Figures.count(total));
    return Optional.of("step %s, epoch %s".formatted(steps, Figures.count(last("epoch"))));
  }

  /** The number in the last event that has one under this key; 0 if none has. */
  private long last(String key) {
    return events.stream()
        .filter(event -> event.has(key))
        .reduce((first, second) -> second)
        .map(event -> event.path(key).asLong())
        .orElse(0L);
  }

  private static JsonNode event(String line, Path file, int number) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new CommandException(
          "%s, line %d: expected an event in JSON; was the file changed?".formatted(file, number),
          e);
    }
  }

  /** The last validations: step, epoch, loss, and the other figures that they have. */
  Table table(int most) {
    List<JsonNode> validations = validations();
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
