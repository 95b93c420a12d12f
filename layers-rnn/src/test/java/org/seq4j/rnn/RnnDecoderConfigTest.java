package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.Component;
import org.seq4j.rnn.RnnDecoderConfig.Bridge;
import org.seq4j.rnn.RnnDecoderConfig.Context;

class RnnDecoderConfigTest {
  private static final Optional<Component<AttentionMechanism>> ATTENTION =
      Optional.of(CoveringAttention.withoutState());

  private static RnnDecoderConfig config(
      Optional<Component<AttentionMechanism>> attention,
      Optional<Boolean> inputFeeding,
      Optional<Context> context,
      Bridge bridge) {
    return new RnnDecoderConfig(
        Recurrent.LSTM, 4, 1, 0, false, attention, inputFeeding, context, bridge);
  }

  @Test
  void feedsTheInputWheneverThereIsAttentionUnlessToldOtherwise() {
    assertThat(config(ATTENTION, Optional.empty(), Optional.empty(), Bridge.DENSE).feedsInput())
        .isTrue();
    assertThat(config(ATTENTION, Optional.of(false), Optional.empty(), Bridge.DENSE).feedsInput())
        .isFalse();
    assertThat(
            config(Optional.empty(), Optional.empty(), Optional.empty(), Bridge.DENSE).feedsInput())
        .isFalse();
  }

  @Test
  void refusesInputFeedingWithoutAttention() {
    assertThatThrownBy(
            () -> config(Optional.empty(), Optional.of(true), Optional.empty(), Bridge.DENSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "input_feeding: true needs attention, whose vector it feeds back: add attention, or"
                + " leave input_feeding out");
  }

  @Test
  void refusesAContextBesideAttention() {
    assertThatThrownBy(
            () ->
                config(ATTENTION, Optional.empty(), Optional.of(Context.EVERY_STEP), Bridge.DENSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "context is for a decoder without attention, which has a context of its own for each"
                + " step: leave out context or attention");
  }

  @Test
  void refusesToHideTheSource() {
    assertThatThrownBy(
            () -> config(Optional.empty(), Optional.empty(), Optional.empty(), Bridge.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "bridge: zero without attention hides the source from the decoder: use bridge: dense,"
                + " context: every-step, or attention");
  }
}
