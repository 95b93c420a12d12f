package org.seq4j.trainer.data.corpus;

import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.runtime.error.UserException;

/** Something is wrong inside a data file; the message is for the user and says where. */
public class DataException extends UserException.OfData {

  /** A problem in the data. */
  public DataException(String message) {
    super(message, null);
  }

  /** What a reader says of a corpus. */
  public static DataException of(CorpusException e) {
    return e instanceof BadExampleException
        ? new DataException(e.getMessage())
        : new BrokenCorpusException(e);
  }

  /** A problem that another failure shows. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
