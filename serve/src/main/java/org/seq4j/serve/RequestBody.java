package org.seq4j.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads the bodies of requests, with limits of size and time. */
final class RequestBody {
  private static final String JSON = "application/json";

  private RequestBody() {}

  /**
   * Returns the bytes of a body with the content type JSON.
   *
   * @param maxBytes the maximum size
   * @throws ApiError if it has another content type, is too large or too slow
   */
  static byte[] json(Request request, int maxBytes, Deadline deadline) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    String plain = type == null ? "" : type.split(";", -1)[0].strip();
    if (!plain.equalsIgnoreCase(JSON)) { // cross-site pages cannot send it without a preflight
      throw new ApiError(
          415, "not-json", "expected Content-Type: application/json, got " + Json.shortened(plain));
    }
    if (request.getLength() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try {
      return read(Content.Source.asInputStream(request), maxBytes, deadline);
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw slow();
      }
      throw ApiError.bad("the body is incomplete");
    }
  }

  private static byte[] read(InputStream in, int maxBytes, Deadline deadline) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 14];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      body.write(buffer, 0, read);
      if (body.size() > maxBytes) {
        throw tooLarge(maxBytes);
      }
      if (!deadline.isAhead()) {
        throw slow();
      }
    }
    return body.toByteArray();
  }

  private static ApiError tooLarge(int maxBytes) {
    return new ApiError(
        413,
        "body-too-large",
        String.format(Locale.ROOT, "the body has more than the maximum of %d bytes", maxBytes));
  }

  private static ApiError slow() {
    return new ApiError(408, "body-too-slow", "the body took too long to arrive");
  }
}
