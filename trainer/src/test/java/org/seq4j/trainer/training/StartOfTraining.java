package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.tensorflow.TensorFlow;

/**
 * Begins a training in a process of its own, with the model of the example "reverse", and prints
 * how long that took: {@code graph MILLISECONDS} for the training graph alone, {@code first-step
 * MILLISECONDS} from the start of the process.
 */
final class StartOfTraining {
  private static final String MODEL =
      """
      embedding: {source: 16, target: 16}
      encoder: {type: rnn, cell: lstm, units: 64, bidirectional: true}
      decoder:
        type: rnn
        cell: lstm
        units: 64
        attention: {type: luong, score: general}
        input_feeding: true
      """;

  private StartOfTraining() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("graph")) {
      graph();
    } else {
      firstStep(Path.of(arguments[1]));
    }
  }

  private static void graph() {
    System.err.println("TensorFlow " + TensorFlow.version()); // is loaded before the time counts
    var model = Toy.model(MODEL, new PluginLoader().classPath());
    long started = System.nanoTime();
    try (TrainingGraph graph = Toy.graph(model, "optimizer: adam")) {
      long built = System.nanoTime();
      assertThat(graph.parameterCount()).isPositive();
      System.out.println("graph " + (built - started) / 1_000_000);
    }
  }

  private static void firstStep(Path folder) throws IOException {
    Random random = new Random(1);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      StringBuilder side = new StringBuilder("0");
      for (int length = random.nextInt(25); length > 0; length--) {
        side.append(' ').append(random.nextInt(50));
      }
      lines.append(side).append('\t').append(side).append('\n');
    }
    Files.writeString(folder.resolve("train.tsv"), lines);
    String config =
        """
        name: start
        data: {train: {file: train.tsv, source: 0, target: 1}}
        training: {batch: {size: 10}, max_steps: 1}
        model:
        """
            + MODEL.indent(2);
    Path file = Files.writeString(folder.resolve("start.yaml"), config);
    Experiment.load(file)
        .train(
            folder.resolve("run"),
            new TrainingListener() {
              @Override
              public void stepped(TrainingProgress progress) {
                long started = ManagementFactory.getRuntimeMXBean().getStartTime();
                System.out.println("first-step " + (System.currentTimeMillis() - started));
              }
            });
  }
}
