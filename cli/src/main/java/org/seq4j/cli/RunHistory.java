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
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.seq4j.core.run.RunDirectory;

/**
 * What a run's {@code metrics.jsonl} and {@code sessions.jsonl} tell.
 *
 * @param events what training did, oldest first
 * @param sessions when it did it, oldest first
 */
record RunHistory(List<JsonNode> events, List<JsonNode> sessions) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> FIRST = Set.of("event", "step", "epoch", "loss");
  private static final int COLUMNS = 8;

  /** Reads the files; none is a run of which nothing is known. */
  static RunHistory read(RunDirectory run) throws IOException {
    return new RunHistory(events(run.metrics()), events(run.sessions()));
  }

  /**
   * A last line without an end is not there yet: the run is writing it, or was killed as it did.
   */
  private static List<JsonNode> events(Path file) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    if (Files.exists(file)) {
      // Bytes that are no UTF-8 make a line that is no JSON, which says where they are.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        events.add(event(lines.get(i), file, i + 1));
      }
    }
    return events;
  }

  /** The validations, oldest first. */
  List<JsonNode> validations() {
    return events.stream()
        .filter(event -> event.path("event").asText().equals("validation"))
        .toList();
  }

  /** How far the run has come, "step 1,000 of 5,000, epoch 3"; empty before its first step. */
  Optional<String> progress() {
    Optional<JsonNode> latest =
        Stream.concat(sessions.stream(), events.stream())
            .filter(event -> event.has("step"))
            .max(Comparator.comparingLong(event -> event.path("step").asLong()));
    long step = latest.map(event -> event.path("step").asLong()).orElse(0L);
    if (step == 0) {
      return Optional.empty();
    }
    long total =
        sessions.stream()
            .filter(event -> event.has("total_steps"))
            .reduce((first, second) -> second)
            .map(event -> event.path("total_steps").asLong())
            .orElse(0L);
    String steps = Figures.count(step) + (total == 0 ? "" : " of " + Figures.count(total));
    long epoch = latest.map(event -> event.path("epoch").asLong()).orElse(0L);
    return Optional.of("step %s, epoch %s".formatted(steps, Figures.count(epoch)));
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
