package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The life of a server: it loads its models, answers requests, and stops. Thread-safe. */
final class ServerState {
  private volatile Phase phase = Phase.STARTING;

  private enum Phase {
    STARTING,
    READY,
    STOPPING
  }

  /** Begins to answer requests. */
  void ready() {
    phase = Phase.READY;
  }

  /** Begins to stop: requests are still answered, but {@code /ready} says no. */
  void stop() {
    phase = Phase.STOPPING;
  }

  boolean isStopping() {
    return phase == Phase.STOPPING;
  }

  /**
   * Returns the answer to the question for readiness.
   *
   * @throws ApiError if the server is not ready
   */
  Answer readiness() {
    checkModels();
    if (isStopping()) {
      throw ApiError.later("stopping", "the server is stopping");
    }
    return Answer.of(JsonNodeFactory.instance.objectNode().put("status", "ready"));
  }

  /**
   * Checks that the models are loaded.
   *
   * @throws ApiError if they are not
   */
  void checkModels() {
    if (phase == Phase.STARTING) {
      throw ApiError.later("starting", "the server is loading its models; try again later");
    }
  }
}
