package org.seq4j.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads the bodies of requests, with limits of size and time. */
final class RequestBody {
  static final String JSON = "application/json";
  static final String FORM = "application/x-www-form-urlencoded";
  static final String MULTIPART = "multipart/form-data";

  private static final Set<String> CHARSETS = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  private RequestBody() {}

  /** Returns the content type of a request without parameters; empty if there is none. */
  static String type(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return type == null ? "" : type.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the bytes of a body, unpacked.
   *
   * @param types the content types that are accepted
   * @param maxBytes the maximum size, packed and unpacked
   * @throws ApiError if it has another content type, is too large or too slow
   */
  static byte[] read(Request request, List<String> types, int maxBytes, Deadline deadline) {
    checkType(request, types);
    boolean packed = isPacked(request);
    if (request.getLength() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    try {
      InputStream in = Content.Source.asInputStream(request);
      return read(packed ? new GZIPInputStream(in) : in, maxBytes, deadline);
    } catch (ZipException e) {
      throw ApiError.bad("the body is not in gzip format: " + e.getMessage());
    } catch (IOException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw slow();
      }
      throw ApiError.bad("the body is incomplete");
    }
  }

  private static void checkType(Request request, List<String> types) {
    String type = type(request);
    if (!types.contains(type)) { // cross-site pages cannot send JSON without a preflight
      throw new ApiError(
          415,
          "wrong-type",
          "expected Content-Type: %s, got %s"
              .formatted(
                  String.join(" or ", types), type.isEmpty() ? "none" : Json.shortened(type)));
    }
    String charset =
        MimeTypes.getCharsetFromContentType(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
    if (charset != null && !CHARSETS.contains(charset.toLowerCase(Locale.ROOT))) {
      throw new ApiError(
          415, "wrong-charset", "expected a body in UTF-8, got charset=" + Json.shortened(charset));
    }
  }

  private static boolean isPacked(Request request) {
    List<String> codings =
        request.getHeaders().getCSV(HttpHeader.CONTENT_ENCODING, false).stream()
            .map(coding -> coding.toLowerCase(Locale.ROOT))
            .filter(coding -> !coding.equals("identity"))
            .toList();
    if (codings.isEmpty()) {
      return false;
    }
    if (codings.equals(List.of("gzip")) || codings.equals(List.of("x-gzip"))) {
      return true;
    }
    throw new ApiError( // RFC 9110, section 15.5.16
        415,
        "wrong-encoding",
        "expected a body as it is or Content-Encoding: gzip, got "
            + Json.shortened(String.join(", ", codings)),
        Map.of("Accept-Encoding", "gzip, identity"));
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
