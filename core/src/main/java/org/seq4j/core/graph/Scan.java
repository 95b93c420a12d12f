package org.seq4j.core.graph;

/** The mechanism of {@link Recurrence}. */
final class Scan {
  record Stacked(NamedTensors outputs, NamedTensors states) {}

  private Scan() {}

  static Scan trace(
      Scope scope,
      NamedTensors inputs,
      NamedTensors initialState,
      NamedTensors constants,
      Recurrence.Body body) {
    return new Scan();
  }

  Stacked run() {
    return new Stacked(NamedTensors.EMPTY, NamedTensors.EMPTY);
  }
}
