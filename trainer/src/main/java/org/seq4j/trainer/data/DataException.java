package org.seq4j.trainer.data;

/** Something is wrong inside a data file; the message is for the user and says where. */
public class DataException extends RuntimeException {

  /** A problem in the data. */
  public DataException(String message) {
    super(message);
  }

  /** A problem that another failure shows. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
