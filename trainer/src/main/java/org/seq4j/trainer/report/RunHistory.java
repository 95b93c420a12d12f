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
import java.util.Locale;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;

/**
 * The events in a run's {@code metrics.jsonl} and {@code sessions.jsonl}.
 *
 * @param events the events of training, oldest first
 * @param sessions the events of sessions, oldest first
 */
public record RunHistory(List<JsonNode> events, List<JsonNode> sessions) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Copies the lists. */
  public RunHistory {
    events = List.copyOf(events);
    sessions = List.copyOf(sessions);
  }

  /**
   * Reads the logs; a missing file has no events.
   *
   * @throws RunException if a file cannot be read, or a line is not an event
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
   * Reads the complete lines. A last line without a newline is incomplete: the run is writing it,
   * or was killed while writing.
   */
  private static List<JsonNode> events(Path file) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    if (Files.exists(file)) {
      // Malformed UTF-8 gives a line that is not JSON, and the error includes its number.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        events.add(event(lines.get(i), file, i + 1));
      }
    }
    return events;
  }

  /** Returns the validations, oldest first. */
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
          String.format(
              Locale.ROOT,
              "%s, line %d: expected a JSON event; the file may have been edited",
              file,
              number),
          e);
    }
  }
}
