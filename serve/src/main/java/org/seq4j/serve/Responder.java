package org.seq4j.serve;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Writes answers, and tells log and metrics about them.
 *
 * @param behindProxy true if a proxy adds the address of the client to X-Forwarded-For
 */
record Responder(CrossOrigin origins, ServerMetrics metrics, ServerLog log, boolean behindProxy) {

  /** Sets the headers that all answers have; a stream sends them with its first line. */
  void begin(String id, Request request, Response response) {
    HttpFields.Mutable headers = response.getHeaders();
    headers.put("X-Request-Id", id);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    origins.headers(request).forEach(headers::put);
  }

  /**
   * Writes an answer.
   *
   * @param known the path of the route
   */
  void end(
      String id,
      long begun,
      String known,
      Call call,
      Answer answer,
      LineStream lines,
      Response response,
      Callback callback) {
    Request request = call.request();
    double seconds = (System.nanoTime() - begun) / 1e9;
    metrics.request(known, call, answer, seconds);
    log.request(
        new ServerLog.Exchange(
            id,
            client(request),
            String.valueOf(request.getMethod()),
            request.getHttpURI() == null ? "" : Request.getPathInContext(request),
            seconds),
        call,
        answer);
    if (lines.begun()) {
      lines.end(answer.body());
      callback.succeeded();
    } else {
      write(request, answer, response, callback);
    }
  }

  private static void write(Request request, Answer answer, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(answer.status());
    answer.headers().forEach(headers::put);
    answer.type().ifPresent(type -> headers.put(HttpHeader.CONTENT_TYPE, type));
    if (answer.status() == 408 || answer.status() == 413) { // the rest of the body is not read
      headers.put(HttpHeader.CONNECTION, "close");
    }
    byte[] body = answer.body();
    if (answer.type().isPresent()) {
      headers.add(HttpHeader.VARY, "Accept-Encoding");
    }
    if (Gzip.suits(request, body)) {
      body = Gzip.compress(body);
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    if (answer.type().isPresent()) {
      headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    boolean head = "HEAD".equals(request.getMethod());
    response.write(true, head ? null : ByteBuffer.wrap(body), callback);
  }

  /** Returns the address of the client: the last one that the proxy added, or of the connection. */
  private String client(Request request) {
    List<String> forwarded =
        behindProxy ? request.getHeaders().getCSV("X-Forwarded-For", false) : List.of();
    if (!forwarded.isEmpty()) {
      return Json.shortened(forwarded.get(forwarded.size() - 1));
    }
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress at
            && at.getAddress() != null
        ? at.getAddress().getHostAddress()
        : "";
  }
}
