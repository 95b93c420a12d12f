package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.experiment.Experiment;

/** A run of a tiny model, which has been trained for some steps to copy letters. */
final class ToyRun {
  private static final String CONFIG =
      """
      name: toy
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: train.tsv, source: 0, target: 1}
      source: {tokenizer: whitespace}
      target: {tokenizer: whitespace}
      model:
        embedding: {source: 8, target: 8}
        encoder: {type: rnn, cell: gru, units: 16}
        decoder: {type: rnn, cell: gru, units: 16, attention: luong}
      training: {batch: {size: 16}, optimizer: adam, learning_rate: 0.01, epochs: 2, threads: 1}
      search: {type: beam, size: 2}
      """;

  private ToyRun() {}

  /** Trains in a folder, and returns the folder of the run. */
  static Path train(Path folder) throws IOException {
    List<String> pairs = sources(200, 5).stream().map(text -> text + "\t" + text).toList();
    Files.write(folder.resolve("train.tsv"), pairs, UTF_8);
    Path config = Files.writeString(folder.resolve("toy.yaml"), CONFIG, UTF_8);
    Path run = folder.resolve("run");
    Experiment.load(config, new PluginLoader().classPath(), List.of()).train(run);
    return run;
  }

  /** Returns sequences of letters. */
  static List<String> sources(int count, int longest) {
    Random random = new Random(5);
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> letters = new ArrayList<>();
      for (int length = 1 + random.nextInt(longest); length > 0; length--) {
        letters.add(String.valueOf((char) ('a' + random.nextInt(6))));
      }
      sources.add(String.join(" ", letters));
    }
    return sources;
  }
}
