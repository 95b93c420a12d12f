package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The log of a server: a JSON object on each line, for each request and each event. */
public final class ServerLog {
  private static final JsonNodeFactory JSON = new JsonNodeFactory(true); // 0.0001, not 1.0E-4
  private static final int MICROSECONDS = 6;

  private final PrintStream out;
  private final boolean withTexts;

  /**
   * Creates a log.
   *
   * @param withTexts true if it contains the bodies of requests and responses
   */
  public ServerLog(PrintStream out, boolean withTexts) {
    this.out = out;
    this.withTexts = withTexts;
  }

  /** The importance of a line. */
  public enum Level {
    INFO,
    WARN,
    ERROR;

    private static Level of(int status) {
      return status >= 500 ? ERROR : status >= 400 ? WARN : INFO;
    }
  }

  /**
   * A request with its answer.
   *
   * @param id the id of the request
   * @param client the address of the client
   * @param path the requested path, without query
   * @param seconds the duration
   */
  record Exchange(String id, String client, String method, String path, double seconds) {}

  /** Logs a request. */
  void request(Exchange exchange, Call call, Answer answer) {
    ObjectNode line = line(Level.of(answer.status()));
    line.put("request_id", exchange.id())
        .put("client", exchange.client())
        .put("method", Json.shortened(exchange.method()))
        .put("path", Json.shortened(exchange.path()))
        .put("status", answer.status());
    answer.code().ifPresent(code -> line.put("code", code));
    call.model().ifPresent(model -> line.put("model", model));
    line.put("seconds", decimal(exchange.seconds()));
    call.work()
        .ifPresent(
            work ->
                line.put("texts", work.texts())
                    .put("queue_seconds", decimal(work.queueSeconds()))
                    .put("model_seconds", decimal(work.modelSeconds())));
    line.put("bytes_in", call.body().length).put("bytes_out", answer.body().length);
    if (withTexts) {
      line.put("request", call.text())
          .put("answer", new String(answer.body(), StandardCharsets.UTF_8));
    }
    out.println(line); // a single call, so that lines of several threads do not mix
  }

  /** Logs an event. */
  public void event(Level level, String message) {
    out.println(line(level).put("message", message));
  }

  /**
   * Logs a failure with its stack trace.
   *
   * @param id the id of the request that failed; empty if there is none
   */
  public void failure(Optional<String> id, String message, Throwable failure) {
    ObjectNode line = line(Level.ERROR);
    id.ifPresent(request -> line.put("request_id", request));
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    out.println(line.put("message", message).put("exception", trace.toString()));
  }

  private static ObjectNode line(Level level) {
    return JSON.objectNode()
        .put("time", Instant.now().toString())
        .put("level", level.name().toLowerCase(Locale.ROOT));
  }

  private static BigDecimal decimal(double seconds) {
    return BigDecimal.valueOf(seconds).setScale(MICROSECONDS, RoundingMode.HALF_UP);
  }
}
