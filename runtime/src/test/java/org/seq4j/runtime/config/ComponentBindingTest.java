package org.seq4j.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seq4j.runtime.config.Configs.bind;
import static org.seq4j.runtime.config.Configs.problems;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.config.Configs.BleuConfig;
import org.seq4j.runtime.config.Configs.LstmConfig;
import org.seq4j.runtime.config.Configs.WordsConfig;
import org.seq4j.runtime.config.Configs.ZoneoutConfig;

class ComponentBindingTest {
  private static final String PLUGIN =
      ". If it is part of a plugin, put the plugin's jar into plugins/, or name its folder with --plugins";

  private record Model(Component<Cell> cell) {}

  private record Defaults(
      @Key(doc = "", defaultValue = "{type: zoneout, cell: gru, rate: 0.3}")
          Component<Cell> cell) {}

  private record Evaluation(List<Component<Metric>> metrics) {}

  private record Text(List<Component<Tokenizer>> tokenizer) {}

  private record Maybe(Optional<Component<Cell>> cell) {}

  private record Off(@Key(doc = "", defaultValue = "{type: gru}") Optional<Component<Cell>> cell) {}

  private record Coder(Component<Encoder> encoder) {}

  private static final String KNOWN =
      " Known: gru, lstm (seq4j-layers-rnn 0.1.0), zoneout (acme 0.3, plugins/acme.jar)";

  @Test
  void typeDecidesOnTheKeys() {
    assertThat(bind(Model.class, "cell: {type: lstm, forget_bias: 2}").cell().config())
        .isEqualTo(new LstmConfig(2));
  }

  @Test
  void aBareNameHasAllDefaults() {
    assertThat(bind(Model.class, "cell: lstm").cell().config()).isEqualTo(new LstmConfig(1));
  }

  @Test
  void bindsAtAnyDepth() {
    Component<Cell> cell = bind(Model.class, "cell: {type: zoneout, cell: {type: gru}}").cell();
    assertThat(cell.config()).isInstanceOf(ZoneoutConfig.class);
    assertThat(((ZoneoutConfig) cell.config()).cell().type()).isEqualTo("gru");
  }

  @Test
  void metricsGoByNameOrType() {
    Evaluation evaluation =
        bind(Evaluation.class, "metrics: [bleu, {name: bleu, tokenize: char}, {type: bleu}]");
    assertThat(evaluation.metrics())
        .extracting(Component::config)
        .containsExactly(new BleuConfig("13a"), new BleuConfig("char"), new BleuConfig("13a"));
  }

  @Test
  void onlyMetricsGoByName() {
    assertThat(problems(Model.class, "cell: {name: lstm}"))
        .isEqualTo("line 1  cell.type: missing. Expected the name of a cell." + KNOWN);
  }

  @Test
  void aMessageIsOneLineWhateverItQuotes() {
    assertThat(problems(Model.class, "cell: |\n  type: lstm\n  rate: 1\n"))
        .isEqualTo("line 1  cell: no cell named 'type: lstm\\nrate: 1\\n'." + KNOWN + PLUGIN);
  }

  @Test
  void oneComponentIsAListOfOne() {
    assertThat(bind(Text.class, "tokenizer: {type: words, lower: true}").tokenizer())
        .extracting(Component::config)
        .containsExactly(new WordsConfig(true));
  }

  @Test
  void componentsMayBeOptional() {
    assertThat(bind(Maybe.class, "cell: null").cell()).isEmpty();
    assertThat(bind(Maybe.class, "cell: gru").cell()).isPresent();
  }

  @Test
  void nullTurnsAnOptionalDefaultOff() {
    assertThat(bind(Off.class, "{}").cell()).isPresent();
    assertThat(bind(Off.class, "cell: null").cell()).isEmpty();
  }

  @Test
  void guessesAndListsNames() {
    assertThat(problems(Model.class, "cell:\n  type: lsmt\n  forget_bias: 2\n"))
        .isEqualTo("line 2  cell.type: no cell named 'lsmt'. Did you mean 'lstm'?" + KNOWN);
  }

  @Test
  void guessesBareNames() {
    assertThat(problems(Model.class, "cell: transformer"))
        .isEqualTo("line 1  cell: no cell named 'transformer'." + KNOWN + PLUGIN);
  }

  @Test
  void saysThatThereIsNoneOfAKind() {
    assertThat(problems(Coder.class, "encoder: rnn"))
        .isEqualTo(
            "line 1  encoder: no encoder named 'rnn'. None is on the class path or in a plugin"
                + PLUGIN);
  }

  @Test
  void keysAreThoseOfTheType() {
    assertThat(problems(Model.class, "cell:\n  type: gru\n  forget_bias: 2\n"))
        .isEqualTo("line 3  cell.forget_bias: unknown key. There are none here");
  }

  @Test
  void refusesAList() {
    assertThat(problems(Model.class, "cell: [lstm]"))
        .isEqualTo("line 1  cell: expected a cell, got a list");
  }

  @Test
  void aNameIsASingleValue() {
    assertThat(problems(Model.class, "cell: {type: [lstm]}"))
        .isEqualTo("line 1  cell.type: expected the name of a cell, got a list");
  }

  @Test
  void rulesAcrossKeysAreSaidAtTheComponent() {
    assertThat(
            problems(Model.class, "cell:\n  type: zoneout\n  cell: {type: zoneout, cell: gru}\n"))
        .isEqualTo("line 1  cell: a zoneout cell cannot hold another");
  }

  @Test
  void keysWithoutATypeAreAboutTheDefault() {
    Component<Cell> cell = bind(Defaults.class, "cell: {rate: 0.2}").cell();
    assertThat(cell.type()).isEqualTo("zoneout");
    assertThat(((ZoneoutConfig) cell.config()).rate()).isEqualTo(0.2f);
    assertThat(((ZoneoutConfig) cell.config()).cell().type()).isEqualTo("gru");
  }

  @Test
  void anotherTypeHasNothingOfTheDefault() {
    assertThat(bind(Defaults.class, "cell: {type: lstm}").cell().config())
        .isEqualTo(new LstmConfig(1));
  }

  @Test
  void whatAComponentRefusesIsSaidWithItsPlace() {
    Component<Cell> cell = bind(Model.class, "\ncell:\n  type: lstm\n").cell();
    assertThatThrownBy(() -> cell.create(new ComponentContext(Path.of("."))))
        .isInstanceOf(ComponentException.class)
        .hasMessage("experiments/test.yaml, line 2, cell: is not for use");
  }
}
