package org.seq4j.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StopSignalsTest {
  private final List<String> calls = new ArrayList<>();
  private long now = Long.MAX_VALUE - 5; // the clock may overflow

  private void receiveAfter(StopSignals signals, int milliseconds) {
    now += Duration.ofMillis(milliseconds).toNanos();
    signals.received();
  }

  @Test
  void copiesOfTheFirstSignalAreIgnoredAndALaterOneEndsTheProcess() {
    StopSignals signals =
        new StopSignals(() -> calls.add("stop"), () -> now, () -> calls.add("halt"));
    assertThat(signals.stopped()).isFalse();
    receiveAfter(signals, 0);
    assertThat(signals.stopped()).isTrue();
    receiveAfter(signals, 0);
    receiveAfter(signals, 500);
    receiveAfter(signals, 499);
    assertThat(calls).containsExactly("stop");
    receiveAfter(signals, 2);
    assertThat(calls).containsExactly("stop", "halt");
  }
}
