package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.cli.examples.ExampleData;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.experiment.Experiment;

/** The examples reach what their pages say; each is trained as it is, for minutes. */
@Tag("slow")
@Timeout(1800)
class ExampleFiguresTest {
  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void generate() throws IOException {
    data = folder.resolve("data");
    ExampleData.named("reverse").orElseThrow().write(data);
  }

  @Test
  void attentionReversesAndOneVectorDoesNot() {
    Evaluation attention = evaluated("reverse");
    Evaluation vector = evaluated("reverse-context-vector");
    assertThat(errors(attention.scores())).isLessThan(0.05);
    assertThat(errors(vector.scores())).isGreaterThan(0.2);
    double shortest = errors(vector.buckets().get(0).scores());
    double longest = errors(vector.buckets().get(vector.buckets().size() - 1).scores());
    assertThat(longest).isGreaterThan(shortest + 0.3);
  }

  @Test
  @Timeout(3600)
  void wordsOfThePublishedSplitArePronounced() {
    String shared = System.getProperty("seq4j.shared");
    assumeThat(shared).as("-Dseq4j.shared, the folder with data/g2p, is not given").isNotNull();
    Path split = Path.of(shared, "data", "g2p", "cmudict-g014b2b");
    Evaluation evaluation =
        evaluated(
            Path.of("pronunciation", "cmudict-g014b2b.yaml"),
            List.of(
                "data.train.file=" + split.resolve("g014b2b.train"),
                "data.test.file=" + split.resolve("g014b2b.ref")));
    assertThat(1 - value(evaluation.scores(), "exact-match")).isLessThan(0.28);
  }

  private static Evaluation evaluated(String name) {
    return evaluated(
        Path.of(name, name + ".yaml"),
        List.of(
            "data.train.file=" + data.resolve("train.tsv"),
            "data.dev.file=" + data.resolve("dev.tsv"),
            "data.test.file=" + data.resolve("test.tsv")));
  }

  private static Evaluation evaluated(Path example, List<String> overrides) {
    Path config = Path.of("..", "examples").resolve(example).toAbsolutePath().normalize();
    Experiment experiment = Experiment.load(config, new PluginLoader().classPath(), overrides);
    Path run = folder.resolve(example.getFileName() + ".run");
    experiment.train(run);
    return experiment.evaluate(run, SplitName.TEST);
  }

  private static double errors(List<MetricScore> scores) {
    return value(scores, "ser");
  }

  private static double value(List<MetricScore> scores, String metric) {
    return scores.stream()
        .filter(score -> score.name().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
