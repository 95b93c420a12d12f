package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.inference.InGraphBeamSearch;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TInt32;

/** What plain TensorFlow makes of an exported model. */
@Timeout(300)
final class SavedModelTest {
  private static final int SENTENCES = 1000;

  private static final List<String> SEARCHES =
      List.of(
          "search.type=greedy",
          "search.type=beam search.size=4",
          "search.type=beam search.size=5 search.ranking.length_penalty=0.8 search.length.max=4",
          "search.type=beam search.size=3 search.ranking.length_normalization=power search.ranking.length_penalty=1.5 search.ranking.word_reward=0.4",
          "search.type=beam search.size=3 search.ranking.length_normalization=average search.length.min=2 search.length.max_ratio=1 search.length.max_extra=1",
          "search.type=beam search.size=3 search.length.min_ratio=0.8");

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = folder.resolve("toy");
    CommandRun trained =
        CommandRun.of(
            "train",
            ToyConfig.write(folder),
            "--run",
            run,
            "--set",
            "training.max_steps=40",
            "--set",
            "training.epochs=20",
            "--set", // fast enough for probabilities that differ, or hypotheses are as good
            "training.optimizer=adam",
            "--set",
            "training.learning_rate=0.02");
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  /** Letters that the model knows and one that it does not; some empty, some too long. */
  private static List<String> sources() {
    Random random = new Random(6);
    List<String> sources = new ArrayList<>(List.of("", "abcd".repeat(80)));
    while (sources.size() < SENTENCES) {
      StringBuilder text = new StringBuilder();
      random.ints(1 + random.nextInt(9), 'a', 'g').forEach(it -> text.append((char) it));
      sources.add(text.toString());
    }
    return sources;
  }

  private static Path export(List<String> settings) {
    Path model = folder.resolve("model-" + settings.hashCode());
    List<Object> words =
        new ArrayList<>(List.of("export", run, "--format", "saved-model", "--output", model));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    CommandRun exported = CommandRun.of(words.toArray());
    assertThat(exported.status()).as(exported.err()).isZero();
    return model;
  }

  @ParameterizedTest
  @FieldSource("SEARCHES")
  void itGivesWhatTranslateGives(String words) throws IOException {
    List<String> settings = List.of(words.split(" ", -1));
    Path model = export(settings);
    SearchConfig search =
        LoadedRun.readConfig(new RunDirectory(run), new PluginLoader().classPath(), settings)
            .search();
    List<String> sources = sources();
    try (Translator translator = Translator.load(run);
        SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve")) {
      List<Translation> expected = translator.translate(sources, search);
      int different = 0;
      for (int from = 0; from < SENTENCES; from += 100) {
        SavedAnswers answers =
            SavedAnswers.of(bundle, SavedAnswers.spelled(sources.subList(from, from + 100)));
        for (int i = 0; i < 100; i++) {
          Translation.Candidate best = expected.get(from + i).best();
          assertThat(answers.scores().get(i))
              .as("%s", sources.get(from + i))
              .isCloseTo((float) best.score(), within(tolerance(best.score())));
          different +=
              answers.texts().get(i).equals(String.join(" ", best.tokenTexts())) ? 0 : 1; // ties
        }
      }
      assertThat(different).isZero();
      idsGiveTheSame(bundle, translator, expected);
    }
    assertThat(Files.readAllLines(model.resolve("assets.extra/target.vocabulary"))).isNotEmpty();
  }

  /** The graph adds up log-probabilities in 32 bits, hundreds of them for the longest targets. */
  private static float tolerance(double score) {
    return 1e-3f + 1e-5f * (float) Math.abs(score);
  }

  private static void idsGiveTheSame(
      SavedModelBundle bundle, Translator translator, List<Translation> expected) {
    TextCodec source = (TextCodec) translator.source();
    TextCodec target = (TextCodec) translator.target();
    int[][] rows = new int[3][9];
    int[] lengths = new int[3];
    for (int i = 0; i < 3; i++) {
      int[] ids = source.encode(expected.get(10 + i).sourceTokenTexts()).ids();
      System.arraycopy(ids, 0, rows[i], 0, ids.length);
      lengths[i] = ids.length;
    }
    try (TInt32 ids = TInt32.tensorOf(StdArrays.ndCopyOf(rows));
        TInt32 counts = TInt32.tensorOf(StdArrays.ndCopyOf(lengths));
        Result result = bundle.function("ids").call(Map.of("ids", ids, "lengths", counts))) {
      TInt32 said = (TInt32) result.get("ids").orElseThrow();
      TInt32 sizes = (TInt32) result.get("lengths").orElseThrow();
      assertThat(said.shape().get(0)).isEqualTo(3);
      for (int i = 0; i < 3; i++) {
        List<Integer> tokens = new ArrayList<>();
        for (int t = 0; t < sizes.getInt(i); t++) {
          tokens.add(said.getInt(i, t));
        }
        assertThat(tokens.stream().map(target.vocabulary()::token).collect(Collectors.toList()))
            .isEqualTo(expected.get(10 + i).best().tokenTexts());
      }
    }
  }

  @Test
  void everyKeyThatTheGraphObeysIsAmongThem() {
    assertThat(SEARCHES.stream().flatMap(it -> Arrays.stream(it.split(" ", -1))))
        .map(setting -> setting.replaceAll("^search\\.|=.*", ""))
        .containsAll(InGraphBeamSearch.supportedKeys());
  }

  private static CommandRun exported(String format, Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of("export", run, "--format", format, "--output", folder.resolve("no")));
    all.addAll(Arrays.asList(words));
    return CommandRun.of(all.toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "search.rules.no_repeat_ngram=2 | search.rules.no_repeat_ngram is 2: set it to 0",
        "search.rules.prefix=a | search.rules.prefix is a: set it to null",
        "search.type=sampling | search.type is sampling: set it to greedy or beam",
      })
  void whatIsNotInTheGraphIsSaid(String setting, String message) {
    CommandRun refused = exported("saved-model", "--set", setting);
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains(run + ": the search of a saved-model does not support these keys: " + message);
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void severalHypothesesAreNotInTheGraph() {
    CommandRun refused =
        exported("saved-model", "--set", "search={type: beam, size: 4, n_best: 3}");
    assertThat(refused.status()).isEqualTo(2);
    CommandRun several =
        exported("saved-model", "--set", "search.type=beam", "--set", "search.n_best=3");
    assertThat(several.status()).isEqualTo(1);
    assertThat(several.err()).contains("search.n_best is 3: set it to 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "npz", "safetensors"})
  void optionsOfASearchAreRefusedWhereThereIsNone(String format) {
    for (List<Object> words :
        List.<List<Object>>of(List.of("--beam", 3), List.of("--set", "search.size=3"))) {
      CommandRun refused = exported(format, words.toArray());
      assertThat(refused.status()).isEqualTo(2);
      assertThat(refused.err())
          .contains(
              "%s %s: only a saved-model contains a search, --format %s has none"
                  .formatted(words.get(0), words.get(1), format));
      assertThat(folder.resolve("no")).doesNotExist();
    }
  }

  @Test
  void aFolderThatIsThereIsNotWrittenTo() {
    CommandRun there = CommandRun.of("export", run, "--format", "saved-model", "--output", folder);
    assertThat(there.status()).isEqualTo(1);
    assertThat(there.err()).contains("already exists; name a new folder");
  }

  /** The graph itself finds the columns, in the ids: nothing more is fed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: multi-source, encoders: [{type: rnn, units: 6}, {type: rnn, units: 6}]}",
        "{type: factors, encoder: {type: rnn, units: 6}}"
      })
  void sourcesWithColumnsGiveWhatTranslateGives(String encoder) throws IOException {
    Path columns = Files.createDirectory(folder.resolve("columns-" + encoder.hashCode()));
    Path config = ToyConfig.write(columns);
    Files.writeString(
        columns.resolve("toy.tsv"), "ab\tN\tba\nabc\tV\tabc\nb\tN\tb\ncd\tV\tcd\n".repeat(9));
    Files.writeString(
        config,
        Files.readString(config)
            .replace("source: 0, target: 1", "source: [0, 1], separator: \"\\t\", target: 2")
            .replace(
                "source: {tokenizer: characters}",
                "source: {tokenizer: {type: columns, aligned: true, columns: [{tokenizer:"
                    + " characters}, {}]}}"));
    Path trained = columns.resolve("run");
    done("train", config, "--run", trained, "--set", "model.encoder=" + encoder);
    Path model = columns.resolve("model");
    done("export", trained, "--format", "saved-model", "--output", model);
    List<String> sources = List.of("ab\tN", "ab\tV", "abc\tN", "dcba\tV", "a\tN");
    SavedAnswers answers =
        SavedAnswers.of(
            model,
            List.of("a b <sep> N", "a b <sep> V", "a b c <sep> N", "d c b a <sep> V", "a <sep> N"));
    try (Translator translator = Translator.load(trained)) {
      List<Translation> expected = translator.translate(sources);
      for (int i = 0; i < sources.size(); i++) {
        Translation.Candidate best = expected.get(i).best();
        assertThat(answers.texts().get(i)).isEqualTo(String.join(" ", best.tokenTexts()));
        assertThat(answers.scores().get(i))
            .isCloseTo((float) best.score(), within(tolerance(best.score())));
      }
      // what the second column says matters
      assertThat(expected.get(0).best().score()).isNotEqualTo(expected.get(1).best().score());
    }
  }

  /** Its output layer has a state, which the beam reorders. */
  @Test
  void hardMonotonicAttentionGivesWhatTranslateGives() throws IOException {
    Path own = Files.createDirectory(folder.resolve("hard"));
    Path trained = own.resolve("run");
    List<Object> words = new ArrayList<>(List.of("train", ToyConfig.write(own), "--run", trained));
    for (String set :
        List.of(
            "model.decoder.attention=none",
            "model.output=hard-monotonic",
            "training.max_steps=30",
            "training.epochs=15",
            "training.optimizer=adam",
            "training.learning_rate=0.02")) {
      words.addAll(List.of("--set", set));
    }
    done(words.toArray());
    Path model = own.resolve("model");
    done(
        "export",
        trained,
        "--format",
        "saved-model",
        "--output",
        model,
        "--set",
        "search.type=beam",
        "--set",
        "search.size=4");
    List<String> sources = sources().subList(0, 100);
    try (Translator translator = Translator.load(trained);
        SavedModelBundle bundle = SavedModelBundle.load(model.toString(), "serve")) {
      SavedAnswers answers = SavedAnswers.of(bundle, SavedAnswers.spelled(sources));
      List<Translation> expected = translator.translate(sources, SearchConfig.beam(4));
      for (int i = 0; i < sources.size(); i++) {
        Translation.Candidate best = expected.get(i).best();
        assertThat(answers.texts().get(i))
            .as("%s", sources.get(i))
            .isEqualTo(String.join(" ", best.tokenTexts()));
        assertThat(answers.scores().get(i))
            .isCloseTo((float) best.score(), within(tolerance(best.score())));
      }
      assertThat(expected.stream().map(it -> it.best().text()).distinct()).hasSizeGreaterThan(5);
    }
  }

  private static void done(Object... words) {
    CommandRun run = CommandRun.of(words);
    assertThat(run.status()).as(run.err()).isZero();
  }
}
