package org.seq4j.serve;

import java.time.Duration;
import java.util.Optional;

/**
 * How a server listens, and what it takes.
 *
 * @param host to listen at
 * @param port to listen at; 0 for any
 * @param token that requests must carry; empty if they need none
 * @param maxBody the maximum size of a request's body in bytes
 * @param maxText the maximum number of characters of a text
 * @param maxTexts the maximum number of texts of a request
 * @param maxBeam the maximum number of hypotheses for a text
 * @param queue the maximum number of requests being processed or queued
 * @param timeout the maximum time for a request, and for its body to arrive
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
