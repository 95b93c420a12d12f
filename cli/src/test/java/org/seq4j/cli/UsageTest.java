package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments, help, and what needs no model. */
final class UsageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian x.yaml                         | Unmatched arguments from index 0: 'trian', 'x.yaml'",
        "train                                | Missing required parameter: 'CONFIG'",
        "train x.yaml --sett a=b              | Unknown options: '--sett', 'a=b'",
        "translate runs/x --beam 2 --n-best 3 | --n-best 3: a beam of 2 finds only 2",
        "translate runs/x --beam 0            | --beam: expected a number from 1 to 1000",
        "translate runs/x --beam many         | Invalid value for option '--beam'",
        "translate runs/x --attention         | --attention requires --json",
        "evaluate runs/x --source a           | --source and --reference go together",
        "evaluate runs/x --split best         | Invalid value for option '--split'",
        "evaluate runs/x --metric bleu2       | there is no metric 'bleu2'. Known: bleu, cer, chrf, chrf++, distinct-1, distinct-2, exact-match, mae, mse, perplexity",
        "evaluate runs/x --metric ser,xx      | there is no metric 'xx'. Known: bleu, cer, chrf, chrf++, distinct-1, distinct-2, exact-match, mae, mse, perplexity",
        "plugins describe cells lstm          | there is no kind 'cells'. Known: encoder, decoder",
        "plugins describe cell lst            | there is no cell 'lst'. Known: ",
        "data generate moons --output x       | there is no data set 'moons'. Known: reverse, dates",
      })
  void wrongUsageIsStatus2(String arguments, String message) {
    CommandRun run = CommandRun.of((Object[]) arguments.split(" ", -1));

    assertThat(run.err()).startsWith("seq4j: " + message).contains("--help'.");
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "demo --help",
        "train --help",
        "translate --help",
        "chat --help",
        "evaluate --help",
        "check --help",
        "inspect --help",
        "plugins --help",
        "plugins list --help",
        "plugins describe --help",
        "data --help",
        "data split --help",
        "data list --help",
        "data generate --help"
      })
  void helpHasItsPlaceOnStdout(String arguments) {
    CommandRun run = CommandRun.of((Object[]) arguments.split(" ", -1));

    assertThat(run.out()).startsWith("Usage: seq4j");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void helpDoesNotHideThatThereIsNoSuchCommand() {
    CommandRun run = CommandRun.of("nosuchcommand", "--help");
    assertThat(run.err()).startsWith("seq4j: Unmatched argument at index 0: 'nosuchcommand'");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void completionIsAScriptForBash() {
    assertThat(CommandRun.of("completion").out())
        .startsWith("#!/usr/bin/env bash")
        .contains("_picocli_seq4j_translate");
  }

  @Test
  void noCommandIsWrongUsageAndShowsTheHelp() {
    assertThat(CommandRun.of().err()).isEqualTo(CommandRun.of("--help").out());
    assertThat(CommandRun.of().status()).isEqualTo(2);
  }

  @Test
  void tellsItsVersion() {
    assertThat(CommandRun.of("--version").out()).startsWith("seq4j ");
  }

  @Test
  void showsAStackTraceOnlyIfAsked(@TempDir Path folder) {
    assertThat(CommandRun.of("inspect", folder).err()).doesNotContain("\tat ");
    assertThat(CommandRun.of("inspect", folder, "--verbose").err()).contains("\tat org.seq4j");
    assertThat(CommandRun.of("--verbose", "inspect", folder).err()).contains("\tat org.seq4j");
  }

  @Test
  void listsComponentsWithTheirOrigins() {
    assertThat(CommandRun.of("plugins", "list").out().lines())
        .anyMatch(
            line -> line.matches("attention +luong +seq4j-attention.*|attention +luong +attention"))
        .anyMatch(line -> line.startsWith("cell ") && line.contains("lstm"));
  }

  @Test
  void describesAComponentWithYamlToPaste() {
    assertThat(CommandRun.of("plugins", "describe", "attention", "luong").out())
        .contains("  score  one of dot, scaled-dot, general, concat; default general\n")
        .contains("  Multiplicative attention over all positions (Luong et al. 2015")
        .contains("attention:\n  type: luong\n  score: general\n");
  }

  @Test
  void listsTheDataThatItMakes() {
    assertThat(CommandRun.of("data", "list").out().lines())
        .hasSize(8)
        .anyMatch(line -> line.startsWith("debian "))
        .anyMatch(line -> line.startsWith("dates "));
  }

  @Test
  void makesData(@TempDir Path folder) {
    CommandRun run = CommandRun.of("data", "generate", "dates", "--output", folder);

    assertThat(run.out().lines())
        .containsExactly(
            folder.resolve("train.tsv").toString(),
            folder.resolve("dev.tsv").toString(),
            folder.resolve("test.tsv").toString());
    assertThat(folder.resolve("test.tsv")).isNotEmptyFile();
  }
}
