package org.seq4j.serve;

/**
 * The time by which a request has to be answered.
 *
 * @param nanos of System.nanoTime()
 */
record Deadline(long nanos) {

  boolean isAhead() {
    return System.nanoTime() - nanos < 0;
  }

  /**
   * Checks that there is time left.
   *
   * @throws ApiError if there is none
   */
  void check() {
    if (!isAhead()) {
      throw missed();
    }
  }

  static ApiError missed() {
    return new ApiError(504, "timeout", "the answer took longer than the server allows");
  }
}
