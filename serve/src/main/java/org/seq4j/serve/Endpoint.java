package org.seq4j.serve;

/** Computes the answers to requests at a path. */
@FunctionalInterface
interface Endpoint {

  /**
   * Answers a request.
   *
   * @throws ApiError if the request is invalid or refused
   */
  Answer answer(Call call);
}
