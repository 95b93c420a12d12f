package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands, the config and the requests of docs/using.md work, in their order. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UsingPageTest {
  private static final String PAGE = "docs/using.md";

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    write(folder);
  }

  /** Writes what the page's commands read. */
  static void write(Path folder) throws IOException {
    Random random = new Random(4);
    Files.write(folder.resolve("train.tsv"), pairs(random, 300));
    Files.write(folder.resolve("dev.tsv"), pairs(random, 30));
    Files.writeString(
        folder.resolve("turns.tsv"), "hi <turn> where? <turn> Bath\tOFFER city = Bath\tBath\n");
    Files.writeString(folder.resolve("source.txt"), "a b c\nd\nc c zebra\n");
    Files.writeString(folder.resolve("target.txt"), "a b c\nd\nc c a\n");
    Files.writeString(folder.resolve("names.txt"), "zebra\tZebra\n");
    Files.writeString(
        folder.resolve("lexicon.txt"),
        Stream.of("a", "b", "c", "d", "e", "f")
            .map(it -> it + "\t" + it + "\t0.9\n")
            .collect(Collectors.joining()));
  }

  /** Sequences of letters, to be copied. */
  private static List<String> pairs(Random random, int lines) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      String line =
          random
              .ints(1 + random.nextInt(5), 'a', 'g')
              .mapToObj(letter -> String.valueOf((char) letter))
              .collect(Collectors.joining(" "));
      pairs.add(line + "\t" + line);
    }
    return pairs;
  }

  @Test
  @Order(1)
  void itsCommandsWork() throws IOException {
    assertThat(new PageCommands(folder).run(PAGE, "using.yaml")).hasSizeGreaterThan(15);
  }

  private static List<String> lines(CommandRun run) {
    assertThat(run.status()).as(run.err()).isZero();
    return run.out().lines().toList();
  }

  private static CommandRun translate(Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "translate",
                folder.resolve("runs/first"),
                "--input",
                folder.resolve("source.txt")));
    all.addAll(Arrays.asList(words));
    return CommandRun.of(all.toArray());
  }

  @Test
  @Order(2)
  void whatIsAskedOfTheSearchIsThereInTheAnswers() {
    assertThat(lines(translate())).startsWith("a b c", "d");
    assertThat(
            lines(
                translate(
                    "--set",
                    "search.rules.prefix=f f",
                    "--set",
                    "search.rules.required=[a, b c]",
                    "--set",
                    "search.rules.forbidden=[e, c c]")))
        .hasSize(3)
        .allMatch(line -> line.startsWith("f f") && line.contains("a") && line.contains("b c"))
        .noneMatch(line -> line.contains("e") || line.contains("c c"));
    assertThat(lines(translate("--n-best", 4, "--set", "search.type=sampling"))).hasSize(12);
    assertThat(lines(translate("--set", "search.length.min=7")))
        .allMatch(line -> line.split(" ", -1).length >= 7);
    assertThat(
            lines(
                translate(
                    "--set",
                    "search.constraints={type: shortlist, file: %s, frequent: 0}"
                        .formatted(folder.resolve("lexicon.txt")))))
        .startsWith("a b c", "d");
  }

  /** Other lines run in this process, whose working directory cannot change. */
  @Test
  @Order(2)
  void theLineWithAShortlistWorksAsItIsTyped() throws IOException, InterruptedException {
    String line =
        Files.readAllLines(CommandRun.project(PAGE)).stream()
            .filter(it -> it.startsWith("seq4j translate") && it.contains("shortlist"))
            .findFirst()
            .orElseThrow();
    List<String> command = JavaCommand.of(Main.class.getName());
    Matcher words = Pattern.compile("'([^']*)'|(\\S+)").matcher(line.substring("seq4j ".length()));
    while (words.find()) {
      command.add(words.group(1) == null ? words.group(2) : words.group(1));
    }
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    String answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(answers).startsWith("a b c\nd\n");
  }

  @Test
  @Order(2)
  void whatTheSearchCannotDoIsSaid() {
    CommandRun unknown = translate("--set", "search.rules.required=[zebra]");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err())
        .contains("search: 'zebra' contains the token 'zebra', which the model cannot generate");
    CommandRun groups = translate("--set", "search.diversity={groups: 3}");
    assertThat(groups.status()).isEqualTo(3);
    assertThat(groups.err())
        .contains("diversity.groups: expected a divisor of the beam size, 4, got 3");
    CommandRun key = translate("--set", "search.rules.no_repeat_ngrams=3");
    assertThat(key.status()).isEqualTo(3);
    assertThat(key.err())
        .contains("search.rules.no_repeat_ngrams: unknown key. Known: no_repeat_ngram,");
    assertThat(translate("--set", "training.epochs=3").status()).isEqualTo(2);
    CommandRun lexicon =
        translate("--set", "search.unknown=copy", "--lexicon", folder.resolve("source.txt"));
    assertThat(lexicon.status()).isEqualTo(1);
    assertThat(lexicon.err()).contains("source.txt, line 1: expected a source token, a tab");
  }

  @Test
  @Order(2)
  void anOldKeyIsToldWhereItIsNow() {
    CommandRun moved = translate("--set", "search.min_length=7");
    assertThat(moved.status()).isEqualTo(3);
    assertThat(moved.err())
        .contains(
            "--set search.min_length=7  search.min_length: this key is now search.length.min");
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource(
      delimiter = '|',
      value = {
        "--set search.n_best=3 | --set search.n_best=3: use --n-best instead, which also writes them",
        "--set search.size=3 --beam 2 | --beam 2 sets search.type and search.size: omit it or --set search.size=3",
        "--set search.size=2 --n-best 3 | n_best is 3, but the beam has 2 hypotheses",
        "--set search.type=greedy --n-best 3 | n_best is 3, but a greedy search has one hypothesis",
        "--lexicon names.txt | --lexicon requires --set search.unknown=copy",
        "--weights 2 | --weights requires --with: it weights the models of an ensemble",
      })
  void optionsWithoutEffectAreRefused(String words, String message) {
    CommandRun refused =
        translate((Object[]) words.replace("names.txt", folder + "/names.txt").split(" ", -1));
    assertThat(refused.err()).contains(message);
    assertThat(refused.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @Order(2)
  @CsvSource(
      delimiter = '|',
      value = {
        "--mix 0.5 | --mix requires --n-best",
        "--precision bf16 | --precision bf16: a single model scores given targets in f32 only; omit the option",
      })
  void optionsOfScoringWithoutEffectAreRefused(String words, String message) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "score",
                folder.resolve("runs/first"),
                "--source",
                folder.resolve("source.txt"),
                "--target",
                folder.resolve("target.txt")));
    all.addAll(Arrays.asList(words.split(" ", -1)));
    CommandRun refused = CommandRun.of(all.toArray());
    assertThat(refused.err()).contains(message);
    assertThat(refused.status()).isEqualTo(2);
  }

  @Test
  @Order(2)
  void howManyHypothesesIsNothingToEvaluate() {
    CommandRun refused =
        CommandRun.of(
            "evaluate", folder.resolve("runs/first"), "--split", "dev", "--set", "search.n_best=2");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("--set search.n_best=2: only the best hypothesis is scored; omit it");
  }

  @Test
  @Order(2)
  void aListComesBackInTheOrderOfAnotherModel() throws IOException {
    Path list = folder.resolve("list.tsv");
    lines(translate("--n-best", 4, "--output", list));
    List<String> rescored =
        lines(
            CommandRun.of(
                "score",
                folder.resolve("runs/second"),
                "--source",
                folder.resolve("source.txt"),
                "--n-best",
                list));
    assertThat(rescored).hasSameSizeAs(Files.readAllLines(list));
    List<String> sources = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    List<String> read = Files.readAllLines(folder.resolve("source.txt"));
    double before = 0;
    int number = 0;
    for (String line : rescored) {
      String[] columns = line.split("\t", -1);
      double score = Double.parseDouble(columns[1]);
      if (Integer.parseInt(columns[0]) == number) {
        assertThat(score).isLessThanOrEqualTo(before);
      }
      number = Integer.parseInt(columns[0]);
      before = score;
      sources.add(read.get(number - 1));
      targets.add(columns[2]);
    }
    Files.write(folder.resolve("sources"), sources);
    Files.write(folder.resolve("targets"), targets);
    assertThat(
            lines(
                CommandRun.of(
                    "score",
                    folder.resolve("runs/second"),
                    "--source",
                    folder.resolve("sources"),
                    "--target",
                    folder.resolve("targets"))))
        .isEqualTo(rescored.stream().map(line -> line.split("\t", -1)[1]).toList());
    Files.writeString(list, "9\t-1\ta\n");
    CommandRun wrong =
        CommandRun.of(
            "score",
            folder.resolve("runs/second"),
            "--source",
            folder.resolve("source.txt"),
            "--n-best",
            list);
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("list.tsv, line 1: expected NUMBER TAB SCORE TAB TEXT");
  }

  @Test
  @Order(2)
  void pythonGetsWhatTranslateSays() throws Exception {
    String python = Optional.ofNullable(System.getenv("PYTHON")).orElse("python3");
    Assumptions.assumeTrue(
        python(python, "import tensorflow").isPresent(),
        python + " cannot import tensorflow; PYTHON names one that can");
    List<String> sources =
        pairs(new Random(5), 500).stream().map(it -> it.split("\t", -1)[0]).toList();
    Files.write(folder.resolve("many.txt"), sources);
    String page = Files.readString(CommandRun.project(PAGE));
    int begin = page.indexOf("```python\n") + "```python\n".length();
    String program =
        page.substring(begin, page.indexOf("```", begin))
            .replace("\"runs/saved\"", "r'" + folder.resolve("runs/saved") + "'")
            .replace("[\"a b c\", \"d\"]", "lines")
            .replace("print(", "print('numpy:', ");
    String answer =
        python(
                python,
                """
                lines = open(r'%s').read().splitlines()
                %s
                for text in answer["text"].numpy(): print("said:", text.decode())
                """
                    .formatted(folder.resolve("many.txt"), program))
            .orElseThrow();
    assertThat(answer).contains("numpy: [b'");
    assertThat(answer.lines().filter(it -> it.startsWith("said: ")))
        .isEqualTo(
            lines(
                    CommandRun.of(
                        "translate",
                        folder.resolve("runs/first"),
                        "--input",
                        folder.resolve("many.txt")))
                .stream()
                .map(it -> "said: " + it)
                .toList());
  }

  /** What a program writes; nothing if it fails. */
  private static Optional<String> python(String python, String program) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(python, "-c", program)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return Optional.empty(); // there is no Python
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.of(out) : Optional.empty();
  }

  @Test
  @Order(2)
  void whatNeedsAttentionIsRefusedWithoutIt() {
    Path blind = folder.resolve("blind");
    CommandRun trained =
        CommandRun.of(
            "train",
            folder.resolve("using.yaml"),
            "--run",
            blind,
            "--set",
            "model.decoder.attention=none",
            "--set",
            "training.max_steps=5");
    assertThat(trained.status()).as(trained.err()).isZero();
    Path source = folder.resolve("source.txt");
    for (List<String> words :
        List.of(
            List.of("--alignment"),
            List.of("--set", "search.unknown=copy"),
            List.of("--set", "search.ranking.coverage_penalty=1"))) {
      List<Object> all = new ArrayList<>(List.of("translate", blind, "--input", source));
      all.addAll(words);
      CommandRun refused = CommandRun.of(all.toArray());
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).contains("attention");
    }
    CommandRun aligned =
        CommandRun.of("score", blind, "--source", source, "--target", source, "--alignment");
    assertThat(aligned.status()).isEqualTo(1);
    assertThat(aligned.err()).contains("alignment: the model has no attention");
    assertThat(translate("--set", "search.ranking.coverage_penalty=0.2").status()).isZero();
  }

  /** With curl itself, as a reader would. */
  @Test
  @Order(3)
  void itsRequestsAreAnswered() throws Exception {
    Assumptions.assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0,
        "there is no curl");
    Path other = folder.resolve("other");
    Files.move(folder.resolve("runs/second"), other);
    List<String> requests = new ArrayList<>();
    for (String page : List.of(PAGE, "README.md")) {
      Files.readAllLines(CommandRun.project(page)).stream()
          .filter(line -> line.startsWith("curl "))
          .forEach(requests::add);
    }
    assertThat(requests).hasSize(9);
    try (ServedModels served =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()),
            folder.resolve("runs/first"),
            other)) {
      for (String request : requests) {
        String here =
            request
                .replace("http://127.0.0.1:8080/", served.server.address().toString())
                .replaceFirst("curl -sN?", "$0 -w '%{http_code}'");
        Process curl = new ProcessBuilder("sh", "-c", here).redirectErrorStream(true).start();
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).isZero();
        assertThat(answer).as(request).endsWith("200");
      }
    }
  }
}
