package org.seq4j.benchmarks;

import java.util.List;

/**
 * The reply of a worker.
 *
 * @param text the versions of what it runs on
 * @param milliseconds of each measured piece
 * @param values that the other side must find, too
 * @param megabytes the largest resident memory of the process so far
 * @param error what went wrong, if anything did
 */
record Reply(
    String text, List<Double> milliseconds, List<Double> values, long megabytes, String error) {

  static Reply of(String text, List<Double> milliseconds, List<Double> values) {
    return new Reply(text, milliseconds, values, Machine.peakMegabytes(), null);
  }

  static Reply failed(Throwable error) {
    return new Reply("", List.of(), List.of(), 0, error.toString());
  }
}
