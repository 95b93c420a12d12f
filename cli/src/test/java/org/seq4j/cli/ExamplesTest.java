package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The config files of the examples, and what their pages tell people to type. */
final class ExamplesTest {
  private static final Path EXAMPLES = CommandRun.project("examples");

  /** Its data are not made by Seq4j: an environment variable tells where they are. */
  private static final String PUBLISHED_SPLIT = "pronunciation/cmudict-g014b2b.yaml";

  private static final String BEST = "pronunciation/best.yaml";
  private static final String PRONUNCIATION_TRANSFORMER = "pronunciation/transformer.yaml";
  private static final String INFLECTION = "inflection/inflection.yaml";

  private static final String SUMMARISATION = "summarisation/summarisation.yaml";
  private static final String DIALOGUE = "dialogue/dialogue.yaml";

  /** Its data are a task's, which the page says how to fetch. */
  private static final String TRANSLATION = "translation/translation.yaml";

  private static final String TRANSLATION_TRANSFORMER = "translation/transformer.yaml";
  private static final String DEBIAN = "translation/debian.yaml";

  /** Their data are made of recordings, which the page says how to fetch. */
  private static final String DIGITS = "speech/digits.yaml";

  private static final String RUSSIAN = "speech/russian.yaml";

  /** Its vocabulary is that of the run of the model above. */
  private static final String RUSSIAN_LM = "speech/russian-lm.yaml";

  @TempDir Path copy;

  static List<Path> configsWithMadeData() throws IOException {
    return configs().stream()
        .filter(
            config ->
                Stream.of(
                        PUBLISHED_SPLIT,
                        BEST,
                        PRONUNCIATION_TRANSFORMER,
                        INFLECTION,
                        DIALOGUE,
                        SUMMARISATION,
                        TRANSLATION,
                        TRANSLATION_TRANSFORMER,
                        DEBIAN,
                        DIGITS,
                        RUSSIAN,
                        RUSSIAN_LM)
                    .noneMatch(config::endsWith))
        .toList();
  }

  static List<Path> configs() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES, 2)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("plugin/plugin.yaml")) // see PluginProjectTest
          .map(EXAMPLES::relativize)
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreThese() throws IOException {
    assertThat(configs())
        .map(Path::toString)
        .containsExactly(
            "dates/dates.yaml",
            DIALOGUE,
            INFLECTION,
            BEST,
            PUBLISHED_SPLIT,
            "pronunciation/pronunciation.yaml",
            PRONUNCIATION_TRANSFORMER,
            "reverse-context-vector/reverse-context-vector.yaml",
            "reverse/reverse.yaml",
            "series/series.yaml",
            DIGITS,
            RUSSIAN_LM,
            RUSSIAN,
            SUMMARISATION,
            DEBIAN,
            TRANSLATION_TRANSFORMER,
            TRANSLATION);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void isValidOnceItsDataAreThere(Path config) throws IOException {
    Path file = copyWithData(config);

    CommandRun check = CommandRun.of("check", file);

    assertThat(check.err()).isEmpty();
    assertThat(check.out()).startsWith(file + ": ok");
    assertThat(check.status()).isZero();
  }

  @Test
  void theSidesOfTheTranslationPageAreValid() throws IOException {
    Path file = copyWithData(Path.of(TRANSLATION));
    String page = Files.readString(EXAMPLES.resolve(TRANSLATION).resolveSibling("README.md"));
    String block = page.substring(page.indexOf("```yaml\n") + "```yaml\n".length());
    String sides = block.substring(0, block.indexOf("```")).replace("codes.bpe", "data/codes.bpe");
    String config = Files.readString(file);
    Files.writeString(
        file,
        config.substring(0, config.indexOf("source:\n"))
            + sides
            + config.substring(config.indexOf("model:\n")));
    assertThat(CommandRun.of("check", file).out())
        .contains("moses (language de), bpe (codes ")
        .startsWith(file + ": ok");
  }

  @ParameterizedTest
  @MethodSource("configsWithMadeData")
  void missingDataAreAProblemThatSaysHowToMakeThem(Path config) throws IOException {
    Path file = copy(config);
    String name = config.startsWith("reverse-context-vector") ? "reverse" : name(config);

    CommandRun check = CommandRun.of("check", file);

    Path data = copy.resolve("examples").resolve(name).resolve("data");
    assertThat(check.err())
        .startsWith(file + ": 3 problems")
        .contains("data.train[0].file: no such file: " + data.resolve("train.tsv"))
        .endsWith(
            "To generate these data:\n  seq4j data generate " + name + " --output " + data + "\n");
    assertThat(check.status()).isEqualTo(3);
  }

  @Test
  void theDemosConfigIsValid() throws IOException {
    try (var in = Main.class.getResourceAsStream("command/demo.yaml")) {
      Files.copy(in, copy.resolve("demo.yaml"));
    }
    writeData(copy);

    assertThat(CommandRun.of("check", copy.resolve("demo.yaml")).status()).isZero();
  }

  @ParameterizedTest
  @MethodSource("configs")
  void itsPageNamesTheFilesThatAreThere(Path config) throws IOException {
    String page = Files.readString(EXAMPLES.resolve(config).resolveSibling("README.md"));

    assertThat(page)
        .contains("./seq4j train examples/" + config)
        .contains(
            config.startsWith("translation")
                ? "./seq4j tokenizer train bpe "
                : "./seq4j data generate ")
        .contains("./seq4j evaluate runs/" + nameIn(EXAMPLES.resolve(config)));
  }

  private static String nameIn(Path config) throws IOException {
    return Files.readAllLines(config).stream()
        .filter(line -> line.startsWith("name: "))
        .map(line -> line.split("\\s+", -1)[1]) // a comment may follow
        .findFirst()
        .orElseThrow();
  }

  /** With jq itself, as a reader would. */
  @Test
  void theTurnsOfADialogueBecomeColumns() throws IOException, InterruptedException {
    Assumptions.assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v jq").start().waitFor() == 0, "there is no jq");
    Path dialogues =
        Files.writeString(
            copy.resolve("dialogues_001.json"),
            """
            [{"dialogue_id": "7_00001", "services": ["Pubs_1"], "turns": [
              {"speaker": "USER", "utterance": "A pub\\n please ", "frames": [{"actions": []}]},
              {"speaker": "SYSTEM", "utterance": "In \\"Bath\\" or York?", "frames": [{"actions": [
                {"act": "REQUEST", "slot": "city", "values": ["Bath", "York"]},
                {"act": "REQ_MORE", "slot": "", "values": []}]}]},
              {"speaker": "USER", "utterance": "Bath", "frames": []},
              {"speaker": "SYSTEM", "utterance": "The Lion.", "frames": [{"actions": [
                {"act": "OFFER", "slot": "name", "values": ["The Lion"]}]}]},
              {"speaker": "USER", "utterance": "Bye", "frames": []},
              {"speaker": "SYSTEM", "utterance": "Bye!", "frames": [{"actions": [
                {"act": "GOODBYE", "slot": "", "values": []}]}]}]}]
            """);
    Path program = EXAMPLES.resolve("dialogue/columns.jq");
    Process jq =
        new ProcessBuilder("jq", "-r", "-f", program.toString(), dialogues.toString())
            .redirectErrorStream(true)
            .start();
    String columns = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(columns)
        .isEqualTo(
            """
            7_00001\tA pub please\tREQUEST city = Bath | York ; REQ_MORE\tIn "Bath" or York?
            7_00001\tA pub please <turn> In "Bath" or York? <turn> Bath\tOFFER name = The Lion\tThe Lion.
            7_00001\tBath <turn> The Lion. <turn> Bye\tGOODBYE\tBye!
            """);
  }

  private static String name(Path config) {
    return config.getName(0).toString();
  }

  private Path copy(Path config) throws IOException {
    Path file = copy.resolve("examples").resolve(config);
    Files.createDirectories(file.getParent());
    String text = Files.readString(EXAMPLES.resolve(config));
    return Files.writeString(
        file,
        text.replace("${CMUDICT}", "data").replace("${MORPH}", "data").replace("${SGD}", "data"));
  }

  private Path copyWithData(Path config) throws IOException {
    Path file = copy(config);
    Path protectedPatterns = EXAMPLES.resolve(config).resolveSibling("protected.txt");
    if (Files.exists(protectedPatterns)) {
      Files.copy(protectedPatterns, file.resolveSibling("protected.txt"));
    }
    Path data = copy.resolve("examples").resolve(name(config)).resolve("data");
    for (String folder : List.of("", "digits", "russian", "summaries", "debian/en-it")) {
      writeData(data.resolve(folder));
    }
    if (config.endsWith(RUSSIAN_LM)) {
      Files.writeString(data.resolve("russian/text.txt"), "1 2 3\n");
      Path run = Files.createDirectories(copy.resolve("runs").resolve("russian"));
      Files.writeString(
          run.resolve("target.vocabulary"),
          "<pad>\n<unk>\n<s>\n</s>\n \n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    }
    if (config.endsWith(DEBIAN)) {
      trainPieces(data.resolve("debian"));
    }
    writeData(copy.resolve("examples").resolve("reverse").resolve("data"));
    return file;
  }

  private static void trainPieces(Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), "a dog\nthe cats and dogs\n");
    CommandRun pieces =
        CommandRun.of(
            "tokenizer",
            "train",
            "sentencepiece",
            "--set",
            "size=20",
            "--output",
            folder.resolve("pieces.model"),
            text);
    assertThat(pieces.status()).as(pieces.err()).isZero();
  }

  private static void writeData(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String file :
        List.of("train.tsv", "dev.tsv", "test.tsv", "g014b2b.train", "g014b2b.ref")) {
      String vector = "1 2 3 4 5 6 7 8 9 10"; // for series: any text will do for the others
      Files.writeString(folder.resolve(file), vector + "\t" + vector + "\n");
    }
    for (String file : List.of("tur.trn", "tur.dev", "tur.tst")) {
      Files.writeString(folder.resolve(file), "dil\tN;ACC(SG)\tdili\n");
    }
    for (String file : List.of("train.tsv.gz", "dev.tsv.gz", "test.tsv.gz")) {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(file)))) {
        String line = "1_1\tA pub?\tOFFER name = Lion ; OFFER city = Bath\tThe Lion in Bath.\n";
        out.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    for (String file : List.of("train", "val", "test")) {
      Files.writeString(folder.resolve(file + ".de"), "ein hund\n");
      Files.writeString(folder.resolve(file + ".en"), "a dog\n");
    }
    Files.writeString(folder.resolve("codes.bpe"), "#version: 0.2\nd o\n");
  }
}
