package org.seq4j.cli.server;

import java.time.Duration;
import java.util.Optional;

/**
 * How a server listens, and what it takes.
 *
 * @param host to listen at
 * @param port to listen at; 0 for any
 * @param token that requests must carry; empty if they need none
 * @param maxBody the most bytes of a request's body
 * @param maxText the most characters of a text
 * @param maxTexts the most texts of a request
 * @param maxBeam the most hypotheses for a text
 * @param queue the most requests that are worked at or wait
 * @param timeout the longest time that a request may take, and its body to arrive
 * @param logTexts whether the access log holds what users send and get
 */
public record ServerOptions(
    String host,
    int port,
    Optional<String> token,
    int maxBody,
    int maxText,
    int maxTexts,
    int maxBeam,
    int queue,
    Duration timeout,
    boolean logTexts) {}
