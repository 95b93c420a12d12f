package org.seq4j.trainer.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;

/**
 * What a run's {@code metrics.jsonl} and {@code sessions.jsonl} tell.
 *
 * @param events what training did, oldest first
 * @param sessions when it did it, oldest first
 */
public record RunHistory(List<JsonNode> events, List<JsonNode> sessions) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Makes the lists unchangeable. */
  public RunHistory {
    events = List.copyOf(events);
    sessions = List.copyOf(sessions);
  }

  /**
   * Reads the files; none is a run of which nothing is known.
   *
   * @throws RunException if one cannot be read, or a line is no event
   */
  public static RunHistory read(RunDirectory run) {
    try {
      return new RunHistory(events(run.metrics()), events(run.sessions()));
    } catch (IOException e) {
      throw new RunException(
          "cannot read the logs of " + run.path() + ": " + AtomicFiles.reason(e), e);
    }
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
  public List<JsonNode> validations() {
    return events.stream()
        .filter(event -> event.path("event").asText().equals("validation"))
        .toList();
  }

  private static JsonNode event(String line, Path file, int number) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new RunException(
          "%s, line %d: expected an event in JSON; was the file changed?".formatted(file, number),
          e);
    }
  }
}
