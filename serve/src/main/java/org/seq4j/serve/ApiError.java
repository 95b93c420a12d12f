package org.seq4j.serve;

import java.util.Map;
import org.seq4j.runtime.error.UserException;

/** An error response: an HTTP status, a code and a message for the caller. */
final class ApiError extends UserException.OfRequest {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  ApiError(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  /**
   * Creates an error.
   *
   * @param headers further headers of the response
   */
  ApiError(int status, String code, String message, Map<String, String> headers) {
    super(message, false); // no stack trace: the caller made the mistake
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  /** Creates the error of an invalid request. */
  static ApiError bad(String message) {
    return new ApiError(400, "bad-request", message);
  }

  /** Creates the error of a request over a limit of the server. */
  static ApiError over(String code, String message) {
    return new ApiError(422, code, message);
  }

  /** Creates the error of a request that may succeed later. */
  static ApiError later(String code, String message) {
    return new ApiError(503, code, message, Map.of("Retry-After", "1"));
  }

  int status() {
    return status;
  }

  /** Returns the code of the error, for programs. */
  String code() {
    return code;
  }

  Map<String, String> headers() {
    return headers;
  }
}
