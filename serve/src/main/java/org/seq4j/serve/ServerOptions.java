package org.seq4j.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Options of a server: its address, its limits and its log.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param token the access token of requests; empty if they need none
 * @param origins the origins whose pages may read answers; {@code *} stands for all
 * @param behindProxy true if a proxy adds the address of the client to X-Forwarded-For
 * @param limits the limits of requests
 * @param connections the limits of connections
 * @param drain the time between the request to stop and the stop, in which requests are answered
 *     although the server is not ready any more
 * @param logTexts true if the log contains the bodies of requests and responses
 */
public record ServerOptions(
    String host,
    int port,
    Optional<String> token,
    Set<String> origins,
    boolean behindProxy,
    Limits limits,
    Connections connections,
    Duration drain,
    boolean logTexts) {

  /** Copies the origins. */
  public ServerOptions {
    origins = Set.copyOf(origins);
  }

  /**
   * Limits of requests.
   *
   * @param maxBody the maximum size of a request's body in bytes, packed and unpacked
   * @param maxText the maximum number of characters of a text
   * @param maxTexts the maximum number of texts of a request
   * @param maxBeam the maximum number of hypotheses for a text
   * @param queue the maximum number of requests being processed or queued
   * @param timeout the maximum time for a request, and for its body to arrive
   */
  public record Limits(
      int maxBody, int maxText, int maxTexts, int maxBeam, int queue, Duration timeout) {}

  /**
   * Limits of connections.
   *
   * @param max the maximum number of connections
   * @param keepAlive the time after which a connection without a request is closed
   * @param headerTimeout the maximum time for the head of a request to arrive
   */
  public record Connections(int max, Duration keepAlive, Duration headerTimeout) {
    /** 1024 connections, closed after 75 seconds without a request; 10 seconds for a head. */
    public static final Connections DEFAULT =
        new Connections(1024, Duration.ofSeconds(75), Duration.ofSeconds(10));
  }

  /** Creates options without access from other origins, proxy and draining. */
  public static ServerOptions of(String host, int port, Optional<String> token, Limits limits) {
    return new ServerOptions(
        host, port, token, Set.of(), false, limits, Connections.DEFAULT, Duration.ZERO, false);
  }
}
