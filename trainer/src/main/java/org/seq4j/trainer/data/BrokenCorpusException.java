package org.seq4j.trainer.data;

/** No line of a corpus can be used: its file is empty, or its two files are not equally long. */
final class BrokenCorpusException extends DataException {
  BrokenCorpusException(String message) {
    super(message);
  }
}
