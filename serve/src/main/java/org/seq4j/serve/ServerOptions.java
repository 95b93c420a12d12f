package org.seq4j.serve;

import java.time.Duration;
import java.util.Optional;

/**
 * Options of a server: its address, its limits and its log.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any free one
 * @param token the access token of requests; empty if they need none
 * @param maxBody the maximum size of a request's body in bytes
 * @param maxText the maximum number of characters of a text
 * @param maxTexts the maximum number of texts of a request
 * @param maxBeam the maximum number of hypotheses for a text
 * @param queue the maximum number of requests being processed or queued
 * @param timeout the maximum time for a request, and for its body to arrive
 * @param logTexts true if the access log contains the bodies of requests and responses
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
