package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.plugin.Component;
import org.seq4j.rnn.RnnDecoderConfig.Attend;
import org.seq4j.rnn.RnnDecoderConfig.Bridge;
import org.seq4j.rnn.RnnDecoderConfig.Context;
import org.seq4j.rnn.RnnDecoderConfig.DeepOutput;

class RnnDecoderConfigTest {
  private static final Optional<Component<AttentionMechanism>> ATTENTION =
      Optional.of(CoveringAttention.withoutState());

  private static RnnDecoderConfig config(
      Optional<Component<AttentionMechanism>> attention,
      Optional<Boolean> inputFeeding,
      Optional<Context> context,
      Bridge bridge) {
    return config(attention, Attend.AFTER, inputFeeding, context, bridge);
  }

  private static RnnDecoderConfig config(
      Optional<Component<AttentionMechanism>> attention,
      Attend attend,
      Optional<Boolean> inputFeeding,
      Optional<Context> context,
      Bridge bridge) {
    return new RnnDecoderConfig(
        Recurrent.LSTM,
        4,
        1,
        0,
        0,
        false,
        attention,
        attend,
        inputFeeding,
        context,
        bridge,
        DeepOutput.NONE);
  }

  @Test
  void refusesATimeForAttentionThatIsNotThere() {
    assertThatThrownBy(
            () ->
                config(
                    Optional.empty(),
                    Attend.BEFORE,
                    Optional.empty(),
                    Optional.empty(),
                    Bridge.DENSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "attend sets when the decoder uses attention, but there is no attention: add attention,"
                + " or remove attend");
  }

  @Test
  void refusesInputFeedingIfAttentionDoesNotComeAfter() {
    assertThatThrownBy(
            () ->
                config(
                    ATTENTION, Attend.BETWEEN, Optional.of(true), Optional.empty(), Bridge.DENSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "input_feeding: true needs attention after the layers; before or between, the context is"
                + " an input of the same step: remove input_feeding or attend");
    assertThat(
            config(ATTENTION, Attend.BEFORE, Optional.empty(), Optional.empty(), Bridge.DENSE)
                .feedsInput())
        .isFalse();
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
                + " remove input_feeding");
  }

  @Test
  void refusesAContextBesideAttention() {
    assertThatThrownBy(
            () ->
                config(ATTENTION, Optional.empty(), Optional.of(Context.EVERY_STEP), Bridge.DENSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "context is for a decoder without attention; attention computes its own context in each"
                + " step: remove context or attention");
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
