package org.seq4j.trainer.data.corpus;

import org.seq4j.core.data.CorpusException;

/**
 * The error that a corpus as a whole is unusable: its file is empty, or its two files differ in
 * length.
 */
final class BrokenCorpusException extends DataException {
  BrokenCorpusException(String message) {
    super(message);
  }

  BrokenCorpusException(CorpusException e) {
    super(e.getMessage(), e.getCause());
  }
}
