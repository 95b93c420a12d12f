package org.seq4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged files of a run: {@code seq4j translate} either translates, or names the file that is
 * wrong. It never ends in a stack trace or in a crash of the process.
 */
final class RunFuzzTest {
  /** A tokenizer for each kind of side file. Paths count from the folder of the config. */
  private static final Map<String, String> TOKENIZERS =
      Map.of(
          "characters", "characters",
          "bpe", "{type: bpe, codes: codes.bpe, vocabulary: counts.txt, vocabulary_threshold: 2}",
          "unigram", "{type: sentencepiece, model: unigram.model}",
          "pieces", "{type: sentencepiece, model: bpe.model}",
          "huggingface", "{type: huggingface, file: tokenizer.json}",
          "moses",
              "[{type: moses, abbreviations: abbreviations.txt}, {type: truecase, model: truecase.txt}]");

  @TempDir static Path folder;

  @BeforeAll
  static void trainRuns() throws IOException {
    Path toy = ToyConfig.write(folder);
    writeSideFiles();
    for (Map.Entry<String, String> entry : TOKENIZERS.entrySet()) {
      Path config = folder.resolve(entry.getKey() + ".yaml");
      Files.writeString(
          config,
          Files.readString(toy)
              .replace(
                  "source: {tokenizer: characters}",
                  "source: {tokenizer: " + entry.getValue() + "}")
              .replace("max_steps: 4", "max_steps: 1")
              .replace(
                  "search: {type: greedy}",
                  "search: {type: greedy, constraints: {type: shortlist, file: lexicon.txt}}"));
      ok("train", config, "--run", folder.resolve("runs").resolve(entry.getKey()));
    }
  }

  private static void writeSideFiles() throws IOException {
    Path words =
        Files.writeString(folder.resolve("words.txt"), "ab abc Abc cab. bca ab ab\n".repeat(9));
    ok(
        "tokenizer",
        "train",
        "bpe",
        "--set",
        "merges=6",
        "--output",
        folder.resolve("codes.bpe"),
        words);
    ok("tokenizer", "train", "truecase", "--output", folder.resolve("truecase.txt"), words);
    ok(
        "tokenizer",
        "train",
        "sentencepiece",
        "--set",
        "size=12",
        "--output",
        folder.resolve("unigram.model"),
        words);
    ok(
        "tokenizer",
        "train",
        "sentencepiece",
        "--set",
        "model=bpe",
        "--set",
        "size=270",
        "--set",
        "byte_fallback=true",
        "--output",
        folder.resolve("bpe.model"),
        words);
    Files.writeString(folder.resolve("counts.txt"), "a 9\nb 8\nc 7\na@@ 5\nb@@ 4\nab 3\n");
    Files.writeString(folder.resolve("abbreviations.txt"), "# some\nDr\nNo #NUMERIC_ONLY#\n");
    Files.writeString(folder.resolve("lexicon.txt"), "a\tb\t0.5\nb\ta\t0.25\na\tc\t1e-3\n");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [{"id": 0, "content": "[UNK]", "single_word": false, "lstrip": false,
           "rstrip": false, "normalized": false, "special": true}],
         "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
         "pre_tokenizer": {"type": "Whitespace"},
         "post_processor": null, "decoder": {"type": "BPEDecoder", "suffix": "</w>"},
         "model": {"type": "BPE", "dropout": null, "unk_token": "[UNK]",
           "continuing_subword_prefix": null, "end_of_word_suffix": null, "fuse_unk": false,
           "vocab": {"[UNK]": 0, "a": 1, "b": 2, "c": 3, "d": 4, "ab": 5},
           "merges": ["a b"]}}
        """);
  }

  private static void ok(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).as(run.err()).isZero();
  }

  @TestFactory
  Stream<DynamicTest> everyMessageNamesTheFile() throws IOException {
    return tests(8, 1);
  }

  @TestFactory
  @Tag("slow")
  Stream<DynamicTest> everyMessageOfTwoThousandNamesTheFile() throws IOException {
    return tests(2_000, 2);
  }

  private static Stream<DynamicTest> tests(int count, long seed) throws IOException {
    Map<String, Path> kinds = new LinkedHashMap<>(); // one file of each name
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*(tensorboard|last-|\\.lock).*"))
          .sorted()
          .forEach(file -> kinds.putIfAbsent(file.getFileName().toString(), file));
    }
    return kinds.values().stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    folder.relativize(file).toString(), () -> damage(file, count, seed)));
  }

  private static void damage(Path file, int count, long seed) throws IOException {
    byte[] good = Files.readAllBytes(file);
    boolean text = file.toString().matches(".*\\.(yaml|txt|json|jsonl|bpe|vocabulary)");
    String original = text ? Files.readString(file) : "";
    Mutator mutator = new Mutator(seed, Mutator.words(List.of(original)));
    Path run = folder.resolve("runs").resolve(folder.resolve("runs").relativize(file).getName(0));
    Map<String, String> faults = new TreeMap<>(); // one example of each
    for (int i = 0; i < count; i++) {
      byte[] bad = text ? mutator.text(original) : mutator.bytes(good);
      Files.write(file, bad);
      CommandRun translation = CommandRun.withInput("ab\nAbc cab.\n", "translate", run);
      String fault = fault(translation, run);
      if (!fault.isEmpty()) {
        faults.putIfAbsent(
            fault.replaceAll("[0-9]+", "0"),
            String.format(
                Locale.ROOT,
                "case %d of seed %d:%n%s%s%n---%n%s",
                i,
                seed,
                translation.out(),
                translation.err(),
                text ? new String(bad, UTF_8) : ""));
      }
    }
    Files.write(file, good);
    assertThat(faults).as("messages that do not name the file, or worse").isEmpty();
  }

  /** Returns what is wrong with the answer, or an empty text. */
  private static String fault(CommandRun translation, Path run) {
    String err = translation.err();
    if (err.contains("internal error") || err.contains("Exception") || err.contains("\tat ")) {
      return "not a message for users: " + err.lines().findFirst().orElse("");
    }
    if (translation.status() == 0) {
      long lines = translation.out().lines().count();
      return lines == 2 ? "" : lines + " lines for 2";
    }
    if (translation.status() != 1 && translation.status() != 3) {
      return "status " + translation.status();
    }
    return err.contains(run.toString()) ? "" : "does not name the file: " + err;
  }
}
