package org.seq4j.trainer.data;

/**
 * How much of what goes through the model is padding.
 *
 * @param symbols the symbols of sources and targets
 * @param cells the symbols and what they are padded with
 */
public record Padding(long symbols, long cells) {

  /** The share of padding, from 0 to below 1. */
  public double share() {
    return cells == 0 ? 0 : 1 - (double) symbols / cells;
  }
}
