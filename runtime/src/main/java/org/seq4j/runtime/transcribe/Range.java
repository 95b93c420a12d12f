package org.seq4j.runtime.transcribe;

/** Positions from {@code start} to before {@code end}. */
record Range(int start, int end) {

  int length() {
    return end - start;
  }
}
