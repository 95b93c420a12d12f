package org.seq4j.cli.server;

import org.seq4j.core.error.UserException;

/** Why a request is not answered as asked: a status of HTTP and a message for the caller. */
final class Refusal extends UserException.OfRequest {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  Refusal(int status, String code, String message) {
    super(message, false); // no stack trace: it is the caller's mistake
    this.status = status;
    this.code = code;
  }

  /** Something in the request is not what it should be. */
  static Refusal bad(String message) {
    return new Refusal(400, "bad-request", message);
  }

  int status() {
    return status;
  }

  /** A name for programs. */
  String code() {
    return code;
  }
}
