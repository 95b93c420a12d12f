package org.seq4j.trainer.data.corpus;

import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.runtime.error.UserException;

/** An error in a data file; the message is for users and includes the location. */
public class DataException extends UserException.OfData {

  /** Creates an error in the data. */
  public DataException(String message) {
    super(message, null);
  }

  /** Converts an error of a corpus reader. */
  public static DataException of(CorpusException e) {
    return e instanceof BadExampleException
        ? new DataException(e.getMessage())
        : new BrokenCorpusException(e);
  }

  /** Creates an error that another exception caused. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
