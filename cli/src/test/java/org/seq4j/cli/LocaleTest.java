package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.runtime.run.RunDirectory;

/** Locales whose digits, decimal point or letters are not those of English change nothing. */
@Timeout(120)
final class LocaleTest {
  private static final Locale ENGLISH = Locale.getDefault();

  @TempDir static Path folder;
  private static Path config;
  private static Path run;
  private static List<CommandRun> expected;

  @BeforeAll
  static void train() throws IOException {
    config = ToyConfig.write(folder);
    run = folder.resolve("english");
    CommandRun training = CommandRun.of("train", config, "--run", run);
    assertThat(training.status()).as(training.err()).isZero();
    expected = commands();
  }

  @AfterEach
  void setEnglish() {
    Locale.setDefault(ENGLISH);
  }

  @Test
  void trainingGivesTheSameFilesWithArabicDigits() throws IOException {
    Path arabic = folder.resolve("arabic");
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));

    CommandRun training = CommandRun.of("train", config, "--run", arabic);

    assertThat(training.status()).as(training.err()).isZero();
    assertThat(training.err()).contains("step 1 of 4  epoch 1  loss ");
    assertThat(arabic.resolve("metrics.jsonl"))
        .hasSameTextualContentAs(run.resolve("metrics.jsonl"));
    assertThat(best(arabic)).hasSameBinaryContentAs(best(run));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "tr-TR"})
  void theCommandsThatReadARunPrintTheSame(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));

    assertThat(commands()).isEqualTo(expected).allMatch(command -> command.status() == 0);
  }

  private static List<CommandRun> commands() {
    return List.of(
        CommandRun.withInput("abc\nd\n", "translate", run, "--n-best", 2),
        CommandRun.of("inspect", run),
        CommandRun.of("data", "inspect", config),
        CommandRun.of("plugins", "describe", "optimizer", "adam"));
  }

  private static Path best(Path run) {
    return new RunDirectory(run).bestCheckpoints().get(0);
  }
}
