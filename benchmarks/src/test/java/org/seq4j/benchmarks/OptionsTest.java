package org.seq4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void withoutArgumentsEverythingIsMeasured() {
    Options options = Options.parse();

    assertThat(options.workloads()).containsExactly(Workload.values());
    assertThat(options.tasks()).containsExactly(Task.values());
    assertThat(options.threads()).isEqualTo(2);
  }

  @Test
  void takesShapesAndOptionsInAnyOrder() {
    Options options =
        Options.parse(
            "long",
            "--rounds",
            "5",
            "small",
            "--task",
            "train",
            "--threads",
            "4",
            "--steps",
            "7",
            "--micro-batches",
            "--profile");

    assertThat(options.workloads()).containsExactly(Workload.SMALL, Workload.LONG);
    assertThat(options.tasks()).containsExactly(Task.TRAIN);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.steps()).isEqualTo(7);
    assertThat(options.threads()).isEqualTo(4);
    assertThat(options.microBatches()).isTrue();
    assertThat(options.profile()).isTrue();
  }

  @Test
  void saysWhatIsWrong() {
    assertWrong("shape: expected one of small, medium, short, long, mixed, got 'tiny'", "tiny");
    assertWrong("--task: expected one of train, decode, got 'fly'", "--task", "fly");
    assertWrong("--rounds takes a whole number from 1 to 999999, got '0'", "--rounds", "0");
    assertWrong("--threads needs a value", "--threads");
    assertWrong("there is no option --fast", "--fast");
  }

  private static void assertWrong(String message, String... arguments) {
    assertThatThrownBy(() -> Options.parse(arguments))
        .isInstanceOf(Options.UsageException.class)
        .hasMessage(message);
  }
}
