package org.seq4j.serve;

import org.seq4j.runtime.error.UserException;

/** An error response: an HTTP status, a code and a message for the caller. */
final class ApiError extends UserException.OfRequest {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  ApiError(int status, String code, String message) {
    super(message, false); // no stack trace: the caller made the mistake
    this.status = status;
    this.code = code;
  }

  /** Creates the error of an invalid request. */
  static ApiError bad(String message) {
    return new ApiError(400, "bad-request", message);
  }

  int status() {
    return status;
  }

  /** Returns the code of the error, for programs. */
  String code() {
    return code;
  }
}
