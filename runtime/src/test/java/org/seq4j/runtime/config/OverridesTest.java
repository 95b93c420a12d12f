package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.runtime.config.Configs.bind;
import static org.seq4j.runtime.config.Configs.problems;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.Configs.LstmConfig;

class OverridesTest {
  private record Corpus(String file, @Key(doc = "", defaultValue = "1.0") float weight) {}

  private record Config(
      @Key(doc = "", defaultValue = "[]") List<Corpus> train,
      @Key(doc = "", defaultValue = "lstm") Component<Cell> cell,
      Optional<String> name) {}

  private static List<Corpus> train(String yaml, String... overrides) {
    return bind(Config.class, yaml, overrides).train();
  }

  @Test
  void replacesAValue() {
    assertThat(train("train: {file: a}", "train.file=b")).containsExactly(new Corpus("b", 1));
  }

  @Test
  void theLastOneWins() {
    assertThat(bind(Config.class, "{}", "name=a", "name=b").name()).contains("b");
  }

  private record Interval(
      Optional<Integer> everyEpochs,
      @Key(doc = "", excludes = "every_epochs") Optional<Integer> everySteps) {}

  private record Training(
      @Key(doc = "", defaultValue = "{}") Interval validation, Optional<Path> file) {}

  @Test
  void ofTwoKeysThatExcludeEachOtherTheOverrideCounts() {
    Training training =
        bind(Training.class, "validation: {every_epochs: 2}", "validation.every_steps=5");
    assertThat(training.validation()).isEqualTo(new Interval(Optional.empty(), Optional.of(5)));
    Training back =
        bind(Training.class, "validation: {every_steps: 5}", "validation.every_epochs=2");
    assertThat(back.validation()).isEqualTo(new Interval(Optional.of(2), Optional.empty()));
  }

  @Test
  void twoKeysOfOneFileThatExcludeEachOtherAreRefusedAtTheLater() {
    assertThat(
            problems(Training.class, "validation:\n  every_steps: 5\n  every_epochs: 2\nfile: x\n"))
        .isEqualTo("line 3  validation: set either every_epochs or every_steps, not both");
  }

  @Test
  void aRelativePathStartsFromTheWorkingDirectory() {
    assertThat(bind(Training.class, "file: a.tsv", "file=b.tsv").file())
        .contains(Path.of("b.tsv").toAbsolutePath());
  }

  @Test
  void valuesAreYaml() {
    assertThat(train("{}", "train=[{file: a}, {file: '1', weight: 2}]"))
        .containsExactly(new Corpus("a", 1), new Corpus("1", 2));
  }

  @Test
  void valuesMayContainEqualsSigns() {
    assertThat(bind(Config.class, "{}", "name=a=b").name()).contains("a=b");
  }

  @Test
  void nullTurnsOff() {
    assertThat(bind(Config.class, "name: x", "name=null").name()).isEmpty();
  }

  @Test
  void replacesInAList() {
    assertThat(train("train: [{file: a}, {file: b}]", "train[1].weight=2"))
        .containsExactly(new Corpus("a", 1), new Corpus("b", 2));
  }

  @Test
  void appendsToAList() {
    assertThat(train("train: [{file: a}]", "train[1].file=b"))
        .containsExactly(new Corpus("a", 1), new Corpus("b", 1));
  }

  @Test
  void aSingleValueIsTheFirstOfAList() {
    assertThat(train("train: {file: a}", "train[0].weight=2")).containsExactly(new Corpus("a", 2));
  }

  @Test
  void aListOfOneNeedsNoIndex() {
    assertThat(train("train: [{file: a}]", "train.weight=2")).containsExactly(new Corpus("a", 2));
  }

  @Test
  void makesWhatIsMissing() {
    assertThat(train("name: x", "train[0].file=b")).containsExactly(new Corpus("b", 1));
  }

  @Test
  void keepsTheTypeThatABareNameGave() {
    assertThat(bind(Config.class, "cell: lstm", "cell.forget_bias=2").cell().config())
        .isEqualTo(new LstmConfig(2));
  }

  @Test
  void keepsTheTypeOfTheDefault() {
    assertThat(bind(Config.class, "name: x", "cell.forget_bias=2").cell().config())
        .isEqualTo(new LstmConfig(2));
  }

  @Test
  void problemsNameTheOverride() {
    assertThat(problems(Config.class, "train: {file: a}", "train.wieght=2"))
        .isEqualTo("--set train.wieght=2  train.wieght: unknown key. Did you mean 'weight'?");
  }

  @Test
  void refusesAnIndexBeyondTheNext() {
    assertThat(problems(Config.class, "train: [{file: a}]", "train[3].file=b"))
        .isEqualTo(
            "--set train[3].file=b  train[3].file: there is no item [3]; the next index is [1]");
  }

  @Test
  void asksWhichOfSeveral() {
    assertThat(problems(Config.class, "train: [{file: a}, {file: b}]", "train.file=c"))
        .isEqualTo(
            "--set train.file=c  train.file: there is a list of 2 before 'file'. Add an index; the first is [0]");
  }

  @Test
  void refusesAKeyBelowAPlainValue() {
    assertThat(problems(Config.class, "name: x", "name.y=1"))
        .isEqualTo("--set name.y=1  name: expected text, got a map");
  }

  @Test
  void refusesAValueThatIsNotYaml() {
    assertThat(problems(Config.class, "{}", "name=[a"))
        .startsWith("--set name=[a  name: not valid YAML: while parsing a flow sequence");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name", "=x", "a..b=x", ".a=x", "a[x]=y", "a[=1", "[0]=x", "a[0]b=x", ""})
  void refusesWhatIsNoOverride(String override) {
    assertThat(problems(Config.class, "{}", override))
        .isEqualTo(
            "--set %s  not an override. Expected key=value, such as training.batch.size=32"
                .formatted(override));
  }
}
