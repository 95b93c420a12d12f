package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.runtime.weights.SafeTensors;

/** Layers of an encoder and a decoder, from training to a saved model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LayerFamilyContract {
  private static final int PAIRS = 100;

  Path folder;
  Path config;
  private Path run;

  /** The encoder as a config has it. */
  abstract String encoder();

  /** The decoder as a config has it, without the key dropout. */
  abstract String decoder();

  @BeforeAll
  void train(@TempDir Path temporary) throws IOException {
    folder = temporary;
    Map<String, String> pairs = new TreeMap<>();
    Random random = new Random(1);
    while (pairs.size() < PAIRS) {
      StringBuilder word = new StringBuilder();
      random.ints(2 + random.nextInt(5), 'a', 'i').forEach(letter -> word.append((char) letter));
      pairs.put(word.toString(), new StringBuilder(word).reverse().toString());
    }
    Files.write(
        folder.resolve("words.tsv"),
        pairs.entrySet().stream().map(pair -> pair.getKey() + "\t" + pair.getValue()).toList());
    config =
        Files.writeString(
            folder.resolve("words.yaml"),
            """
            name: words
            data:
              train: {file: words.tsv, source: 0, target: 1}
              dev: {file: words.tsv, source: 0, target: 1}
              test: {file: words.tsv, source: 0, target: 1}
            source: {tokenizer: characters}
            target: {tokenizer: characters}
            model:
              embedding: {source: 32, target: 32}
              encoder: %s
              decoder: %s
            training:
              batch: {size: 50}
              optimizer: adam
              learning_rate: 0.002
              max_steps: 300
              epochs: 150
              validation: {every_steps: 300}
            search: {type: beam, size: 5}
            """
                .formatted(encoder(), decoder()));
    run = folder.resolve("words");
    assertTrained(CommandRun.of("train", config, "--run", run));
  }

  static void assertTrained(CommandRun trained) {
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  @Test
  void learnsPairsExactly() {
    CommandRun evaluated =
        CommandRun.of("evaluate", run, "--split", "test", "--metric", "exact-match", "--json");
    assertThat(evaluated.out()).contains("\"scores\":{\"exact-match\":1.0}");
  }

  /** A saved model runs in plain TensorFlow, with the state of hypotheses in its loop. */
  @Test
  void aSavedModelGivesWhatTranslateGives() {
    Path saved = folder.resolve("saved");
    assertTrained(CommandRun.of("export", run, "--format", "saved-model", "--output", saved));
    List<String> sources = List.of("abc", "hgfedcba", "", "a", "bbbbbb", "cafe");
    SavedAnswers answers = SavedAnswers.of(saved, SavedAnswers.spelled(sources));
    try (Translator translator = Translator.load(run)) {
      List<Translation> expected = translator.translate(sources);
      for (int i = 0; i < sources.size(); i++) {
        Translation.Candidate best = expected.get(i).best();
        assertThat(answers.texts().get(i)).isEqualTo(String.join(" ", best.tokenTexts()));
        assertThat((double) answers.scores().get(i)).isCloseTo(best.score(), within(1e-3));
      }
    }
  }

  @Test
  @Tag("slow")
  void resumedTrainingEndsWithTheSameWeights() {
    Path whole = folder.resolve("whole");
    Path resumed = folder.resolve("resumed");
    String dropout = "model.decoder=" + decoder().replace("}", ", dropout: 0.1}");
    Object[] ten = {"--set", "training.validation.every_steps=10", "--set", dropout, "--set"};
    assertTrained(train(whole, ten, "training.max_steps=20"));
    assertTrained(train(resumed, ten, "training.max_steps=10"));
    assertTrained(
        CommandRun.of("train", "--resume", "--run", resumed, "--set", "training.max_steps=20"));
    Map<String, SafeTensors.Array> expected = weights(whole);
    Map<String, SafeTensors.Array> found = weights(resumed);
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, array) -> assertThat(found.get(name).values()).as(name).isEqualTo(array.values()));
  }

  private CommandRun train(Path run, Object[] settings, String last) {
    List<Object> words = new ArrayList<>(List.of("train", config, "--run", run));
    words.addAll(List.of(settings));
    words.add(last);
    return CommandRun.of(words.toArray());
  }

  private static Map<String, SafeTensors.Array> weights(Path folder) {
    return SafeTensors.read(new RunDirectory(folder).lastCheckpoints().get(0)).arrays();
  }
}
