package org.seq4j.trainer.data.corpus;

import org.seq4j.core.data.CorpusException;

/** No line of a corpus can be used: its file is empty, or its two files are not equally long. */
final class BrokenCorpusException extends DataException {
  BrokenCorpusException(String message) {
    super(message);
  }

  BrokenCorpusException(CorpusException e) {
    super(e.getMessage(), e.getCause());
  }
}
