package org.seq4j.trainer.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.tensorflow.TensorFlow;

/** What a run is made with and from: {@code provenance.json}. */
final class Provenance {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Provenance() {}

  /** The text of the file, as of now. */
  static String text(ExperimentConfig config, DataFiles data, ComponentRegistry registry) {
    ObjectNode root = JSON.createObjectNode();
    root.put("name", config.name());
    root.put("seed", config.seed());
    root.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode versions = root.putObject("versions");
    versions.put("seq4j", version());
    versions.put("tensorflow", TensorFlow.version());
    versions.put("java", Runtime.version().toString());
    ObjectNode machine = root.putObject("machine");
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("threads", config.training().effectiveThreads());
    ArrayNode components = root.putArray("components");
    for (ComponentRegistry.Entry<?> entry : registry.entries()) {
      components
          .addObject()
          .put("kind", entry.kind().name())
          .put("name", entry.name())
          .put("origin", entry.origin().toString());
    }
    ArrayNode files = root.putArray("data");
    data.files().forEach(file -> files.add(JSON.valueToTree(file)));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) { // a tree of texts and numbers can always be written
      throw new IllegalStateException(e);
    }
  }

  private static String version() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  /**
   * The SHA-256 that a run noted of a data file; empty if it noted none.
   *
   * @throws RunException if the file cannot be read
   */
  static Optional<String> sha256(Path provenance, String dataFile) {
    try {
      for (JsonNode file : JSON.readTree(Files.readAllBytes(provenance)).path("data")) {
        if (file.path("file").asText().equals(dataFile)) {
          return Optional.of(file.path("sha256").asText());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new RunException("cannot read " + provenance + ": " + AtomicFiles.reason(e), e);
    }
  }
}
