package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.seq4j.runtime.translate.Translator;

/** A model of the record: trained by the command, and what it answers then. */
final class GoldenModel {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SOURCES = 20;
  private static final long SEED = 11;

  private final Path folder;
  private final Path run;

  private GoldenModel(Path folder, Path run) {
    this.folder = folder;
    this.run = run;
  }

  /** Trains what a config of the folder says, with the overrides. */
  static GoldenModel train(Path folder, String config, String name, List<String> overrides) {
    Path run = folder.resolve("runs").resolve(name);
    List<Object> words =
        new ArrayList<>(List.of("train", folder.resolve(config + ".yaml"), "--run", run));
    String vectors = "file: " + folder.resolve("words.txt");
    overrides.forEach(
        override -> words.addAll(List.of("--set", override.replace("file: words.txt", vectors))));
    CommandRun trained = CommandRun.of(words.toArray());
    assertThat(trained.status()).as(trained.err()).isZero();
    return new GoldenModel(folder, run);
  }

  /** The tensors of the last checkpoint: weights, averages, and what the optimizer keeps. */
  GoldenTensors tensors() throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      Path last =
          files
              .filter(file -> file.getFileName().toString().startsWith("last-"))
              .max((one, other) -> Integer.compare(step(one), step(other)))
              .orElseThrow();
      return GoldenTensors.read(last);
    }
  }

  private static int step(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().replaceAll("\\D", ""));
  }

  /** Everything about a model of tokens. */
  String tokens() throws IOException {
    return weights()
        + "evaluated "
        + scores("bleu,ser,perplexity,token-accuracy")
        + "\n"
        + translations("beam", "--beam", "5", "--n-best", "2")
        + translations("greedy", "--beam", "1")
        + forced();
  }

  /** Everything about a model of vectors. */
  String vectors() throws IOException {
    String sources = String.join("\n", GoldenData.vectorSources(SOURCES, SEED)) + "\n";
    StringBuilder generated = new StringBuilder();
    output(sources, "translate", run)
        .lines()
        .forEach(
            line ->
                generated.append(
                    "generated %s %s\n".formatted(new GoldenHash().add(line).shortened(), line)));
    return weights() + "evaluated " + scores("mse,mae") + "\n" + generated;
  }

  private String weights() throws IOException {
    GoldenTensors tensors = tensors();
    return "all tensors " + tensors.hash() + "\n" + tensors.lines();
  }

  private String scores(String metrics) throws IOException {
    String report = output("", "evaluate", run, "--split", "dev", "--json", "--metric", metrics);
    return JSON.readTree(report).get("scores").toString();
  }

  /** A line for each hypothesis: score, why it ended, alignment, a hash of attention, text. */
  private String translations(String name, Object... options) throws IOException {
    Object[] words =
        Stream.concat(Stream.of("translate", run, "--json", "--attention"), Stream.of(options))
            .toArray();
    String sources = String.join("\n", GoldenData.sources(SOURCES, SEED)) + "\n";
    StringBuilder lines = new StringBuilder();
    for (String line : output(sources, words).lines().toList()) {
      JsonNode answer = JSON.readTree(line);
      lines.append(name).append(" of ").append(answer.get("source").asText()).append('\n');
      for (JsonNode hypothesis : answer.get("hypotheses")) {
        lines.append(
            "  %s %s [%s] %s %s\n"
                .formatted(
                    Double.toHexString(hypothesis.get("score").asDouble()),
                    hypothesis.get("ending").asText(),
                    hypothesis.path("alignment").asText(),
                    attention(hypothesis.path("attention")),
                    hypothesis.get("text").asText()));
      }
    }
    return lines.toString();
  }

  private static String attention(JsonNode rows) {
    GoldenHash hash = new GoldenHash();
    for (JsonNode row : rows) {
      hash.add("row");
      row.forEach(weight -> hash.add((float) weight.asDouble()));
    }
    return hash.shortened();
  }

  /** Scores with all digits from the library, alignments from the command. */
  private String forced() throws IOException {
    List<String> sources = GoldenData.sources(SOURCES, SEED);
    List<String> targets = GoldenData.targets(SOURCES, SEED);
    double[] scores;
    try (Translator translator = Translator.load(run)) {
      scores = translator.score(sources, targets);
    }
    Path source = Files.write(folder.resolve("source.txt"), sources);
    Path target = Files.write(folder.resolve("target.txt"), targets);
    List<String> aligned =
        output("", "score", run, "--source", source, "--target", target, "--alignment")
            .lines()
            .toList();
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < scores.length; i++) {
      lines.append(
          "forced %s %s of %s\n"
              .formatted(
                  Double.toHexString(scores[i]),
                  aligned.get(i).replace('\t', ' '),
                  sources.get(i)));
    }
    return lines.toString();
  }

  private static String output(String stdin, Object... words) {
    CommandRun done = CommandRun.withInput(stdin, words);
    assertThat(done.status()).as(done.err()).isZero();
    return done.out();
  }
}
