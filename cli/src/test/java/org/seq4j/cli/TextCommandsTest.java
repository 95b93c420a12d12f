package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work on text alone. */
class TextCommandsTest {
  @TempDir private Path folder;

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTokenizerIsTrainedAndCutsAndJoins() throws IOException {
    Path text = file("text", "low low lower\nnewer\n");
    Path codes = folder.resolve("codes");
    assertThat(
            CommandRun.of("tokenizer", "train", "bpe", "--set", "merges=3", "--output", codes, text)
                .out())
        .isEqualTo(codes + "\n");
    assertThat(codes).hasContent("#version: 0.2\nl o\nw e\nwe r</w>");
    String bpe = "{type: bpe, codes: " + codes + "}";
    assertThat(CommandRun.of("tokenizer", "encode", bpe, "--input", text).out())
        .isEqualTo("lo@@ w lo@@ w lo@@ wer\nn@@ e@@ wer\n");
    assertThat(CommandRun.withInput("lo@@ w lo@@ wer\n", "tokenizer", "decode", bpe).out())
        .isEqualTo("low lower\n");
    assertThat(CommandRun.of("tokenizer", "inspect", bpe, "--input", text).out())
        .contains("lines              2", "exact round trips  2 of 2 lines");
  }

  @Test
  void spacesAmongTokensComeBack() {
    String cut = CommandRun.withInput("a  b c\n", "tokenizer", "encode", "characters").out();
    assertThat(cut).isEqualTo("a     b   c\n");
    assertThat(CommandRun.withInput(cut, "tokenizer", "decode", "characters").out())
        .isEqualTo("a  b c\n");
  }

  @Test
  void placesAreTold() {
    assertThat(CommandRun.withInput("Hi.\n", "tokenizer", "encode", "moses", "--json").out())
        .isEqualTo(
            "[{\"token\":\"Hi\",\"start\":0,\"end\":2},{\"token\":\".\",\"start\":2,\"end\":3}]\n");
  }

  @Test
  void aTokenizerThatIsNotThereIsAProblemOfTheConfiguration() {
    CommandRun run = CommandRun.of("tokenizer", "encode", "mozes");
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("no tokenizer named 'mozes'. Did you mean 'moses'?");
  }

  @Test
  void eitherATokenizerOrARunIsGiven() {
    CommandRun run = CommandRun.of("tokenizer", "encode");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("seq4j: give either a tokenizer or --run");
  }

  @Test
  void linesAreScored() {
    Path hypotheses = file("out", "the cat sat on the mat\na dog\n");
    Path references = file("ref", "the cat sat on the mat\nthe dog\n");
    assertThat(
            CommandRun.of(
                    "metrics",
                    "--hypotheses",
                    hypotheses,
                    "--references",
                    references,
                    "--metric",
                    "wer,exact-match",
                    "--metric",
                    "{type: bleu, tokenize: none}")
                .out())
        .startsWith("2 lines\n")
        .containsPattern("wer +12.50 %\nexact-match +50.00 %\nbleu +92.41\n")
        .contains("bleu  nrefs:1|case:mixed|eff:no|tok:none|smooth:exp|version:2.6.0");
  }

  @Test
  void twoSystemsAreCompared() {
    Path worse = file("worse", "a b x d e\nf g h i x\n".repeat(20));
    Path better = file("better", "a b c d e\nf g h i j\n".repeat(20));
    String out =
        CommandRun.of(
                "metrics",
                "--hypotheses",
                worse,
                "--hypotheses",
                better,
                "--references",
                better,
                "--metric",
                "bleu",
                "--confidence",
                "--json")
            .out();
    assertThat(out).contains("\"by_chance\":9.99").contains("\"low\":").contains("\"value\":100.0");
  }

  @Test
  void theSlotErrorReadsTheSources() {
    Path sources = file("src", "h <actions> OFFER name = Red Fox ; OFFER city = Bath\nbye\n");
    Path hypotheses = file("out", "the red fox\nbye\n");
    Path references = file("ref", "The Red Fox in Bath.\nBye!\n");
    List<Object> command =
        List.of(
            "metrics",
            "--hypotheses",
            hypotheses,
            "--references",
            references,
            "--metric",
            "slot-error");
    CommandRun without = CommandRun.of(command.toArray());
    assertThat(without.status()).isEqualTo(1);
    assertThat(without.err())
        .isEqualTo(
            "seq4j: slot-error reads the sources: add --sources FILE, with a line per hypothesis\n");
    List<Object> with = new ArrayList<>(command);
    with.addAll(List.of("--sources", sources, "--confidence"));
    assertThat(CommandRun.of(with.toArray()).out()).containsPattern("slot-error +50.00 % \\[");
    Path shorter = file("short", "h\n");
    with.set(with.indexOf(sources), shorter);
    assertThat(CommandRun.of(with.toArray()).err())
        .isEqualTo(
            "seq4j: %s has 2 lines, %s has 1 line: expected the same number, line n of one belongs to line n of the other\n"
                .formatted(hypotheses, shorter));
  }

  @Test
  void unequalFilesAreRefused() {
    Path hypotheses = file("out", "a\nb\n");
    Path references = file("ref", "a\n");
    CommandRun run =
        CommandRun.of("metrics", "--hypotheses", hypotheses, "--references", references);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "seq4j: %s has 2 lines, %s has 1 line: expected the same number, line n of one belongs to line n of the other\n"
                .formatted(hypotheses, references));
  }

  @Test
  void dataAreLookedAtBeforeTraining() {
    file("train.tsv", "a b c\tc b a\nd e\te d\na b c\tx\n");
    file("dev.tsv", "a b c\tc b a\nz\tz\n");
    Path config =
        file(
            "toy.yaml",
            """
            name: toy
            data:
              train: {file: train.tsv, source: 0, target: 1}
              dev: {file: dev.tsv, source: 0, target: 1}
            model:
              embedding: {source: 4, target: 4}
              encoder: {type: rnn, cell: gru, units: 4}
              decoder: {type: rnn, cell: gru, units: 4}
            """);
    assertThat(CommandRun.of("data", "inspect", config).out())
        .contains("train         3        2     3")
        .contains("LEAK: the sources of 1 example of dev are in the training data")
        .contains("dev source             9       4      1.00  25.00 %")
        .contains("1 batch of the first 3 pairs")
        .contains("  source  a b c\n          a b c\n  target  c b a");
  }

  @Test
  void targetsThatTheirTokensDoNotGiveBackAreCounted() {
    file("train.tsv", "a\tat 12:30\nb\tat noon\nc\tat  one\n");
    Path config =
        file(
            "toy.yaml",
            """
            name: toy
            data: {train: {file: train.tsv, source: 0, target: 1}}
            target: {tokenizer: moses}
            model:
              embedding: {source: 4, target: 4}
              encoder: {type: rnn, cell: gru, units: 4}
              decoder: {type: rnn, cell: gru, units: 4}
            """);
    assertThat(CommandRun.of("data", "inspect", config).out())
        .contains(
            "tokens give back 66.67 % of the train targets; not 'at 12:30', which becomes 'at 12: 30'");
    assertThat(CommandRun.of("data", "inspect", config, "--json").out())
        .contains("\"restored_targets\":0.6666666666666666");
    assertThat(
            CommandRun.of("data", "inspect", config, "--set", "target.tokenizer=whitespace").out())
        .doesNotContain("tokens give back");
  }
}
