package org.seq4j.serve;

import org.seq4j.runtime.error.UserException;

/** Why a request is not answered as asked: a status of HTTP and a message for the caller. */
final class ApiError extends UserException.OfRequest {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  ApiError(int status, String code, String message) {
    super(message, false); // no stack trace: it is the caller's mistake
    this.status = status;
    this.code = code;
  }

  /** Something in the request is not what it should be. */
  static ApiError bad(String message) {
    return new ApiError(400, "bad-request", message);
  }

  int status() {
    return status;
  }

  /** A name for programs. */
  String code() {
    return code;
  }
}
