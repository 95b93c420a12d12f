package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A JSON object for each request; what users sent and got is in it only if that is asked for. */
final class AccessLog {
  private final PrintStream out;
  private final boolean withTexts;

  AccessLog(PrintStream out, boolean withTexts) {
    this.out = out;
    this.withTexts = withTexts;
  }

  /**
   * Notes a request.
   *
   * @param path as it was asked for, without a query
   * @param code the name of what was wrong; null if nothing was
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
    out.println(line); // one call: lines of several threads do not mix
  }
}
