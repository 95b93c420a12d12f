package org.seq4j.serve;

/**
 * The time by which a request must be answered.
 *
 * @param nanos the time on the clock of System.nanoTime()
 */
record Deadline(long nanos) {

  boolean isAhead() {
    return System.nanoTime() - nanos < 0;
  }

  /**
   * Checks that the deadline has not passed.
   *
   * @throws ApiError if it has
   */
  void check() {
    if (!isAhead()) {
      throw missed();
    }
  }

  static ApiError missed() {
    return new ApiError(504, "timeout", "the answer took longer than the server's timeout");
  }
}
