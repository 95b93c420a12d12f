package org.seq4j.trainer.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.split.StableRandom;

/** A tiny experiment in a folder: sequences of up to five letters, to be copied. */
public final class ToyExperiment {
  static final ComponentRegistry REGISTRY = new PluginLoader().classPath();

  private static final String CONFIG =
      """
      name: toy
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: dev.tsv, source: 0, target: 1}
        test: {file: test.tsv, source: 0, target: 1}
      source: {tokenizer: whitespace}
      target: {tokenizer: whitespace}
      model:
        embedding: {source: 8, target: 8}
        encoder: {type: rnn, cell: gru, units: 16, dropout: 0.1}
        decoder: {type: rnn, cell: gru, units: 16, dropout: 0.1, attention: luong}
      training:
        batch: {size: 16}
        optimizer: adam
        learning_rate: 0.01
        epochs: 3
        threads: 1
      """;

  private final Path folder;

  private ToyExperiment(Path folder) {
    this.folder = folder;
  }

  /** Writes the data and the file of the experiment. */
  public static ToyExperiment in(Path folder) {
    StableRandom random = new StableRandom(7);
    write(folder.resolve("train.tsv"), pairs(random, 200, 5));
    write(folder.resolve("dev.tsv"), pairs(random, 20, 5));
    write(folder.resolve("test.tsv"), pairs(random, 30, 7));
    write(folder.resolve("toy.yaml"), CONFIG);
    return new ToyExperiment(folder);
  }

  private static String pairs(StableRandom random, int count, int longest) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      StringBuilder line = new StringBuilder();
      for (int length = 1 + random.nextInt(longest); length > 0; length--) {
        line.append((char) ('a' + random.nextInt(6))).append(length > 1 ? " " : "");
      }
      lines.append(line).append('\t').append(line).append('\n');
    }
    return lines.toString();
  }

  public static void write(Path file, String text) {
    try {
      Files.writeString(file, text, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The variables in a checkpoint, for comparison. */
  static Map<String, List<Float>> weights(Path checkpoint) {
    Map<String, List<Float>> weights = new TreeMap<>();
    SafeTensors.read(checkpoint)
        .arrays()
        .forEach(
            (path, array) -> {
              List<Float> values = new ArrayList<>();
              for (float value : array.values()) {
                values.add(value);
              }
              weights.put(path, values);
            });
    return weights;
  }

  /** The lines of a run's log. */
  static List<JsonNode> log(Path run) {
    return lines(new RunDirectory(run).metrics());
  }

  /** The lines of a file. */
  static List<JsonNode> lines(Path file) {
    try {
      List<JsonNode> lines = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        lines.add(new ObjectMapper().readTree(line));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Loads the experiment; {@code <toy>} in an override is its folder. */
  public Experiment load(String... overrides) {
    List<String> settings =
        Stream.of(overrides).map(setting -> setting.replace("<toy>", folder.toString())).toList();
    return Experiment.load(folder.resolve("toy.yaml"), REGISTRY, settings);
  }
}
