package com.example.seq4j;

import org.seq4j.core.config.Key;

/** The keys of the encoder {@code fsmn}. */
public record FsmnConfig(
    @Key(doc = "The size of each layer.", min = 1, example = "128") int units,
    @Key(doc = "How many layers stand one above the other.", defaultValue = "2", min = 1, max = 100)
        int layers,
    @Key(
            doc = "How many positions before its own a memory block sees.",
            defaultValue = "5",
            min = 0,
            max = 1000)
        int lookBack,
    @Key(
            doc = "How many positions after its own a memory block sees.",
            defaultValue = "5",
            min = 0,
            max = 1000)
        int lookAhead,
    @Key(
            doc = "The share of each layer's input that is set to zero in training.",
            defaultValue = "0",
            min = 0,
            max = 0.99)
        float dropout) {

  /** Checks what no single bound can say. */
  public FsmnConfig {
    if (lookBack == 0 && lookAhead == 0) {
      throw new IllegalArgumentException(
          "look_back and look_ahead: one of them must be positive, or there is no memory");
    }
  }
}
