package org.seq4j.trainer.report;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.platform.NativeCache;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.tensorflow.TensorFlow;

/**
 * The provenance of a run, in {@code provenance.json}. Entries that another version of Seq4j did
 * not write are empty.
 *
 * @param name the name of the experiment
 * @param seed the random seed
 * @param started the time at which the run started, to the second
 * @param versions the versions by name: "seq4j", "tensorflow", "java"
 * @param machine the machine on which the run started
 * @param components all available components, used or not
 * @param data the files of data and of token vectors
 */
public record Provenance(
    Optional<String> name,
    OptionalLong seed,
    Optional<Instant> started,
    Map<String, String> versions,
    Machine machine,
    List<ComponentOrigin> components,
    List<DataFile> data) {

  /** An empty provenance. */
  public static final Provenance NONE = of(MissingNode.getInstance());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Copies the collections. */
  public Provenance {
    versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    components = List.copyOf(components);
    data = List.copyOf(data);
  }

  /**
   * A computer.
   *
   * @param os the name and version of its operating system
   * @param architecture the architecture as Java names it, "amd64"
   * @param processors the number of its processors
   * @param threads the number of TensorFlow's threads
   */
  public record Machine(
      Optional<String> os,
      Optional<String> architecture,
      OptionalInt processors,
      OptionalInt threads) {

    /**
     * Returns the current machine.
     *
     * @param threads the number of TensorFlow's threads
     */
    static Machine current(int threads) {
      return new Machine(
          Optional.of(System.getProperty("os.name") + " " + System.getProperty("os.version")),
          Optional.of(System.getProperty("os.arch")),
          OptionalInt.of(Runtime.getRuntime().availableProcessors()),
          OptionalInt.of(threads));
    }
  }

  /**
   * The origin of a component.
   *
   * @param kind the kind of component, "attention"
   * @param name the name of the component, "luong"
   * @param origin its module or jar, with its version
   */
  public record ComponentOrigin(String kind, String name, String origin) {}

  /**
   * A file that the run was made from.
   *
   * @param file its full path
   * @param bytes its size
   * @param sha256 the hexadecimal hash of its content; of a file above 256 MB, the hash of its size
   *     and of 64 pieces
   */
  public record DataFile(String file, long bytes, String sha256) {}

  /**
   * Returns the provenance of a run that starts now on this machine.
   *
   * @param threads the number of TensorFlow's threads
   * @param started the start time; fractions of a second are dropped
   * @param registry all available components
   */
  public static Provenance current(
      String name,
      long seed,
      int threads,
      Instant started,
      ComponentRegistry registry,
      List<DataFile> data) {
    NativeCache.prepare();
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("seq4j", version());
    versions.put("tensorflow", TensorFlow.version());
    versions.put("java", Runtime.version().toString());
    return new Provenance(
        Optional.of(name),
        OptionalLong.of(seed),
        Optional.of(started.truncatedTo(ChronoUnit.SECONDS)),
        versions,
        Machine.current(threads),
        registry.entries().stream()
            .map(it -> new ComponentOrigin(it.kind().name(), it.name(), it.origin().toString()))
            .toList(),
        data);
  }

  private static String version() {
    return Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  /**
   * Reads the provenance of a run. Keys that are missing or of another type become empty.
   *
   * @throws RunException if the file cannot be read, or is not JSON
   */
  public static Provenance read(Path file) {
    try {
      return of(JSON.readTree(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new RunException(AtomicFiles.unreadable(file, e), e);
    }
  }

  private static Provenance of(JsonNode root) {
    Map<String, String> versions = new LinkedHashMap<>();
    root.path("versions")
        .properties()
        .forEach(version -> versions.put(version.getKey(), version.getValue().asText()));
    JsonNode machine = root.path("machine");
    List<ComponentOrigin> components = new ArrayList<>();
    root.path("components")
        .forEach(
            it ->
                components.add(
                    new ComponentOrigin(
                        it.path("kind").asText(),
                        it.path("name").asText(),
                        it.path("origin").asText())));
    List<DataFile> data = new ArrayList<>();
    root.path("data")
        .forEach(
            it ->
                data.add(
                    new DataFile(
                        it.path("file").asText(),
                        it.path("bytes").asLong(),
                        it.path("sha256").asText())));
    JsonNode seed = root.path("seed");
    return new Provenance(
        text(root.path("name")),
        seed.isIntegralNumber() ? OptionalLong.of(seed.asLong()) : OptionalLong.empty(),
        text(root.path("started")).flatMap(Provenance::instant),
        versions,
        new Machine(
            text(machine.path("os")),
            text(machine.path("architecture")),
            number(machine.path("processors")),
            number(machine.path("threads"))),
        components,
        data);
  }

  private static Optional<String> text(JsonNode value) {
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static OptionalInt number(JsonNode value) {
    return value.isInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Writes the file. */
  public void write(Path file) {
    try {
      AtomicFiles.write(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()) + "\n");
    } catch (JsonProcessingException e) { // cannot happen for a tree of texts and numbers
      throw new IllegalStateException(e);
    }
  }

  /** Returns the JSON for the file and the page of a report. */
  @JsonValue
  JsonNode json() {
    ObjectNode root = JSON.createObjectNode();
    name.ifPresent(it -> root.put("name", it));
    seed.ifPresent(it -> root.put("seed", it));
    started.ifPresent(it -> root.put("started", it.toString()));
    ObjectNode versionNode = root.putObject("versions");
    versions.forEach(versionNode::put);
    ObjectNode machineNode = root.putObject("machine");
    machine.os().ifPresent(it -> machineNode.put("os", it));
    machine.architecture().ifPresent(it -> machineNode.put("architecture", it));
    machine.processors().ifPresent(it -> machineNode.put("processors", it));
    machine.threads().ifPresent(it -> machineNode.put("threads", it));
    ArrayNode componentNodes = root.putArray("components");
    components.forEach(it -> componentNodes.add(JSON.valueToTree(it)));
    ArrayNode dataNodes = root.putArray("data");
    data.forEach(it -> dataNodes.add(JSON.valueToTree(it)));
    return root;
  }

  /** Returns the recorded SHA-256 of a file; empty if there is none. */
  public Optional<String> sha256(String file) {
    return data.stream().filter(it -> it.file().equals(file)).findFirst().map(DataFile::sha256);
  }
}
