package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.EnsembleSpec;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/** A run that is only to be used, and smaller numbers. */
@Timeout(300)
final class ExportRunTest {
  private static final List<String> SOURCES = List.of("abc", "dad", "b", "cabbad", "ac");
  private static final List<String> TARGETS = List.of("cba", "dad", "c", "ddd", "a");

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = folder.resolve("toy");
    CommandRun trained = train(run);
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  private static CommandRun train(Path into, String... words) throws IOException {
    List<Object> command =
        new ArrayList<>(List.of("train", ToyConfig.write(folder), "--run", into));
    for (String setting :
        List.of(
            "training.max_steps=60",
            "model.embedding={source: 32, target: 32, tie: output}",
            "model.encoder.units=64",
            "model.decoder.units=64")) {
      command.addAll(List.of("--set", setting));
    }
    command.addAll(List.of(words));
    return CommandRun.of(command.toArray());
  }

  private static Path export(String... words) {
    Path small = folder.resolve("small" + String.join("", words));
    List<Object> command =
        new ArrayList<>(List.of("export", run, "--format", "run", "--output", small));
    command.addAll(List.of(words));
    CommandRun exported = CommandRun.of(command.toArray());
    assertThat(exported.status()).as(exported.err()).isZero();
    assertThat(exported.out()).isEqualTo("the run is in " + small + "\n");
    return small;
  }

  @Test
  void aRunForUseAnswersAsTheWholeOneAndHasNothingElse() throws IOException {
    Path small = export();
    Path input = Files.write(folder.resolve("input.txt"), SOURCES);
    assertThat(CommandRun.of("translate", small, "--input", input, "--n-best", "3").out())
        .isNotBlank()
        .isEqualTo(CommandRun.of("translate", run, "--input", input, "--n-best", "3").out());
    assertThat(CommandRun.of("inspect", small).status()).isZero();
    try (var files = Files.walk(small)) {
      assertThat(files.filter(Files::isRegularFile).map(it -> small.relativize(it).toString()))
          .containsExactlyInAnyOrder(
              "config.yaml",
              "source.vocabulary",
              "target.vocabulary",
              "provenance.json",
              small.relativize(new RunDirectory(small).checkpoint()).toString());
    }
    assertThat(small.resolveSibling(small.getFileName() + ".partial")).doesNotExist();
    Path last = export("--checkpoint", "last"); // training's own state is not in it
    assertThat(Files.size(new RunDirectory(last).checkpoint()))
        .isLessThan(Files.size(new RunDirectory(run).lastCheckpoints().get(0)) / 2);
  }

  @ParameterizedTest
  @CsvSource({"bf16, 0.52, 0.05", "int8, 0.29, 0.1"})
  void smallerNumbersTakeLessRoomAndAnswerAlike(String precision, double size, double tolerance)
      throws IOException {
    Path small = export("--precision", precision);
    assertThat((double) Files.size(new RunDirectory(small).checkpoint()))
        .isLessThan(size * Files.size(new RunDirectory(run).checkpoint()));
    try (Translator whole = Translator.load(run);
        Translator rounded = Translator.load(small)) {
      double[] expected = whole.score(SOURCES, TARGETS);
      double[] scores = rounded.score(SOURCES, TARGETS);
      assertThat(scores).isNotEqualTo(expected);
      assertThat(scores).containsExactly(expected, within(tolerance));
    }
  }

  @Test
  void aSearchInSixteenBitsFindsTheSameWithScoresThatAreRounded() throws IOException {
    Path input = Files.write(folder.resolve("input.txt"), SOURCES);
    EnsembleSpec runs = EnsembleSpec.of(List.of(run));
    try (Translator whole = runs.load(new PluginLoader().classPath());
        Translator rounded = runs.with(Precision.BF16).load(new PluginLoader().classPath())) {
      List<Translation> expected = whole.translate(SOURCES);
      List<Translation> found = rounded.translate(SOURCES);
      boolean differs = false;
      for (int i = 0; i < found.size(); i++) {
        double score = found.get(i).best().score();
        assertThat(score).isCloseTo(expected.get(i).best().score(), within(0.1));
        differs |= score != expected.get(i).best().score();
      }
      assertThat(differs).isTrue();
      // sources are read, and given targets scored, in 32 bits
      assertThat(rounded.score(SOURCES, TARGETS)).containsExactly(whole.score(SOURCES, TARGETS));
      assertThat(CommandRun.of("translate", run, "--input", input, "--precision", "bf16").out())
          .isEqualTo(found.stream().map(it -> it.best().text() + "\n").reduce("", String::concat));
    }
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    assertThat(CommandRun.of("export", run, "--format", "run", "--output", run).err())
        .contains(run + " already exists; name a new folder");
    CommandRun numpy =
        CommandRun.of("export", run, "--format", "npz", "--precision", "int8", "--output", "w.npz");
    assertThat(numpy.status()).isEqualTo(2);
    assertThat(numpy.err())
        .contains("--precision int8: only the formats run and safetensors support it");
    Path small = export("--precision", "f32");
    Path checkpoint = new RunDirectory(small).checkpoint();
    CommandRun resumed = train(small, "--resume");
    assertThat(resumed.status()).isEqualTo(1);
    assertThat(resumed.err())
        .contains(
            small
                + " holds a model for inference but no checkpoint from which training can resume");
    assertThat(checkpoint).exists();
    Path vocabulary = new RunDirectory(small).targetVocabulary();
    Files.writeString(vocabulary, Files.readString(vocabulary).replace('a', 'z'));
    CommandRun damaged =
        CommandRun.of("export", small, "--format", "run", "--output", folder.resolve("none"));
    assertThat(damaged.err()).contains(vocabulary + " is damaged");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
