package org.seq4j.runtime.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.config.ConfigTree;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * The folder of a run, and the paths of its files. Inference needs no file outside of it.
 *
 * @param path the folder
 */
public record RunDirectory(Path path) {
  /** The metadata key of the rank of a best checkpoint; higher is better. */
  public static final String RANK = "rank";

  /** The name of the checkpoint that is the average of several. */
  public static final String AVERAGE = "average";

  /** The prefix of metadata keys for checksums of files. */
  public static final String CHECKSUM = "crc32 of ";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String LAST = "last-";
  private static final String BEST = "best-";
  private static final String SUFFIX = ".safetensors";

  /** The file of the configuration, with all defaults. */
  public Path config() {
    return path.resolve("config.yaml");
  }

  /** The file of the source vocabulary, one token per line. */
  public Path sourceVocabulary() {
    return path.resolve("source.vocabulary");
  }

  /** The file of the target vocabulary, one token per line. */
  public Path targetVocabulary() {
    return path.resolve("target.vocabulary");
  }

  /** The folder of the tokenizers' files; it exists only if there are any. */
  public Path tokenizers() {
    return path.resolve("tokenizers");
  }

  /** The folder of the checkpoints. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** The checkpoint of a step from which training can resume. */
  public Path lastCheckpoint(long step) {
    return checkpoints().resolve(LAST + step + SUFFIX);
  }

  /** The checkpoint of a step at which the model performed well on the validation data. */
  public Path bestCheckpoint(long step) {
    return checkpoints().resolve(BEST + step + SUFFIX);
  }

  /** The checkpoints from which training can resume, the latest first. */
  public List<Path> lastCheckpoints() {
    return checkpoints(LAST);
  }

  /** The checkpoints that performed well on the validation data, the latest first. */
  public List<Path> bestCheckpoints() {
    return checkpoints(BEST);
  }

  private List<Path> checkpoints(String prefix) {
    if (!Files.isDirectory(checkpoints())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(checkpoints())) {
      return files
          .filter(file -> file.getFileName().toString().matches(prefix + "\\d{1,18}" + SUFFIX))
          .sorted(Comparator.comparingLong(RunDirectory::step).reversed())
          .toList();
    } catch (IOException e) {
      throw new RunException(AtomicFiles.unreadable(checkpoints(), e), e);
    }
  }

  /**
   * The checkpoints that performed well on the validation data, the best first; of equal ones, the
   * earlier first.
   */
  public List<Path> rankedCheckpoints() {
    List<Path> earliestFirst = new ArrayList<>(bestCheckpoints());
    Collections.reverse(earliestFirst);
    Map<Path, Double> ranks = new HashMap<>();
    earliestFirst.forEach(file -> ranks.put(file, rank(file)));
    earliestFirst.sort(Comparator.<Path>comparingDouble(ranks::get).reversed());
    return List.copyOf(earliestFirst);
  }

  private static double rank(Path file) {
    try {
      return Double.parseDouble(SafeTensors.readMetadata(file).getOrDefault(RANK, "-Infinity"));
    } catch (NumberFormatException e) {
      throw new RunException(file + " is damaged: its rank is not a number", e);
    }
  }

  /** The checkpoint with a name such as {@link #AVERAGE} or {@code last-1200}. */
  public Path checkpointNamed(String name) {
    return checkpoints().resolve(name + SUFFIX);
  }

  /**
   * Finds a checkpoint.
   *
   * @param name {@code best}, {@code last}, or the file name of a checkpoint without its suffix
   * @throws RunException if this is not the folder of a run, or it has no such checkpoint
   */
  public Path checkpoint(String name) {
    checkRun();
    if (name.equals("best")) {
      return checkpoint();
    }
    Path file =
        name.equals("last") && !lastCheckpoints().isEmpty()
            ? lastCheckpoints().get(0)
            : checkpointNamed(name);
    if (!Files.exists(file)) {
      List<String> names = checkpointNames();
      if (names.isEmpty()) {
        return checkpoint(); // reports that there is none yet
      }
      throw new RunException(
          "%s has no checkpoint '%s'; there are %s".formatted(path, name, names));
    }
    return file;
  }

  private List<String> checkpointNames() {
    List<String> names = new ArrayList<>();
    List<Path> files = new ArrayList<>(rankedCheckpoints());
    files.addAll(lastCheckpoints());
    if (Files.exists(checkpointNamed(AVERAGE))) {
      files.add(checkpointNamed(AVERAGE));
    }
    files.forEach(file -> names.add(file.getFileName().toString().replace(SUFFIX, "")));
    return names;
  }

  /** The step of a checkpoint, from its name. */
  public static long step(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().replaceAll("\\D", ""));
  }

  /** The training log, one event per line; interruptions leave no trace in it. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  /** The log of training sessions and their throughput, one event per line. */
  public Path sessions() {
    return path.resolve("sessions.jsonl");
  }

  /** The folder of the event files for TensorBoard. */
  public Path tensorBoard() {
    return path.resolve("tensorboard");
  }

  /** The software, components and files that the run was created with. */
  public Path provenance() {
    return path.resolve("provenance.json");
  }

  /**
   * Computes the checksums of the files that a checkpoint depends on, vocabularies and tokenizers,
   * by their paths in the folder. They are part of a checkpoint's metadata.
   */
  public Map<String, String> checksums() {
    return RunChecksums.of(this);
  }

  /**
   * Checks that the files are those that a checkpoint was created with.
   *
   * @param texts metadata of the checkpoint
   * @throws RunException if a file is damaged or missing
   */
  public void verify(Map<String, String> texts) {
    RunChecksums.verify(this, texts);
  }

  /**
   * Reads the run's configuration as written, with overrides. Version 0.1 wrote the output layer
   * {@code softmax} also for a target of vectors, and ignored it.
   *
   * @param reader reader from {@link #configReader}
   * @param overrides overrides such as {@code search.size=3}
   */
  public ConfigTree configTree(ConfigReader reader, List<String> overrides) {
    ConfigTree tree = reader.read(config(), overrides);
    boolean meaningless =
        tree.text("target.type").equals(Optional.of("vectors"))
            && tree.text("model.output.type").equals(Optional.of("softmax"));
    return meaningless ? tree.without("model", "output") : tree;
  }

  /**
   * Returns a reader of the run's configuration; it reports the origin of missing components.
   *
   * @throws RunException if the provenance of the run cannot be read
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
        throw new RunException(AtomicFiles.unreadable(provenance(), e), e);
      }
    }
    return new ConfigReader(registry.remembering(remembered)).ofRuns();
  }

  /** Returns true if this is the folder of a run. */
  public boolean exists() {
    return Files.exists(config());
  }

  /**
   * Finds the best checkpoint, or the latest one if there is no best.
   *
   * @throws RunException if this is not the folder of a run, or it has no checkpoint yet
   */
  public Path checkpoint() {
    checkRun();
    List<Path> bests = bestCheckpoints();
    if (!bests.isEmpty()) {
      return bests.size() == 1 ? bests.get(0) : rankedCheckpoints().get(0);
    }
    List<Path> lasts = lastCheckpoints();
    if (!lasts.isEmpty()) {
      return lasts.get(0);
    }
    throw new RunException(
        path
            + " has no checkpoint yet: training ended before the first one was saved;"
            + " train again");
  }

  private void checkRun() {
    if (!Files.isDirectory(path)) {
      throw new RunException(
          path + " does not exist: expected the folder of a run, such as runs/demo");
    }
    if (!exists()) {
      throw new RunException(
          path + " is not the folder of a run: it has no " + config().getFileName());
    }
  }
}
