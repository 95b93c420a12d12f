package org.seq4j.trainer.data;

import org.seq4j.core.error.UserException;

/** Something is wrong inside a data file; the message is for the user and says where. */
public class DataException extends UserException.OfData {

  /** A problem in the data. */
  public DataException(String message) {
    super(message, null);
  }

  /** A problem that another failure shows. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
