package org.seq4j.core.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.config.ConfigReader;
import org.seq4j.core.plugin.ComponentRegistry;

/**
 * The folder of a run: where its files are. Using the model needs nothing outside of it.
 *
 * @param path the folder
 */
public record RunDirectory(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The configuration with every default filled in. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** The source's symbols, a line each. */
  public Path sourceVocabulary() {
    return path.resolve("source.vocabulary");
  }

  /** The target's symbols, a line each. */
  public Path targetVocabulary() {
    return path.resolve("target.vocabulary");
  }

  /** Where the files are that the tokenizers were made from; there only if there are any. */
  public Path tokenizers() {
    return path.resolve("tokenizers");
  }

  /** The model as it was when training stopped, with all that going on takes. */
  public Path lastCheckpoint() {
    return path.resolve("checkpoints").resolve("last.safetensors");
  }

  /** The model as it was when it did best on the validation data. */
  public Path bestCheckpoint() {
    return path.resolve("checkpoints").resolve("best.safetensors");
  }

  /** What happened, an event a line. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** What the run was made with and from. */
  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /**
   * Reads the run's configuration; if a component is missing, it can say where it came from.
   *
   * @throws RunException if what the run was made from cannot be read
   */
  public ConfigReader configReader(ComponentRegistry registry) {
    List<ComponentRegistry.Remembered> remembered = new ArrayList<>();
    if (Files.exists(provenance())) {
      try {
        for (JsonNode component :
            JSON.readTree(Files.readAllBytes(provenance())).path("components")) {
          remembered.add(
              new ComponentRegistry.Remembered(
                  component.path("kind").asText(),
                  component.path("name").asText(),
                  component.path("origin").asText()));
        }
      } catch (IOException e) {
        throw new RunException("cannot read " + provenance() + ": " + AtomicFiles.reason(e), e);
      }
    }
    return new ConfigReader(registry.remembering(remembered));
  }

  /** Whether a run has been begun here. */
  public boolean exists() {
    return Files.exists(config());
  }

  /**
   * The checkpoint to use the model from: the best one, or the last where there is no best.
   *
   * @throws RunException if this is not the folder of a run, or there is no checkpoint yet
   */
  public Path checkpoint() {
    if (!Files.isDirectory(path)) {
      throw new RunException(path + " is not there: give the folder of a run, such as runs/demo");
    }
    if (!exists()) {
      throw new RunException(
          path + " is not the folder of a run: it has no " + config().getFileName());
    }
    if (Files.exists(bestCheckpoint())) {
      return bestCheckpoint();
    }
    if (Files.exists(lastCheckpoint())) {
      return lastCheckpoint();
    }
    throw new RunException(
        path
            + " has no checkpoint yet: its training was ended before the first one was saved; train"
            + " it again");
  }
}
