package org.seq4j.spark;

import java.util.Locale;

/** The time that the rounds of a training have taken. */
final class RoundCosts {
  private int rounds;
  private double first; // in seconds
  private double others;
  private double steps;
  private long bytes;

  /**
   * Adds a round.
   *
   * @param seconds the time of the whole round
   * @param slowest the time that the slowest worker needed for its steps, in seconds
   * @param size the size of the variables, which each worker gets and returns, in bytes
   */
  void add(double seconds, double slowest, long size) {
    rounds++;
    bytes = size;
    if (rounds == 1) {
      first = seconds;
    } else {
      others += seconds;
      steps += slowest;
    }
  }

  /** Returns a line for users. */
  @Override
  public String toString() {
    String variables = String.format(Locale.ROOT, "the variables have %.1f MB", bytes / 1e6);
    if (rounds < 2) {
      return String.format(Locale.ROOT, "%d rounds: %.1f s; %s", rounds, first, variables);
    }
    return String.format(
        Locale.ROOT,
        "%,d rounds: %.1f s for the first, which loads the model, then %.2f s on average, of which"
            + " the slowest worker trained %.2f s; %s",
        rounds,
        first,
        others / (rounds - 1),
        steps / (rounds - 1),
        variables);
  }
}
