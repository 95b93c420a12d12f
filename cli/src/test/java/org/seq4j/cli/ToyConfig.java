package org.seq4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A config that trains in seconds, and its data. */
final class ToyConfig {
  private ToyConfig() {}

  /** Writes toy.yaml and toy.tsv: words of three letters, to be reversed. */
  static Path write(Path folder) throws IOException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      StringBuilder word = new StringBuilder();
      random.ints(1 + i % 3, 'a', 'e').forEach(letter -> word.append((char) letter));
      lines.add(word + "\t" + new StringBuilder(word).reverse());
    }
    Files.write(folder.resolve("toy.tsv"), lines);
    return Files.writeString(
        folder.resolve("toy.yaml"),
        """
        name: toy
        data:
          train: {file: toy.tsv, source: 0, target: 1}
          dev: {file: toy.tsv, source: 0, target: 1}
          test: {file: toy.tsv, source: 0, target: 1}
        source: {tokenizer: characters}
        target: {tokenizer: characters}
        model:
          embedding: {source: 4, target: 4}
          encoder: {type: rnn, cell: gru, units: 8}
          decoder: {type: rnn, cell: gru, units: 8, attention: luong}
        training:
          batch: {size: 20}
          max_steps: 4
          validation: {every_steps: 2}
        search: {type: greedy}
        """);
  }
}
