package org.seq4j.trainer.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingProgress;

/**
 * Trains and translates in a process of its own, whose Java heap is fixed, and prints how much
 * memory the process holds on the way: {@code training STEP KILOBYTES}, {@code translating LINES
 * KILOBYTES}.
 */
final class MemoryGrowth {
  private MemoryGrowth() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int steps = Integer.parseInt(arguments[1]);
    int translations = Integer.parseInt(arguments[2]);
    boolean wide = arguments[3].equals("wide");
    Path file = wide ? writeWide(folder, steps) : write(folder, steps);
    Experiment experiment = Experiment.load(file);
    experiment.train(
        folder.resolve("run"),
        new TrainingListener() {
          @Override
          public void stepped(TrainingProgress progress) {
            if (progress.step() % (steps / 10) == 0) {
              report("training", progress.step());
            }
          }
        });
    translate(folder.resolve("run"), translations);
  }

  private static void translate(Path run, int count) {
    Random random = new Random(4);
    try (Translator translator = Translator.load(run)) {
      for (int done = 0; done < count; ) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          lines.add(sequence(random, 25));
        }
        translator.translate(lines, SearchConfig.beam(3), true);
        done += lines.size();
        if (done % (count / 10) == 0) {
          report("translating", done);
        }
      }
    }
  }

  private static Path write(Path folder, int steps) throws IOException {
    Random random = new Random(1);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      lines.append(sequence(random, 30)).append('\t').append(sequence(random, 30)).append('\n');
    }
    Files.writeString(folder.resolve("train.tsv"), lines);
    return Files.writeString(
        folder.resolve("experiment.yaml"),
        String.format(
            Locale.ROOT,
            """
        name: memory
        seed: 1
        data: {train: {file: train.tsv, source: 0, target: 1}}
        source: {tokenizer: whitespace}
        target: {tokenizer: whitespace}
        model:
          embedding: {source: 16, target: 16}
          encoder: {type: rnn, units: 16, bidirectional: true, dropout: 0.2}
          decoder: {type: rnn, units: 16, attention: {type: bahdanau}, dropout: 0.2}
        training: {batch: {size: 16}, epochs: 1000, max_steps: %d}
        """,
            steps));
  }

  /**
   * Much goes in and little is done with it, so that a few steps feed many times what a process
   * grows by anyway: 8192 sequences of 30 tokens on each side are 2 MB of ids a step.
   */
  private static Path writeWide(Path folder, int steps) throws IOException {
    String side = "1 2 3 4 5 6 7 8 9 ".repeat(3).strip() + " 1 2 3";
    Files.writeString(folder.resolve("train.tsv"), (side + "\t" + side + "\n").repeat(8192));
    return Files.writeString(
        folder.resolve("experiment.yaml"),
        String.format(
            Locale.ROOT,
            """
        name: memory
        seed: 1
        data: {train: {file: train.tsv, source: 0, target: 1}}
        source: {tokenizer: whitespace}
        target: {tokenizer: whitespace}
        model:
          embedding: {source: 1, target: 1}
          encoder: {type: rnn, cell: gru, units: 1}
          decoder: {type: rnn, cell: gru, units: 1}
        training: {batch: {size: 8192}, epochs: 1000, max_steps: %d}
        """,
            steps));
  }

  private static String sequence(Random random, int longest) {
    StringBuilder tokens = new StringBuilder();
    for (int i = random.nextInt(longest) + 1; i > 0; i--) {
      tokens.append(random.nextInt(30)).append(i == 1 ? "" : " ");
    }
    return tokens.toString();
  }

  private static void report(String what, long count) {
    System.out.printf("%s %d %d%n", what, count, residentKilobytes());
  }

  private static long residentKilobytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
