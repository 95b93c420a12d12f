package org.seq4j.serve;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The places for requests that are being processed or wait for it. */
final class RequestQueue {
  private final int places;
  private final AtomicInteger taken = new AtomicInteger();

  RequestQueue(int places) {
    this.places = places;
  }

  /**
   * Occupies a place during some work.
   *
   * @throws ApiError if there is none
   */
  <T> T occupy(Supplier<T> work) {
    if (taken.incrementAndGet() > places) {
      taken.decrementAndGet();
      throw ApiError.later(
          "busy",
          String.format(Locale.ROOT, "the queue of %d requests is full; try again later", places));
    }
    try {
      return work.get();
    } finally {
      taken.decrementAndGet();
    }
  }

  int taken() {
    return taken.get();
  }
}
