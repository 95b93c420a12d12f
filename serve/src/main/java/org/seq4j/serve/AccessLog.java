package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The access log: a JSON object for each request, with bodies only on request. */
final class AccessLog {
  private final PrintStream out;
  private final boolean withTexts;

  AccessLog(PrintStream out, boolean withTexts) {
    this.out = out;
    this.withTexts = withTexts;
  }

  /**
   * Logs a request.
   *
   * @param path the requested path, without query
   * @param code the code of the error; null if there was none
   */
  void write(
      String client,
      String method,
      String path,
      int status,
      String code,
      double seconds,
      byte[] request,
      byte[] answer) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("time", Instant.now().toString())
        .put("client", client)
        .put("method", Json.shortened(method))
        .put("path", Json.shortened(path))
        .put("status", status);
    if (code != null) {
      line.put("code", code);
    }
    line.put("seconds", Math.round(seconds * 1e4) / 1e4)
        .put("bytes_in", request.length)
        .put("bytes_out", answer.length);
    if (withTexts) {
      line.put("request", new String(request, StandardCharsets.UTF_8))
          .put("answer", new String(answer, StandardCharsets.UTF_8));
    }
    out.println(line); // a single call, so that lines of several threads do not mix
  }
}
